import { beforeAll, describe, expect, test } from '@jest/globals';
import { Template } from 'aws-cdk-lib/assertions';
import { deployedActions } from '../../infra/actions.ts';
import { readSettings } from '../../infra/settings.ts';
import { routeOf } from '../../shared/action.ts';
import { ACME_ACTIONS, addApi, SECRETS } from './made-up-api.ts';
import { addAll, emptyApp, only, resources, routes, synthesise } from './synthesised.ts';

const AUTHORIZER = 'AWS::ApiGateway::Authorizer';
const FUNCTION = 'AWS::Lambda::Function';
const SECRET = 'AWS::SecretsManager::Secret';

describe('an API with what ACME clients call', () => {
  let template: Template;
  beforeAll(() => {
    const context = { acmeZones: 'example.com,Bücher.example', meteredCallers: 'billing' };
    template = Template.fromStack(addApi(emptyApp(), ACME_ACTIONS, context));
  });

  const functionNamed = (name: string) =>
    Object.values(resources(template, FUNCTION)).find(
      ({ Handler }) => Handler === `${name}.handler`,
    ) ?? {};

  test('has the routes that their clients know', () => {
    const found = routes(template).map(({ method, path }) => `${method} /v1/${path}`);
    expect(found.sort()).toEqual(['POST /v1/acme/cleanup', 'POST /v1/acme/present']);
    expect(ACME_ACTIONS.map(routeOf)).toEqual(['acme/present', 'acme/cleanup']);
  });

  test('lets them log in, without an API key even where callers are metered', () => {
    const [id] = Object.keys(resources(template, AUTHORIZER));
    for (const { properties } of routes(template)) {
      expect(properties).toMatchObject({
        AuthorizationType: 'CUSTOM',
        AuthorizerId: { Ref: id },
        ApiKeyRequired: false,
      });
    }
  });

  test('looks at each login anew, and not at a request that has none', () => {
    expect(only(template, AUTHORIZER)).toMatchObject({
      Type: 'REQUEST',
      IdentitySource: 'method.request.header.Authorization',
      AuthorizerResultTtlInSeconds: 0,
    });
  });

  test('tells the function that looks at logins of its secret and of nothing else', () => {
    const { Environment, Timeout, Runtime } = functionNamed('acme-authorizer');
    expect(Environment.Variables).toEqual({
      ACME_SECRET_ID: SECRETS.acmeSecret,
      NODE_OPTIONS: '--enable-source-maps',
      POWERTOOLS_SERVICE_NAME: 'joker-dmapi-dev',
      POWERTOOLS_METRICS_NAMESPACE: 'joker-dmapi',
    });
    expect({ Timeout, Runtime }).toEqual({ Timeout: 10, Runtime: 'nodejs24.x' });
  });

  test('tells the others which zones are open, and of no other secret than theirs', () => {
    for (const { name } of ACME_ACTIONS) {
      const { Variables } = functionNamed(name).Environment;
      expect(Variables).toMatchObject({
        ACME_ZONES: 'example.com,xn--bcher-kva.example',
        ZONES_TABLE: expect.anything(),
        DMAPI_SECRET_ID: SECRETS.secret,
      });
      expect(Variables).not.toHaveProperty('ACME_SECRET_ID');
    }
  });
});

test('other routes are signed as before', () => {
  const plain = { ...ACME_ACTIONS[0], name: 'dns-zone-list', door: undefined } as never;
  const template = Template.fromStack(addApi(emptyApp(), [plain, ...ACME_ACTIONS]));
  const signed = routes(template).filter(({ path }) => !path.startsWith('acme/'));
  expect(signed.map(({ path }) => path)).toEqual(['dns-zone-list']);
  expect(signed[0]?.properties).toMatchObject({ AuthorizationType: 'AWS_IAM' });
});

describe('what is deployed', () => {
  const deployed = (context: Record<string, unknown>) =>
    deployedActions(ACME_ACTIONS, readSettings(context)).map(({ name }) => name);

  test('is open to ACME clients where a zone is, whatever groups are', () => {
    const names = ['acme-present', 'acme-cleanup'];
    expect(deployed({ acmeZones: 'example.com' })).toEqual(names);
    expect(deployed({ acmeZones: 'example.com', actions: 'account' })).toEqual(names);
    expect(deployed({ actions: 'zones' })).toEqual([]);
    expect(deployed({})).toEqual([]);
  });

  test('has nothing of it by default', async () => {
    const { app } = await addAll();
    expect(JSON.stringify(app.synth().stacks.map(({ template }) => template))).not.toMatch(/acme/i);
  });
});

describe('the secret', () => {
  test('is made with a password that no shell or URL trips over, and is retained', async () => {
    const { acmeCredentials } = await synthesise({ stage: 'prod', acmeZones: 'example.com' });
    if (!acmeCredentials) throw new Error('There is no stack with the secret.');
    expect(only(acmeCredentials, SECRET)).toMatchObject({
      GenerateSecretString: {
        SecretStringTemplate: '{"username":"acme"}',
        GenerateStringKey: 'password',
        PasswordLength: 40,
        ExcludePunctuation: true,
      },
    });
    acmeCredentials.allResources(SECRET, {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
    });
    expect(acmeCredentials.findOutputs('*')).toHaveProperty('AcmeSecretArn');
  });

  test('has a stack of its own, named and tagged by the stage', async () => {
    const { acmeCredentials } = await addAll({ stage: 'prod', acmeZones: 'example.com' });
    expect(acmeCredentials?.stackName).toBe('joker-dmapi-prod-acme-credentials');
    expect(acmeCredentials?.tags.tagValues()).toEqual({
      application: 'joker-dmapi',
      stage: 'prod',
    });
  });
});
