import path from 'node:path';
import type { App } from 'aws-cdk-lib';
import { discoverActions } from './actions.ts';
import { ApiStack } from './api-stack.ts';
import { bundleName } from './bundle-name.ts';
import { bundleFunctions } from './bundling.ts';
import { type CredentialsStack, provideSecrets } from './credentials-stack.ts';
import { EventsStack } from './events-stack.ts';
import { OrdersStack } from './orders-stack.ts';
import { ReconcilerStack } from './reconciler-stack.ts';
import { SessionsStack } from './sessions-stack.ts';
import type { Settings } from './settings.ts';

export interface Stacks {
  readonly api: ApiStack;
  /** None where the secret is your own. */
  readonly credentials: CredentialsStack | undefined;
  readonly events: EventsStack;
  readonly orders: OrdersStack;
  /** None without a read-only key, and where its secret is your own. */
  readonly readOnlyCredentials: CredentialsStack | undefined;
  readonly reconciler: ReconcilerStack;
  readonly sessions: SessionsStack;
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
    actions: actions.filter(({ group }) => settings.actions.includes(group)),
    bundles,
    secretArns,
    sessions: sessions.table,
    orders: orders.table,
    reconciler: reconciler.lambda,
    settings,
  });
  return { api, ...ownSecrets, events, orders, reconciler, sessions };
}
