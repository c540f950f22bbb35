import { beforeAll, expect, test } from '@jest/globals';
import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { addAll, only } from './synthesised.ts';

const TABLE = 'AWS::DynamoDB::Table';

let stack: Stack;
let template: Template;
beforeAll(async () => {
  ({ sessions: stack } = await addAll({ stage: 'prod' }));
  template = Template.fromStack(stack);
});

test('name and tags tell the stage, so that several can live in one account', () => {
  expect(stack.stackName).toBe('joker-dmapi-prod-sessions');
  expect(stack.tags.tagValues()).toEqual({ application: 'joker-dmapi', stage: 'prod' });
});

// All of it, so that nothing else can take a session out: a stream, a replica, an index, a backup, a
// policy of the table's own. There is no other encryption than that under DynamoDB's own key.
test('the table has one item a secret, is paid by use, and forgets what has expired', () => {
  expect(only(template, TABLE)).toEqual({
    KeySchema: [{ AttributeName: 'secret', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'secret', AttributeType: 'S' }],
    BillingMode: 'PAY_PER_REQUEST',
    TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
  });
});

test('the sessions go with their stack: whoever needs one logs in', () => {
  template.allResources(TABLE, { DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' });
});

test('nothing else is in the stack', () => {
  const types = Object.values(template.toJSON().Resources as Record<string, { Type: string }>);
  expect(types.map(({ Type }) => Type)).toEqual([TABLE]);
});
