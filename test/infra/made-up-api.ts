import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { App } from 'aws-cdk-lib';
import type { ActionFacts } from '../../infra/actions.ts';
import { ApiStack } from '../../infra/api-stack.ts';
import { OrdersStack } from '../../infra/orders-stack.ts';
import { SessionsStack } from '../../infra/sessions-stack.ts';
import { readSettings } from '../../infra/settings.ts';
import { ZonesStack } from '../../infra/zones-stack.ts';
import { someFunction } from './synthesised.ts';

const ARN = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:dmapi';

/** The secrets of an API that is made up. */
export const SECRETS = {
  secret: `${ARN}/live-Ab12Cd`,
  readOnlySecret: `${ARN}/read-Ef34Gh`,
  acmeSecret: `${ARN}/acme-Ij56Kl`,
};

/** What ACME clients call. */
export const ACME_ACTIONS: readonly ActionFacts[] = ['present', 'cleanup'].map((verb) => ({
  name: `acme-${verb}`,
  group: 'zones',
  method: 'POST',
  access: 'modify',
  isQueued: false,
  summary: 'Answers a challenge.',
  zoneTable: 'write',
  door: 'acme',
}));

/** Adds an API with these actions, whatever the definitions are, and the stacks that it needs. */
export function addApi(
  app: App,
  actions: readonly ActionFacts[],
  context: Readonly<Record<string, unknown>> = {},
): ApiStack {
  const bundles = path.join(app.outdir, 'bundles');
  mkdirSync(bundles);
  return new ApiStack(app, 'Api', {
    actions,
    bundles,
    secretArns: SECRETS,
    acmeSecretArn: SECRETS.acmeSecret,
    sessions: new SessionsStack(app, 'Sessions', {}).table,
    orders: new OrdersStack(app, 'Orders', {}).table,
    zones: new ZonesStack(app, 'Zones', {}).table,
    reconciler: someFunction(app),
    settings: readSettings(context),
  });
}
