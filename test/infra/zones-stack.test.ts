import { beforeAll, expect, test } from '@jest/globals';
import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { LEDGER } from '../tables.ts';
import { addAll, only } from './synthesised.ts';

const TABLE = 'AWS::DynamoDB::Table';

let stack: Stack;
let template: Template;
beforeAll(async () => {
  ({ zones: stack } = await addAll({ stage: 'prod' }));
  template = Template.fromStack(stack);
});

test('name and tags tell the stage, so that several can live in one account', () => {
  expect(stack.stackName).toBe('joker-dmapi-prod-zones');
  expect(stack.tags.tagValues()).toEqual({ application: 'joker-dmapi', stage: 'prod' });
});

// All of it, so that nothing else can take a zone out: a stream, a replica, an index, a policy.
test('the table has an account a partition, is paid by use, and can be set back', () => {
  const { TableName: _, ...keys } = LEDGER;
  expect(only(template, TABLE)).toEqual({
    ...keys,
    BillingMode: 'PAY_PER_REQUEST',
    TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    DeletionProtectionEnabled: true,
  });
});

test('what zones were stays when the stack goes, and its name is in nobody’s way', () => {
  template.allResources(TABLE, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  expect(only(template, TABLE)).not.toHaveProperty('TableName');
});

test('nothing else is in the stack', () => {
  const types = Object.values(template.toJSON().Resources as Record<string, { Type: string }>);
  expect(types.map(({ Type }) => Type)).toEqual([TABLE]);
});
