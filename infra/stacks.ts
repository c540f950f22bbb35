import path from 'node:path';
import type { App } from 'aws-cdk-lib';
import { AcmeCredentialsStack } from './acme-credentials-stack.ts';
import { deployedActions, discoverActions } from './actions.ts';
import { ApiStack } from './api-stack.ts';
import { bundleName } from './bundle-name.ts';
import { bundleFunctions } from './bundling.ts';
import { type CredentialsStack, provideSecrets } from './credentials-stack.ts';
import { EventsStack } from './events-stack.ts';
import { OrdersStack } from './orders-stack.ts';
import { ReconcilerStack } from './reconciler-stack.ts';
import { SessionsStack } from './sessions-stack.ts';
import type { Settings } from './settings.ts';
import { ZonesStack } from './zones-stack.ts';

export interface Stacks {
  /** None where no zone is open to ACME clients. */
  readonly acmeCredentials: AcmeCredentialsStack | undefined;
  readonly api: ApiStack;
  /** None where the secret is your own. */
  readonly credentials: CredentialsStack | undefined;
  readonly events: EventsStack;
  readonly orders: OrdersStack;
  /** None without a read-only key, and where its secret is your own. */
  readonly readOnlyCredentials: CredentialsStack | undefined;
  readonly reconciler: ReconcilerStack;
  readonly sessions: SessionsStack;
  readonly zones: ZonesStack;
}

/**
 * Bundles the functions and adds all stacks to the app.
 *
 * @param bundle leaves the bundled functions in a folder
 */
export async function addStacks(
  app: App,
  settings: Settings,
  bundle: (outdir: string) => Promise<unknown> = bundleFunctions,
): Promise<Stacks> {
  const bundles = path.join(app.outdir, 'bundles');
  const [actions] = await Promise.all([discoverActions(), bundle(bundles)]);
  const labels = (part: string, description: string) => ({
    stackName: `${bundleName(settings)}-${part}`,
    description,
    tags: { application: 'joker-dmapi', stage: settings.stage },
  });
  const { secretArns, ...ownSecrets } = provideSecrets(app, settings, labels);
  const sessions = new SessionsStack(
    app,
    'Sessions',
    labels('sessions', "The sessions with Joker.com's DMAPI that functions share"),
  );
  const events = new EventsStack(app, 'Events', {
    ...labels('events', "The bus with the events of Joker.com's DMAPI, and the ledger behind it"),
    settings,
  });
  const orders = new OrdersStack(
    app,
    'Orders',
    labels('orders', "What is remembered of orders by Joker.com's DMAPI"),
  );
  const zones = new ZonesStack(
    app,
    'Zones',
    labels('zones', "What DNS zones were before Joker.com's DMAPI was told to change them"),
  );
  const acmeCredentials =
    settings.acmeZones.length > 0
      ? new AcmeCredentialsStack(
          app,
          'AcmeCredentials',
          labels('acme-credentials', "What ACME clients of Joker.com's DMAPI log in with"),
        )
      : undefined;
  const reconciler = new ReconcilerStack(app, 'Reconciler', {
    ...labels('reconciler', "Turns results of Joker.com's DMAPI into events"),
    bundles,
    events,
    secretArn: secretArns.readOnlySecret,
    sessions: sessions.table,
    orders: orders.table,
    settings,
  });
  const api = new ApiStack(app, 'Api', {
    ...labels('api', "Joker.com's DMAPI as a typed JSON API"),
    actions: deployedActions(actions, settings),
    bundles,
    secretArns,
    acmeSecretArn: acmeCredentials?.secretArn,
    sessions: sessions.table,
    orders: orders.table,
    zones: zones.table,
    reconciler: reconciler.lambda,
    settings,
  });
  return { api, ...ownSecrets, acmeCredentials, events, orders, reconciler, sessions, zones };
}
