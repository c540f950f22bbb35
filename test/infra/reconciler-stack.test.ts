import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { discoverActions } from '../../infra/actions.ts';
import {
  addAll,
  basicGrants,
  type DeployedFunction,
  functions,
  grants,
  imported,
  only,
  resources,
  synthesise,
} from './synthesised.ts';

const QUEUE = 'AWS::SQS::Queue';
const SCHEDULE = 'AWS::Scheduler::Schedule';

let stack: Stack;
let template: Template;
let events: Template;
let orders: Template;
let readOnlyCredentials: Template | undefined;
let sessions: Template;
let reconciler: DeployedFunction;
beforeAll(async () => {
  const stacks = await addAll({ stage: 'prod', dmapiUrl: 'ote', readOnlySecretArn: 'create' });
  stack = stacks.reconciler;
  template = Template.fromStack(stack);
  events = Template.fromStack(stacks.events);
  orders = Template.fromStack(stacks.orders);
  const { readOnlyCredentials: secrets } = stacks;
  readOnlyCredentials = secrets && Template.fromStack(secrets);
  sessions = Template.fromStack(stacks.sessions);
  [reconciler] = functions(template) as [DeployedFunction];
});

function arnOf(type: string) {
  const [id] = Object.keys(resources(template, type));
  return { 'Fn::GetAtt': [id, 'Arn'] };
}

test('name and tags tell the stage, so that several can live in one account', () => {
  expect(stack.stackName).toBe('joker-dmapi-prod-reconciler');
  expect(stack.tags.tagValues()).toEqual({ application: 'joker-dmapi', stage: 'prod' });
});

describe('the function', () => {
  test('is the only one, and can stay while something young is open', () => {
    expect(functions(template)).toHaveLength(1);
    expect(reconciler.properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'reconcile-results.handler',
      MemorySize: 256,
      Timeout: 900,
    });
  });

  test('has the environment that the code expects', () => {
    expect(reconciler.properties.Environment.Variables).toEqual({
      DMAPI_URL: 'https://dmapi.ote.joker.com',
      DMAPI_SECRET_ID: imported(readOnlyCredentials, 'ReadOnlySecret'),
      SESSION_TABLE: imported(sessions, 'Sessions'),
      LEDGER_TABLE: imported(events, 'Ledger'),
      ORDERS_TABLE: imported(orders, 'Orders'),
      EVENT_BUS: imported(events, 'Bus'),
      PUBLISH_HISTORY: 'false',
      NODE_OPTIONS: '--enable-source-maps',
      POWERTOOLS_SERVICE_NAME: 'joker-dmapi-prod',
      POWERTOOLS_METRICS_NAMESPACE: 'joker-dmapi',
    });
  });

  test('may do what every function may, keep ledger and orders, and publish: nothing else', () => {
    expect(grants(template, reconciler.roleId)).toEqual([
      ...basicGrants(reconciler, sessions, imported(readOnlyCredentials, 'ReadOnlySecret')),
      { actions: ['events:PutEvents'], resource: imported(events, 'Bus', 'Arn') },
      {
        actions: [
          'dynamodb:BatchGetItem',
          'dynamodb:DeleteItem',
          'dynamodb:GetItem',
          'dynamodb:PutItem',
          'dynamodb:Query',
          'dynamodb:UpdateItem',
        ],
        resource: imported(events, 'Ledger', 'Arn'),
      },
      {
        actions: ['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'],
        resource: imported(orders, 'Orders', 'Arn'),
      },
      { actions: ['sqs:SendMessage'], resource: arnOf(QUEUE) },
    ]);
  });

  test('is not repeated: what fails goes to the dead letters, the next run does its work', () => {
    expect(only(template, 'AWS::Lambda::EventInvokeConfig')).toEqual({
      FunctionName: { Ref: expect.stringContaining('reconcileresultsFunction') },
      Qualifier: '$LATEST',
      MaximumRetryAttempts: 0,
      MaximumEventAgeInSeconds: 60,
      DestinationConfig: { OnFailure: { Destination: arnOf(QUEUE) } },
    });
  });

  test('has no route, and only whom a role allows it calls it', async () => {
    const actions = await discoverActions();
    expect(actions.map(({ name }) => name)).not.toContain('reconcile-results');
    template.resourceCountIs('AWS::Lambda::Permission', 0);
  });
});

describe('the schedule', () => {
  test('starts the function every minute, without repetition', () => {
    const [roleId] = Object.keys(resources(template, 'AWS::IAM::Role')).filter((id) =>
      id.startsWith('SchedulerRole'),
    );
    expect(only(template, SCHEDULE)).toMatchObject({
      ScheduleExpression: 'rate(1 minute)',
      FlexibleTimeWindow: { Mode: 'OFF' },
      State: 'ENABLED',
      Target: {
        Arn: arnOf('AWS::Lambda::Function'),
        RoleArn: { 'Fn::GetAtt': [roleId, 'Arn'] },
        RetryPolicy: { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 },
        DeadLetterConfig: { Arn: arnOf(QUEUE) },
        Input: '{"stay":true}',
      },
    });
  });

  test.each([
    [7, 'rate(7 minutes)'],
    ['60', 'rate(1 hour)'],
  ])('with reconcileMinutes=%s, runs at %s', async (reconcileMinutes, expression) => {
    const { reconciler } = await synthesise({ reconcileMinutes });
    expect(only(reconciler, SCHEDULE).ScheduleExpression).toBe(expression);
  });

  test('may invoke that function and write to the dead letters, nothing else', () => {
    const { RoleArn } = only(template, SCHEDULE).Target;
    expect(grants(template, RoleArn['Fn::GetAtt'][0])).toEqual([
      { actions: ['lambda:InvokeFunction'], resource: arnOf('AWS::Lambda::Function') },
      { actions: ['sqs:SendMessage'], resource: arnOf(QUEUE) },
    ]);
  });

  test('has a role that only schedules of this account may assume', () => {
    const { RoleArn } = only(template, SCHEDULE).Target;
    const role = resources(template, 'AWS::IAM::Role')[RoleArn['Fn::GetAtt'][0]];
    expect(role?.AssumeRolePolicyDocument.Statement).toEqual([
      {
        Action: 'sts:AssumeRole',
        Effect: 'Allow',
        Principal: { Service: 'scheduler.amazonaws.com' },
        Condition: {
          StringEquals: {
            'aws:SourceAccount': { Ref: 'AWS::AccountId' },
            'aws:SourceArn': expect.anything(),
          },
        },
      },
    ]);
  });
});

test('the dead letters are encrypted, sent over TLS only, and kept for two weeks', () => {
  expect(only(template, QUEUE)).toMatchObject({
    SqsManagedSseEnabled: true,
    MessageRetentionPeriod: 14 * 24 * 60 * 60,
  });
  const { PolicyDocument } = only(template, 'AWS::SQS::QueuePolicy');
  expect(PolicyDocument.Statement).toEqual([
    {
      Action: 'sqs:*',
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      Resource: arnOf(QUEUE),
    },
  ]);
});

test('the history is published if that is set', async () => {
  const { reconciler } = await synthesise({ publishHistory: 'true' });
  const [{ properties }] = functions(reconciler) as [DeployedFunction];
  expect(properties.Environment.Variables.PUBLISH_HISTORY).toBe('true');
});

test('without a read-only key, it reads the one secret that there is', async () => {
  const { reconciler, credentials } = await synthesise();
  const [{ properties }] = functions(reconciler) as [DeployedFunction];
  expect(properties.Environment.Variables.DMAPI_SECRET_ID).toEqual(imported(credentials, 'Secret'));
});
