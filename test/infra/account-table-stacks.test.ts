import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { Stacks } from '../../infra/stacks.ts';
import { ORDERS, ZONES } from '../tables.ts';
import { addAll, only } from './synthesised.ts';

const TABLE = 'AWS::DynamoDB::Table';

let stacks: Stacks;
beforeAll(async () => {
  stacks = await addAll({ stage: 'prod' });
});

describe.each([
  ['orders', ORDERS],
  ['zones', ZONES],
] as const)('the stack with the table of %s', (part, { TableName: _, ...keys }) => {
  let stack: Stack;
  let template: Template;
  beforeAll(() => {
    stack = stacks[part];
    template = Template.fromStack(stack);
  });

  test('has a name and tags that tell the stage, so that several can live in one account', () => {
    expect(stack.stackName).toBe(`joker-dmapi-prod-${part}`);
    expect(stack.tags.tagValues()).toEqual({ application: 'joker-dmapi', stage: 'prod' });
  });

  // All of it, so that nothing else can take an entry out: a stream, a replica, an index, a policy.
  test('has an account a partition, is paid by use, and can be set back', () => {
    expect(only(template, TABLE)).toEqual({
      ...keys,
      BillingMode: 'PAY_PER_REQUEST',
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      DeletionProtectionEnabled: true,
    });
  });

  test('leaves what is remembered when it goes, under a name that is in nobody’s way', () => {
    template.allResources(TABLE, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    expect(only(template, TABLE)).not.toHaveProperty('TableName');
  });

  test('has nothing else', () => {
    const types = Object.values(template.toJSON().Resources as Record<string, { Type: string }>);
    expect(types.map(({ Type }) => Type)).toEqual([TABLE]);
  });
});
