import { beforeAll, describe, expect, test } from '@jest/globals';
import { type ActionFacts, deployedActions, discoverActions } from '../../infra/actions.ts';
import { readSettings } from '../../infra/settings.ts';
import { basicGrants, functions, grants, imported, resources, synthesise } from './synthesised.ts';

const ARN = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:dmapi/live-Ab12Cd';
const READ_ONLY_ARN = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:dmapi/read-Ef34Gh';
const SECRET = 'AWS::SecretsManager::Secret';

let actions: readonly ActionFacts[];
beforeAll(async () => {
  actions = deployedActions(await discoverActions(), readSettings({}));
});

type Templates = Awaited<ReturnType<typeof synthesise>>;

/** Each function is granted its log, one secret and the session that belongs to it; orders and zones apart, no more. */
function expectGrants(
  { api, sessions }: Templates,
  secretOf: (access: ActionFacts['access']) => unknown,
) {
  for (const deployed of functions(api)) {
    const { name, properties, roleId } = deployed;
    const action = actions.find((one) => one.name === name);
    const secret = secretOf(action?.access ?? 'cost');
    const basics = basicGrants(deployed, sessions, secret);
    const ofTables = action?.isQueued || action?.looksUpOrders || action?.zoneTable;
    // What orders and zones take beside these is in the table of who may do what.
    const expected = ofTables ? expect.arrayContaining(basics) : basics;
    expect({ name, grants: grants(api, roleId) }).toEqual({ name, grants: expected });
    // The session is kept under what the function takes for its secret's id.
    expect(properties.Environment.Variables.DMAPI_SECRET_ID).toEqual(secret);
  }
}

function roleOf(action: ActionFacts | undefined): RegExp {
  if (action?.isQueued) return /^Ordering/;
  if (action?.looksUpOrders) return /^LookingUpOrders/;
  if (action?.zoneTable) return action.zoneTable === 'write' ? /^WritingZones/ : /^ReadingZones/;
  return action?.access === 'read' ? /^Reading/ : /^Changing/;
}

test('the actions are of both kinds', () => {
  expect(new Set(actions.map(({ access }) => access === 'read'))).toEqual(new Set([true, false]));
});

describe('by default', () => {
  let templates: Templates;
  beforeAll(async () => {
    templates = await synthesise();
  });

  test('one secret is made, and retained', () => {
    const { credentials } = templates;
    credentials?.resourceCountIs(SECRET, 1);
    credentials?.allResources(SECRET, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    expect(credentials?.findOutputs('SecretArn')).toHaveProperty('SecretArn');
  });

  test('each function may write its log, read the secret and use its session, nothing else', () => {
    const secret = imported(templates.credentials, 'Secret');
    expectGrants(templates, () => secret);
  });

  test('functions share a role with those that read and change the same, and only Lambda may assume it', () => {
    const deployed = functions(templates.api);
    const roles = new Set(deployed.map(({ roleId }) => roleId));
    expect(roles.size).toBe(new Set(actions.map((action) => roleOf(action).source)).size);
    for (const { name, roleId } of deployed) {
      const action = actions.find((one) => one.name === name);
      expect({ name, roleId }).toEqual({ name, roleId: expect.stringMatching(roleOf(action)) });
    }
    for (const id of roles) {
      const { AssumeRolePolicyDocument } = resources(templates.api, 'AWS::IAM::Role')[id] ?? {};
      expect(AssumeRolePolicyDocument.Statement).toEqual([
        {
          Action: 'sts:AssumeRole',
          Effect: 'Allow',
          Principal: { Service: 'lambda.amazonaws.com' },
        },
      ]);
    }
  });
});

test('with a read-only secret, only functions that change something may read the first', async () => {
  const templates = await synthesise({ readOnlySecretArn: 'create' });
  const { credentials, readOnlyCredentials } = templates;
  for (const stack of [credentials, readOnlyCredentials]) {
    stack?.resourceCountIs(SECRET, 1);
    stack?.allResources(SECRET, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  }
  expect(readOnlyCredentials?.findOutputs('ReadOnlySecretArn')).toHaveProperty('ReadOnlySecretArn');
  expectGrants(templates, (access) =>
    access === 'read' ? imported(readOnlyCredentials, 'ReadOnly') : imported(credentials, 'Secret'),
  );
});

test('with secrets of your own, none is made', async () => {
  const templates = await synthesise({ secretArn: ARN, readOnlySecretArn: READ_ONLY_ARN });
  expect(templates).toMatchObject({ credentials: undefined, readOnlyCredentials: undefined });
  templates.api.resourceCountIs(SECRET, 0);
  expectGrants(templates, (access) => (access === 'read' ? READ_ONLY_ARN : ARN));
});

test('with one secret of your own, only the other is made', async () => {
  const templates = await synthesise({ secretArn: ARN, readOnlySecretArn: 'create' });
  const { credentials, readOnlyCredentials } = templates;
  expect(credentials).toBeUndefined();
  readOnlyCredentials?.resourceCountIs(SECRET, 1);
  expectGrants(templates, (access) =>
    access === 'read' ? imported(readOnlyCredentials, 'ReadOnlySecret') : ARN,
  );
});
