import { beforeAll, describe, expect, test } from '@jest/globals';
import type { App } from 'aws-cdk-lib';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { AwsSolutionsChecks, type NagPack, ServerlessChecks } from 'cdk-nag';
import type { IConstruct } from 'constructs';
import { acknowledgements, covers, type Finding } from './acknowledgements.ts';
import { ACME_ACTIONS, addApi } from './made-up-api.ts';
import { addAll, emptyApp } from './synthesised.ts';

/** What the rules find, warnings included; with `all`, also what is acknowledged. */
function findings(scope: IConstruct, { all = false } = {}): Finding[] {
  const packs: NagPack[] = [new AwsSolutionsChecks(), new ServerlessChecks()];
  return packs.flatMap((pack) => {
    if (all) Object.assign(pack, { isAcknowledged: () => false });
    return pack.validateScope(scope).violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath }) => ({
        rule: ruleName,
        path: String(constructPath),
      })),
    );
  });
}

async function addDefault() {
  return (await addAll()).app;
}

async function addMost() {
  const { app } = await addAll({
    readOnlySecretArn: 'create',
    meteredCallers: 'billing',
    acmeZones: 'example.com',
    alarmTopicArn: 'arn:aws:sns:eu-central-1:123456789012:operators',
  });
  return app;
}

async function addAcme() {
  const app = emptyApp();
  addApi(app, ACME_ACTIONS, { meteredCallers: 'billing', acmeZones: 'example.com' });
  return app;
}

describe.each([
  ['by default', addDefault],
  ['with all that can be added', addMost],
  ['with what ACME clients call', addAcme],
])('cdk-nag %s', (_what, add) => {
  let app: App;
  beforeAll(async () => {
    app = await add();
  });

  test('finds nothing that is not acknowledged', () => {
    expect(findings(app)).toEqual([]);
  });

  test('gets a reason for each acknowledgement', () => {
    const bare = acknowledgements(app).filter(({ reason }) => !/^.{40,}\.$/.test(reason));
    expect(bare).toEqual([]);
  });

  test('finds all that is acknowledged: none is left over', () => {
    const found = findings(app, { all: true });
    expect(found.length).toBeGreaterThan(0);
    const idle = acknowledgements(app).filter((a) => !found.some((f) => covers(a, f)));
    expect(idle).toEqual([]);
  });

  test('is answered at the resource itself, or the construct around it', () => {
    const depth = (path: string) => path.split('/').length;
    const found = findings(app, { all: true });
    const wide = acknowledgements(app).filter((a) =>
      found.some((f) => covers(a, f) && depth(f.path) - depth(a.path) > 1),
    );
    expect(wide).toEqual([]);
  });
});

test('cdk-nag looks at every stack', async () => {
  const { app } = await addAll({ readOnlySecretArn: 'create', acmeZones: 'example.com' });
  const looked = findings(app, { all: true }).map(({ path }) => path.split('/')[0]);
  // It has nothing to say of the events, not even by way of acknowledgement.
  expect(new Set(looked)).toEqual(
    new Set([
      'Credentials',
      'ReadOnlyCredentials',
      'AcmeCredentials',
      'Sessions',
      'Reconciler',
      'Api',
    ]),
  );
});

test('a new finding is found', async () => {
  const { app, api } = await addAll();
  const role = new Role(api, 'Careless', {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    managedPolicies: [
      ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSLambdaBasicExecutionRole'),
    ],
  });
  role.addToPolicy(new PolicyStatement({ actions: ['secretsmanager:*'], resources: ['*'] }));
  api.api.root.addMethod('GET');
  const rules = findings(app).map(({ rule }) => rule);
  expect(rules).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^AwsSolutions-IAM4\[/),
      'AwsSolutions-IAM5[Action::secretsmanager:*]',
      'AwsSolutions-IAM5[Resource::*]',
      'AwsSolutions-COG4',
    ]),
  );
});
