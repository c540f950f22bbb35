import { describe, expect, test } from '@jest/globals';
import { readSettings } from '../../infra/settings.ts';
import { type Account, type Deployment, deploy, deploymentOf } from './stack-updates.ts';
import { addAll, type Properties } from './synthesised.ts';

type Context = Readonly<Record<string, string>>;

const ARN = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:dmapi';
const NEW: Account = { stacks: new Map(), retained: new Set() };

/** Other values than the default, of every setting. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  stage: ['prod'],
  dmapiUrl: ['ote', 'https://dmapi.example'],
  secretArn: [`${ARN}/live-Ab12Cd`, `${ARN}/other-Gh56Ij`],
  readOnlySecretArn: ['create', `${ARN}/read-Ef34Gh`],
  // What neither orders nor looks orders up is told nothing of them.
  actions: ['account', 'domains,zones', 'catalogue'],
  throttleRate: ['1'],
  throttleBurst: ['1'],
  meteredCallers: ['alice,bob', 'bob,carol'],
  meteredRate: ['1'],
  meteredBurst: ['1'],
  meteredQuotaPerDay: ['1'],
  maxOrderPrice: ['50.00'],
  acmeZones: ['example.com', 'example.net,example.org'],
  reconcileMinutes: ['60'],
  publishHistory: ['true'],
  eventSchemas: ['false'],
  alarmTopicArn: ['arn:aws:sns:eu-central-1:123456789012:operators'],
  logRetentionDays: ['1'],
};

/** What else may be set while one setting changes: what stacks, exports and names depend on. */
const BESIDES: readonly Context[] = [
  {},
  ...['create', `${ARN}/read-Ef34Gh`].map((readOnlySecretArn) => ({ readOnlySecretArn })),
  ...['create', `${ARN}/read-Ef34Gh`, 'none'].map((readOnlySecretArn) => ({
    secretArn: `${ARN}/live-Ab12Cd`,
    readOnlySecretArn,
  })),
];

const synthesised = new Map<string, Promise<Deployment>>();

function synthesise(context: Context): Promise<Deployment> {
  const key = JSON.stringify(readSettings(context));
  const known = synthesised.get(key) ?? addAll(context).then(({ app }) => deploymentOf(app));
  synthesised.set(key, known);
  return known;
}

test('every setting is changed here', () => {
  expect(Object.keys(VALUES).sort()).toEqual(Object.keys(readSettings({})).sort());
});

const CHANGES = BESIDES.flatMap((besides) => {
  const ofSecrets = Object.keys(besides).length > 0;
  const names = ofSecrets ? ['secretArn', 'readOnlySecretArn', 'actions'] : Object.keys(VALUES);
  return names.flatMap((name) =>
    (VALUES[name] ?? [])
      .filter((value) => value !== besides[name])
      .map(
        (value) => [`${name}=${value}`, JSON.stringify(besides), { name, value, besides }] as const,
      ),
  );
});

describe('one plain deployment takes the change, and the one back', () => {
  test.each(CHANGES)('of %s, beside %s', async (_change, _besides, { name, value, besides }) => {
    const before = await synthesise(besides);
    const after = await synthesise({ ...besides, [name]: value });
    const deployed = deploy(NEW, before);
    const changed = deploy(deployed, after);
    const back = deploy(changed, before);
    expect(deploy(back, after).stacks.size).toBeGreaterThanOrEqual(after.size);
  });
});

describe('the model refuses what CloudFormation would', () => {
  const exporting = (...names: string[]): Properties => ({
    Outputs: Object.fromEntries(
      names.map((Name) => [Name, { Value: { Ref: Name }, Export: { Name } }]),
    ),
  });
  const importing = (name: string): Properties => ({
    Resources: {
      Function: { Type: 'AWS::Lambda::Function', Properties: { of: { 'Fn::ImportValue': name } } },
    },
  });
  const deployed = deploy(
    NEW,
    new Map([
      ['one', exporting('a', 'b')],
      ['two', importing('a')],
    ]),
  );

  test('an export that goes while a later stack imports it, although no longer then', () => {
    const next = new Map([
      ['one', exporting('b')],
      ['two', importing('b')],
    ]);
    expect(() => deploy(deployed, next)).toThrow('one: two still imports a.');
  });

  test('an export that changes', () => {
    const Outputs = { a: { Value: 'other', Export: { Name: 'a' } } };
    expect(() => deploy(deployed, new Map([['one', { Outputs }]]))).toThrow('two still imports a');
  });

  test('an import of what is not there', () => {
    expect(() => deploy(deployed, new Map([['two', importing('c')]]))).toThrow('nothing exports c');
  });

  test('a name that something retained has', () => {
    const bus = {
      Type: 'AWS::Events::EventBus',
      DeletionPolicy: 'Retain',
      Properties: { Name: 'bus' },
    };
    const first = deploy(NEW, new Map([['one', { Resources: { Bus: bus } }]]));
    const gone = deploy(first, new Map([['one', { Resources: {} }]]));
    const again = new Map([['one', { Resources: { Bus: bus } }]]);
    expect(() => deploy(gone, again)).toThrow('one: there is a AWS::Events::EventBus bus already.');
  });
});
