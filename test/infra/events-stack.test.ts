import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { addAll, only, resources } from './synthesised.ts';

let stack: Stack;
let template: Template;
beforeAll(async () => {
  ({ events: stack } = await addAll({ stage: 'prod' }));
  template = Template.fromStack(stack);
});

/** What becomes of the one resource of a type when it goes from the template. */
function fate(type: string) {
  const [{ DeletionPolicy, UpdateReplacePolicy } = {}] = Object.values(
    template.findResources(type),
  );
  return { DeletionPolicy, UpdateReplacePolicy };
}

test('name and tags tell the stage, so that several can live in one account', () => {
  expect(stack.stackName).toBe('joker-dmapi-prod-events');
  expect(stack.tags.tagValues()).toEqual({ application: 'joker-dmapi', stage: 'prod' });
});

describe('the bus', () => {
  const BUS = 'AWS::Events::EventBus';
  const ARCHIVE = 'AWS::Events::Archive';

  test('has a name that consumers can know', () => {
    expect(only(template, BUS)).toMatchObject({ Name: 'joker-dmapi-prod' });
  });

  test('tells name and ARN by outputs that scripts can know', () => {
    const [id] = Object.keys(resources(template, BUS));
    expect(template.toJSON().Outputs).toMatchObject({
      EventBusName: { Value: { Ref: id } },
      EventBusArn: { Value: { 'Fn::GetAtt': [id, 'Arn'] } },
    });
  });

  test('keeps all events of the bundle for replay, as long as the registrar keeps results', () => {
    const [bus] = Object.keys(resources(template, BUS));
    expect(only(template, ARCHIVE)).toMatchObject({
      ArchiveName: 'joker-dmapi-prod',
      SourceArn: { 'Fn::GetAtt': [bus, 'Arn'] },
      EventPattern: { source: ['joker.dmapi'] },
      RetentionDays: 90,
    });
  });

  test('and its archive stay, but do not stand in the way of a second try to create them', () => {
    const kept = { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' };
    expect(fate(BUS)).toEqual(kept);
    expect(fate(ARCHIVE)).toEqual(kept);
  });
});

describe('the schemas', () => {
  const REGISTRY = 'AWS::EventSchemas::Registry';
  const SCHEMA = 'AWS::EventSchemas::Schema';

  test('are registered, unless that is unset', async () => {
    template.resourceCountIs(REGISTRY, 1);
    template.resourceCountIs(SCHEMA, 3);
    const { events } = await addAll({ eventSchemas: 'false' });
    const without = Template.fromStack(events);
    without.resourceCountIs(REGISTRY, 0);
    without.resourceCountIs(SCHEMA, 0);
    expect(without.findConditions('*')).toEqual({});
  });

  test('are left out by the template itself, should it be deployed where there is no registry', () => {
    template.allResources(REGISTRY, { Condition: 'SchemasAvailable' });
    template.allResources(SCHEMA, { Condition: 'SchemasAvailable' });
    const { SchemasAvailable } = template.findConditions('*');
    const [{ 'Fn::Or': regions }] = SchemasAvailable?.['Fn::Not'] ?? [{}];
    expect(regions).toHaveLength(9);
    expect(regions).toContainEqual({ 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'il-central-1'] });
  });
});

describe('the ledger', () => {
  const TABLE = 'AWS::DynamoDB::Table';

  test('has the keys that the reconciler uses, and is paid by use', () => {
    const { AttributeDefinitions, KeySchema, BillingMode } = only(template, TABLE);
    expect(KeySchema).toEqual([
      { AttributeName: 'account', KeyType: 'HASH' },
      { AttributeName: 'entry', KeyType: 'RANGE' },
    ]);
    expect(AttributeDefinitions).toEqual([
      { AttributeName: 'account', AttributeType: 'S' },
      { AttributeName: 'entry', AttributeType: 'S' },
    ]);
    expect(BillingMode).toBe('PAY_PER_REQUEST');
  });

  test('forgets by itself what has expired', () => {
    expect(only(template, TABLE).TimeToLiveSpecification).toEqual({
      AttributeName: 'expiresAt',
      Enabled: true,
    });
  });

  test('is hard to lose', () => {
    expect(only(template, TABLE)).toMatchObject({
      DeletionProtectionEnabled: true,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    });
    expect(fate(TABLE)).toEqual({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  });

  test('has no name that a retained one could hold', () => {
    expect(only(template, TABLE)).not.toHaveProperty('TableName');
  });

  test('is under a key of AWS, which needs no grant and costs nothing', () => {
    expect(only(template, TABLE)).not.toHaveProperty('SSESpecification');
  });
});
