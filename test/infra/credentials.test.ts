import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Template } from 'aws-cdk-lib/assertions';
import { type ActionFacts, discoverActions } from '../../infra/actions.ts';
import { functions, grants, imported, resources, synthesise } from './synthesised.ts';

const ARN = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:dmapi/live-Ab12Cd';
const READ_ONLY_ARN = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:dmapi/read-Ef34Gh';
const SECRET = 'AWS::SecretsManager::Secret';

let actions: readonly ActionFacts[];
beforeAll(async () => {
  actions = await discoverActions();
});

/** What each function is granted, and what it should be: its log and the one secret, no more. */
function expectGrants(api: Template, secretOf: (access: ActionFacts['access']) => unknown) {
  for (const { name, properties, roleId, logGroupId } of functions(api)) {
    const access = actions.find((action) => action.name === name)?.access ?? 'cost';
    const secret = secretOf(access);
    expect({ name, grants: grants(api, roleId) }).toEqual({
      name,
      grants: [
        {
          actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          resource: { 'Fn::GetAtt': [logGroupId, 'Arn'] },
        },
        { actions: ['secretsmanager:GetSecretValue'], resource: secret },
      ],
    });
    expect(properties.Environment.Variables.DMAPI_SECRET_ID).toEqual(secret);
  }
}

test('the actions are of both kinds', () => {
  expect(new Set(actions.map(({ access }) => access === 'read'))).toEqual(new Set([true, false]));
});

describe('by default', () => {
  let templates: Awaited<ReturnType<typeof synthesise>>;
  beforeAll(async () => {
    templates = await synthesise();
  });

  test('one secret is made, and retained', () => {
    const { credentials } = templates;
    credentials?.resourceCountIs(SECRET, 1);
    credentials?.allResources(SECRET, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    expect(credentials?.findOutputs('SecretArn')).toHaveProperty('SecretArn');
  });

  test('each function may write its log and read the secret, nothing else', () => {
    const secret = imported(templates.credentials, 'Secret');
    expectGrants(templates.api, () => secret);
  });

  test('each function has a role of its own, which only Lambda may assume', () => {
    const roles = functions(templates.api).map(({ roleId }) => roleId);
    expect(new Set(roles).size).toBe(actions.length);
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
  const { api, credentials } = await synthesise({ readOnlySecretArn: 'create' });
  credentials?.resourceCountIs(SECRET, 2);
  credentials?.allResources(SECRET, { DeletionPolicy: 'Retain' });
  expectGrants(api, (access) =>
    imported(credentials, access === 'read' ? 'ReadOnlySecret' : 'Secret'),
  );
});

test('with secrets of your own, none is made', async () => {
  const { api, credentials } = await synthesise({
    secretArn: ARN,
    readOnlySecretArn: READ_ONLY_ARN,
  });
  expect(credentials).toBeUndefined();
  api.resourceCountIs(SECRET, 0);
  expectGrants(api, (access) => (access === 'read' ? READ_ONLY_ARN : ARN));
});

test('with one secret of your own, only the other is made', async () => {
  const { api, credentials } = await synthesise({ secretArn: ARN, readOnlySecretArn: 'create' });
  credentials?.resourceCountIs(SECRET, 1);
  expectGrants(api, (access) =>
    access === 'read' ? imported(credentials, 'ReadOnlySecret') : ARN,
  );
});
