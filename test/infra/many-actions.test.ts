import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { Template } from 'aws-cdk-lib/assertions';
import type { ActionFacts } from '../../infra/actions.ts';
import { ApiStack } from '../../infra/api-stack.ts';
import { OrdersStack } from '../../infra/orders-stack.ts';
import { SessionsStack } from '../../infra/sessions-stack.ts';
import { readSettings } from '../../infra/settings.ts';
import { emptyApp, resources, someFunction, synthesise } from './synthesised.ts';

const ARN = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:dmapi';
const ACCESSES = ['read', 'modify', 'cost'] as const;

/** More than DMAPI has words for. */
const ACTIONS: readonly ActionFacts[] = Array.from({ length: 52 }, (_, i) => ({
  name: `domain-made-up-action-${i}`,
  group: 'domains',
  method: i % 2 ? 'GET' : 'POST',
  access: ACCESSES[i % 3] ?? 'read',
  isQueued: i % 3 === 2,
  looksUpOrders: i === 0,
  summary: 'Does what nobody has thought of yet.',
}));

describe('an API of 52 actions, with two metered callers and a read-only key', () => {
  let template: Template;
  beforeAll(() => {
    const app = emptyApp();
    const bundles = path.join(app.outdir, 'bundles');
    mkdirSync(bundles);
    const { table: sessions } = new SessionsStack(app, 'Sessions', {});
    const { table: orders } = new OrdersStack(app, 'Orders', {});
    const api = new ApiStack(app, 'Api', {
      actions: ACTIONS,
      bundles,
      secretArns: { secret: `${ARN}/live-Ab12Cd`, readOnlySecret: `${ARN}/read-Ef34Gh` },
      sessions,
      orders,
      reconciler: someFunction(app),
      settings: readSettings({ meteredCallers: 'alice,bob' }),
    });
    template = Template.fromStack(api);
  });

  test('fits into a stack that is half full: CloudFormation takes 500 resources', () => {
    template.resourceCountIs('AWS::Lambda::Function', 52);
    expect(Object.keys(template.toJSON().Resources).length).toBeLessThan(300);
  });

  test('is a template that CloudFormation takes: a megabyte at most', () => {
    expect(Buffer.byteLength(JSON.stringify(template.toJSON()))).toBeLessThan(500_000);
  });

  test('has a role for each class of grants, and one more for the account', () => {
    const roles = Object.keys(resources(template, 'AWS::IAM::Role'));
    expect(roles.map((id) => id.replace(/Role\w+$/, '')).sort()).toEqual([
      'ApiCloudWatch',
      'Changing',
      'LookingUpOrders',
      'Ordering',
      'Reading',
    ]);
  });
});

test('the API as it is, with two metered callers, leaves room in the stack as well', async () => {
  const { api } = await synthesise({ meteredCallers: 'alice,bob', readOnlySecretArn: 'create' });
  expect(Object.keys(api.toJSON().Resources).length).toBeLessThan(300);
});
