import { beforeAll, describe, expect, test } from '@jest/globals';
import { Template } from 'aws-cdk-lib/assertions';
import type { ActionFacts } from '../../infra/actions.ts';
import { ACME_ACTIONS, addApi } from './made-up-api.ts';
import { emptyApp, resources, synthesise } from './synthesised.ts';

const ACCESSES = ['read', 'modify', 'cost'] as const;

/** More than DMAPI has words for. */
const ACTIONS: readonly ActionFacts[] = Array.from({ length: 52 }, (_, i) => ({
  name: `domain-made-up-action-${i}`,
  group: 'domains',
  method: i % 2 ? 'GET' : 'POST',
  access: ACCESSES[i % 3] ?? 'read',
  isQueued: i % 3 === 2,
  looksUpOrders: i === 0,
  ...(i === 3 && { zoneTable: 'read' as const }),
  summary: 'Does what nobody has thought of yet.',
}));

describe('an API of 54 actions, with two metered callers, a read-only key and ACME clients', () => {
  let template: Template;
  beforeAll(() => {
    const context = { meteredCallers: 'alice,bob', acmeZones: 'example.com' };
    template = Template.fromStack(addApi(emptyApp(), [...ACTIONS, ...ACME_ACTIONS], context));
  });

  test('fits into a stack that is half full: CloudFormation takes 500 resources', () => {
    template.resourceCountIs('AWS::Lambda::Function', 55);
    expect(Object.keys(template.toJSON().Resources).length).toBeLessThan(300);
  });

  test('is a template that CloudFormation takes: a megabyte at most', () => {
    expect(Buffer.byteLength(JSON.stringify(template.toJSON()))).toBeLessThan(500_000);
  });

  test('has a role for each class of grants, and one more for the account', () => {
    const roles = Object.keys(resources(template, 'AWS::IAM::Role'));
    expect(roles.map((id) => id.replace(/Role\w+$/, '')).sort()).toEqual([
      'AcmeDoorAuthorizing',
      'ApiCloudWatch',
      'Changing',
      'LookingUpOrders',
      'Ordering',
      'Reading',
      'ReadingZones',
      'WritingZones',
    ]);
  });
});

test('the API as it is, with two metered callers, leaves room in the stack as well', async () => {
  const { api } = await synthesise({
    meteredCallers: 'alice,bob',
    readOnlySecretArn: 'create',
    acmeZones: 'example.com',
  });
  expect(Object.keys(api.toJSON().Resources).length).toBeLessThan(300);
});
