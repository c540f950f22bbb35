import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { type ActionFacts, deployedActions, discoverActions } from '../../infra/actions.ts';
import { LOG_RETENTION_DAYS, readSettings } from '../../infra/settings.ts';
import { CALL_BUDGET_MS } from '../../shared/http/serve.ts';
import { addAll, functions, imported, only, resources, routes, synthesise } from './synthesised.ts';

const GATEWAY_TIMEOUT_MS = 29_000;

let stack: Stack;
let template: Template;
let sessions: Template;
let orders: Template;
let zones: Template;
let reconciler: Template;
let actions: readonly ActionFacts[];

beforeAll(async () => {
  actions = deployedActions(await discoverActions(), readSettings({}));
  const stacks = await addAll({
    stage: 'prod',
    dmapiUrl: 'ote',
    throttleRate: 3,
    throttleBurst: 4,
    logRetentionDays: 30,
  });
  stack = stacks.api;
  template = Template.fromStack(stack);
  sessions = Template.fromStack(stacks.sessions);
  orders = Template.fromStack(stacks.orders);
  zones = Template.fromStack(stacks.zones);
  reconciler = Template.fromStack(stacks.reconciler);
});

/** Whether an action of that name places what the registrar queues, or looks it up. */
function isAboutOrders(name: string): boolean {
  const action = actions.find((one) => one.name === name);
  return action?.isQueued === true || action?.looksUpOrders === true;
}

/** Whether an action of that name uses the table of zones. */
function isAboutZones(name: string): boolean {
  return actions.find((one) => one.name === name)?.zoneTable !== undefined;
}

test('name and tags tell the stage, so that several can live in one account', () => {
  expect(stack.stackName).toBe('joker-dmapi-prod-api');
  expect(stack.tags.tagValues()).toEqual({ application: 'joker-dmapi', stage: 'prod' });
});

test('holds the groups of actions that are asked for, and no others', async () => {
  const { api } = await addAll({ actions: 'hosts,rights' });
  const paths = routes(Template.fromStack(api)).map((route) => route.path);
  const wanted = actions.filter(({ group }) => group === 'hosts' || group === 'rights');
  expect(paths.sort()).toEqual(wanted.map(({ name }) => name).sort());
  expect(paths.length).toBeGreaterThan(5);
});

describe('routes', () => {
  test('there is one for each action, each with a function of its own', () => {
    const paths = routes(template).map((route) => route.path);
    expect(paths.sort()).toEqual(actions.map(({ name }) => name).sort());
    const targets = routes(template).map(({ properties }) =>
      JSON.stringify(properties.Integration.Uri),
    );
    expect(new Set(targets).size).toBe(actions.length);
  });

  test('what was ordered with a key is looked up by one of them', () => {
    expect(routes(template).filter(({ path }) => path === 'order')).toMatchObject([
      { method: 'GET' },
    ]);
  });

  test('have the method of their action', () => {
    const expected = actions.map(({ method, name }) => `${method} ${name}`);
    const found = routes(template).map((route) => `${route.method} ${route.path}`);
    expect(found.sort()).toEqual(expected.sort());
  });

  test('are open to signed requests only, and ask for no API key', () => {
    for (const { properties } of routes(template)) {
      expect(properties).toMatchObject({ AuthorizationType: 'AWS_IAM', ApiKeyRequired: false });
      expect(properties.Integration).toMatchObject({
        Type: 'AWS_PROXY',
        TimeoutInMillis: GATEWAY_TIMEOUT_MS,
      });
    }
  });

  test('each may invoke its function, and nothing else may', () => {
    const permissions = Object.values(resources(template, 'AWS::Lambda::Permission'));
    const sources = permissions.map(({ SourceArn }) => SourceArn['Fn::Join'][1].at(-1));
    expect(sources.sort()).toEqual(actions.map((a) => `/${a.method}/${a.name}`).sort());
    for (const { Principal } of permissions) expect(Principal).toBe('apigateway.amazonaws.com');
  });
});

describe('functions', () => {
  test('run the code of their name, out of one asset for all', () => {
    const all = functions(template);
    expect(all.map(({ name }) => name)).toEqual(actions.map(({ name }) => name));
    const handlers = all.map(({ properties }) => properties.Handler);
    expect(handlers).toEqual(actions.map(({ name }) => `${name}.handler`));
    const keys = all.map(({ properties }) => properties.Code.S3Key);
    expect(new Set(keys).size).toBe(1);
  });

  test('have the runtime, the size and the environment that the code expects', () => {
    for (const { name, properties } of functions(template)) {
      expect(properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        MemorySize: 256,
      });
      expect(properties.Environment.Variables).toEqual({
        DMAPI_URL: 'https://dmapi.ote.joker.com',
        DMAPI_SECRET_ID: expect.anything(),
        SESSION_TABLE: imported(sessions, 'Sessions'),
        NODE_OPTIONS: '--enable-source-maps',
        POWERTOOLS_SERVICE_NAME: 'joker-dmapi-prod',
        POWERTOOLS_METRICS_NAMESPACE: 'joker-dmapi',
        ...(isAboutOrders(name) && {
          ORDERS_TABLE: imported(orders, 'Orders'),
          RECONCILER_FUNCTION: imported(reconciler, 'reconcileresultsFunction'),
        }),
        ...(isAboutZones(name) && { ZONES_TABLE: imported(zones, 'Zones') }),
      });
    }
  });

  test('that place orders or look them up, are told of the ceiling if there is one', async () => {
    const { api } = await synthesise({ maxOrderPrice: '50.00' });
    const told = functions(api).filter(
      ({ properties }) => properties.Environment.Variables.MAX_ORDER_PRICE === '50.00',
    );
    expect(told.map(({ name }) => name)).toEqual(
      actions.map(({ name }) => name).filter(isAboutOrders),
    );
  });

  test('outlive the budget of a call, and API Gateway outlives them', () => {
    for (const { properties } of functions(template)) {
      expect(properties.Timeout * 1000).toBeGreaterThan(CALL_BUDGET_MS);
      expect(properties.Timeout * 1000).toBeLessThan(GATEWAY_TIMEOUT_MS);
    }
  });

  test('are described by their action', () => {
    const descriptions = functions(template).map(({ properties }) => properties.Description);
    expect(descriptions).toEqual(actions.map(({ summary }) => summary));
  });

  test('log to the group of those that have the same grants, kept as long as set', () => {
    const all = functions(template);
    const classes = new Set(all.map(({ roleId, logGroupId }) => `${roleId} ${logGroupId}`));
    for (const one of classes) expect(one).toMatch(/^(\w+)Role\w+ \1Log\w+$/);
    const roles = new Set(all.map(({ roleId }) => roleId));
    expect(classes.size).toBe(roles.size);
    expect(roles.size).toBeGreaterThan(3);
    const groups = resources(template, 'AWS::Logs::LogGroup');
    for (const { RetentionInDays } of Object.values(groups)) expect(RetentionInDays).toBe(30);
    template.allResources('AWS::Logs::LogGroup', { DeletionPolicy: 'Delete' });
  });
});

describe('the API', () => {
  test('is regional', () => {
    expect(only(template, 'AWS::ApiGateway::RestApi')).toMatchObject({
      Name: 'joker-dmapi-prod',
      EndpointConfiguration: { Types: ['REGIONAL'] },
    });
  });

  test('has the stage v1, throttled as set and without execution log', () => {
    const { StageName, MethodSettings } = only(template, 'AWS::ApiGateway::Stage');
    expect(StageName).toBe('v1');
    expect(MethodSettings).toEqual([
      {
        HttpMethod: '*',
        ResourcePath: '/*',
        ThrottlingRateLimit: 3,
        ThrottlingBurstLimit: 4,
        LoggingLevel: 'OFF',
        DataTraceEnabled: false,
      },
    ]);
  });

  test('logs each request as JSON, and nothing that a caller sent', () => {
    const { AccessLogSetting } = only(template, 'AWS::ApiGateway::Stage');
    const fields = JSON.parse(AccessLogSetting.Format);
    expect(fields).toMatchObject({ requestId: '$context.requestId', status: '$context.status' });
    const sent =
      /\$context\.(path|.*message|.*\.error$|identity\.(apiKey|accessKey|user|userAgent|cognito.*)$|requestOverride|authorizer?\.)|\$input|\$stageVariables|\$request/i;
    expect(Object.values(fields).filter((field) => sent.test(String(field)))).toEqual([]);
    expect(JSON.stringify(AccessLogSetting.DestinationArn)).toContain('"AccessLog');
  });

  test('may write its access log', () => {
    const { CloudWatchRoleArn } = only(template, 'AWS::ApiGateway::Account');
    expect(resources(template, 'AWS::IAM::Role')).toHaveProperty(
      CloudWatchRoleArn['Fn::GetAtt'][0],
    );
    template.hasResource('AWS::ApiGateway::Account', { DeletionPolicy: 'Retain' });
  });

  test('tells its address', () => {
    const outputs = template.findOutputs('*');
    expect(Object.keys(outputs)).toEqual(['Endpoint']);
    expect(JSON.stringify(outputs.Endpoint)).toContain('https://');
  });
});

test('the retentions that can be set are those CloudWatch knows', () => {
  const known = Object.values(RetentionDays).filter(
    (days) => Number(days) < RetentionDays.INFINITE,
  );
  expect(known).toEqual([...LOG_RETENTION_DAYS]);
});
