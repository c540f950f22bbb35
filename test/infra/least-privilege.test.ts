import { beforeAll, describe, expect, test } from '@jest/globals';
import type { App } from 'aws-cdk-lib';
import { type ActionFacts, deployedActions, discoverActions } from '../../infra/actions.ts';
import { readSettings } from '../../infra/settings.ts';
import { routeOf } from '../../shared/action.ts';
import { acknowledgements, covers } from './acknowledgements.ts';
import { ACME_ACTIONS, addApi, SECRETS } from './made-up-api.ts';
import { type Permission, permissions } from './permissions.ts';
import { addAll, emptyApp } from './synthesised.ts';

const ARN = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:dmapi/live-Ab12Cd';
const READ_ONLY_ARN = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:dmapi/read-Ef34Gh';
const SECRET = 'Credentials/Secret';
const READ_ONLY_SECRET = 'ReadOnlyCredentials/ReadOnlySecret';
const SESSIONS = 'Sessions/Sessions';
const RECONCILER = 'Reconciler/reconcile-results';
const ORDERS = 'Orders/Orders';
const ZONES = 'Zones/Zones';
const ACME_SECRET = 'AcmeCredentials/AcmeSecret';
const AUTHORIZER = 'Api/AcmeDoor/acme-authorizer';
const LOGGED_IN = 'callers that log in';

interface Variant {
  readonly secret: string;
  readonly readOnlySecret: string;
  readonly callers: string;
}

/** By who may: what, on which resource, under which condition. */
type Table = Record<string, string[]>;

/** All that is permitted, to whomever. */
function expectedTable(actions: readonly ActionFacts[], variant: Variant): Table {
  const { readOnlySecret, callers } = variant;
  const acme = actions.filter(({ door }) => door);
  const signed = actions.filter(({ door }) => !door);
  return {
    ...Object.fromEntries(
      actions.map((action) => [`Api/${action.name}`, functionRights(action, variant)]),
    ),
    [RECONCILER]: [
      ...basics('Reconciler/Reconciling', readOnlySecret),
      'events:PutEvents on Events/Bus',
      'dynamodb:GetItem on Events/Ledger',
      'dynamodb:BatchGetItem on Events/Ledger',
      'dynamodb:Query on Events/Ledger',
      'dynamodb:PutItem on Events/Ledger',
      'dynamodb:UpdateItem on Events/Ledger',
      'dynamodb:DeleteItem on Events/Ledger',
      ...ordersKept(ORDERS),
      'sqs:SendMessage on Reconciler/DeadLetters',
    ],
    'Reconciler/Schedule': [
      `lambda:InvokeFunction on ${RECONCILER}`,
      'sqs:SendMessage on Reconciler/DeadLetters',
    ],
    'Api/Api/Account': [
      'arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs on *',
    ],
    [callers]: signed.map(call),
    ...(acme.length > 0 && {
      [LOGGED_IN]: acme.map(call),
      [AUTHORIZER]: authorizerRights(ACME_SECRET),
    }),
    'apigateway.amazonaws.com': [
      ...actions.map(invocation),
      ...(acme.length > 0 ? [LOGIN] : []),
      'sts:AssumeRole on the role of Api/Api/Account',
    ],
    'lambda.amazonaws.com': [
      ...actions.map(({ name }) => `sts:AssumeRole on the role of Api/${name}`),
      `sts:AssumeRole on the role of ${RECONCILER}`,
      ...(acme.length > 0 ? [`sts:AssumeRole on the role of ${AUTHORIZER}`] : []),
    ],
    'scheduler.amazonaws.com': [
      'sts:AssumeRole on the role of Reconciler/Schedule if StringEquals aws:SourceAccount <AWS::AccountId> and StringEquals aws:SourceArn arn:<AWS::Partition>:scheduler:<AWS::Region>:<AWS::AccountId>:schedule-group/default',
    ],
    '*': ['never sqs:* on Reconciler/DeadLetters if Bool aws:SecureTransport false'],
  };
}

/** By what it does: functions whose grants are the same are a class, with one role and one log. */
function functionRights(
  { access, isQueued, looksUpOrders, zoneTable }: ActionFacts,
  { secret, readOnlySecret }: Pick<Variant, 'secret' | 'readOnlySecret'>,
  { orders, reconciler } = { orders: ORDERS, reconciler: RECONCILER },
): string[] {
  if (isQueued) {
    return [
      ...basics('Api/Ordering', secret),
      ...ordersKept(orders),
      `lambda:InvokeFunction on ${reconciler}`,
    ];
  }
  if (looksUpOrders) {
    return [...basics('Api/LookingUpOrders', readOnlySecret), `dynamodb:Query on ${orders}`];
  }
  if (zoneTable === 'read') {
    return [...basics('Api/ReadingZones', readOnlySecret), ...zonesRead];
  }
  if (zoneTable === 'write') {
    return [...basics('Api/WritingZones', secret), ...zonesRead, ...zonesWritten];
  }
  return access === 'read' ? basics('Api/Reading', readOnlySecret) : basics('Api/Changing', secret);
}

/** Single items, and the versions of one zone: no scan, and nothing in bulk. */
const zonesRead = ['GetItem', 'Query'].map((action) => `dynamodb:${action} on ${ZONES}`);
const zonesWritten = ['PutItem', 'UpdateItem', 'DeleteItem'].map(
  (action) => `dynamodb:${action} on ${ZONES}`,
);

/** What strangers can call may read the one secret: no session, and nothing of the registrar's. */
function authorizerRights(secret: string): string[] {
  return [
    'logs:CreateLogStream on Api/AcmeDoor/Authorizing/Log',
    'logs:PutLogEvents on Api/AcmeDoor/Authorizing/Log',
    `secretsmanager:GetSecretValue on ${secret}`,
  ];
}

/** Single items, and those of one account that begin alike: no scan, and nothing in bulk. */
function ordersKept(orders: string): string[] {
  return ['GetItem', 'PutItem', 'DeleteItem', 'Query'].map(
    (action) => `dynamodb:${action} on ${orders}`,
  );
}

/** What every function may: write its log, read its secret, use the session that belongs to it. */
function basics(grantClass: string, secret: string): string[] {
  const itsOwn = `ForAllValues:StringEquals dynamodb:LeadingKeys ${secret} and Null dynamodb:LeadingKeys false`;
  return [
    `logs:CreateLogStream on ${grantClass}/Log`,
    `logs:PutLogEvents on ${grantClass}/Log`,
    `secretsmanager:GetSecretValue on ${secret}`,
    `dynamodb:GetItem on ${SESSIONS} if ${itsOwn}`,
    `dynamodb:UpdateItem on ${SESSIONS} if ${itsOwn}`,
  ];
}

const ANY_STAGE = 'arn:<AWS::Partition>:execute-api:<AWS::Region>:<AWS::AccountId>:Api/Api';

/** Only for its route, and only of the one stage. */
function invocation(action: ActionFacts): string {
  const source = `${ANY_STAGE}/Api/Api/DeploymentStage.v1/${action.method}/${routeOf(action)}`;
  return `lambda:InvokeFunction on Api/${action.name} if Equals SourceArn ${source}`;
}

const LOGIN = `lambda:InvokeFunction on ${AUTHORIZER} if Equals SourceArn ${ANY_STAGE}/authorizers/Api/AcmeDoor/Authorizer`;

function call(action: ActionFacts): string {
  return `execute-api:Invoke on ${action.method} /${routeOf(action)}`;
}

function row({ effect, action, on, condition }: Permission): string {
  return `${effect === 'Deny' ? 'never ' : ''}${action} on ${on}${condition && ` if ${condition}`}`;
}

function toTable(all: readonly Permission[]): Table {
  const table: Table = {};
  for (const permission of all) {
    table[permission.who] ??= [];
    table[permission.who]?.push(row(permission));
  }
  return table;
}

function sorted(table: Table): Table {
  return Object.fromEntries(Object.entries(table).map(([who, rows]) => [who, rows.toSorted()]));
}

let defined: readonly ActionFacts[];
beforeAll(async () => {
  defined = await discoverActions();
});

const DEFAULT = { secret: SECRET, readOnlySecret: SECRET, callers: 'callers that sign' };
const BOTH = { ...DEFAULT, readOnlySecret: READ_ONLY_SECRET };
const OWN = { ...DEFAULT, secret: ARN, readOnlySecret: ARN };
const OWN_BOTH = { ...DEFAULT, secret: ARN, readOnlySecret: READ_ONLY_ARN };
const METERED = { ...DEFAULT, callers: 'callers that sign and send an API key' };
const TOPIC = 'arn:aws:sns:eu-central-1:123456789012:operators';

describe.each<[string, Readonly<Record<string, string>>, Variant]>([
  ['by default', {}, DEFAULT],
  ['with a read-only secret', { readOnlySecretArn: 'create' }, BOTH],
  ['with a secret of your own', { secretArn: ARN }, OWN],
  ['with two of your own', { secretArn: ARN, readOnlySecretArn: READ_ONLY_ARN }, OWN_BOTH],
  ['with metered callers', { meteredCallers: 'billing' }, METERED],
  // It is the topic's policy that lets alarms publish, and the topic is yours.
  ['with a topic for the alarms', { alarmTopicArn: TOPIC }, DEFAULT],
  ['with ACME clients', { acmeZones: 'example.com' }, DEFAULT],
])('%s', (_what, context, variant) => {
  let actions: readonly ActionFacts[];
  let app: App;
  let all: Permission[];
  let allowed: Permission[];
  beforeAll(async () => {
    actions = deployedActions(defined, readSettings(context));
    ({ app } = await addAll(context));
    all = permissions(app);
    allowed = all.filter(({ effect }) => effect === 'Allow');
  });

  const whoMay = (is: (permission: Permission) => boolean) =>
    new Set(allowed.filter(is).map(({ who }) => who));
  const functionsOf = (is: (action: ActionFacts) => boolean) =>
    actions.filter(is).map(({ name }) => `Api/${name}`);
  const allFunctions = () => [...functionsOf(() => true), RECONCILER];

  test('everyone may do exactly this', () => {
    expect(sorted(toTable(all))).toEqual(sorted(expectedTable(actions, variant)));
  });

  test('no right reaches further than by its name, unless the code says why', () => {
    const reasons = acknowledgements(app);
    const unexplained = allowed.filter(isWide).filter(({ action, on, source }) => {
      const rules = [
        `AwsSolutions-IAM4[Policy::${action}]`,
        `AwsSolutions-IAM5[Action::${action}]`,
        `AwsSolutions-IAM5[Resource::${on}]`,
      ];
      return !rules.some((rule) => reasons.some((a) => covers(a, { rule, path: source })));
    });
    expect(unexplained).toEqual([]);
  });

  test('secrets and sessions are read by functions, and by nobody else', () => {
    const { secret, readOnlySecret } = variant;
    for (const on of [secret, readOnlySecret, SESSIONS]) {
      for (const who of whoMay((p) => reaches(p, on))) expect(allFunctions()).toContain(who);
    }
  });

  test('no secret is written, and no session is listed or taken out in bulk', () => {
    const { secret, readOnlySecret } = variant;
    const done = allowed.filter((p) => [secret, readOnlySecret, SESSIONS].includes(p.on));
    expect(new Set(done.map(({ action }) => action))).toEqual(
      new Set(['secretsmanager:GetSecretValue', 'dynamodb:GetItem', 'dynamodb:UpdateItem']),
    );
  });

  test('only what changes something reads a secret that is not the read-only one', () => {
    const { secret, readOnlySecret } = variant;
    const readers = whoMay((p) => reaches(p, secret));
    const changing = functionsOf(({ access }) => access !== 'read');
    expect(readers).toEqual(new Set(secret === readOnlySecret ? allFunctions() : changing));
  });

  test('a function uses the session of the secret that it reads, and no other', () => {
    for (const who of allFunctions()) {
      const own = allowed.filter((p) => p.who === who);
      const [secret, ...more] = own.filter(({ action }) => action.startsWith('secretsmanager:'));
      expect(more).toEqual([]);
      const sessions = own.filter((p) => reaches(p, SESSIONS));
      expect(sessions.length).toBeGreaterThan(0);
      for (const { condition } of sessions) {
        expect(condition).toContain(`dynamodb:LeadingKeys ${secret?.on} and`);
      }
    }
  });

  test('the reconciler is started by the schedule and by what places orders; it starts nobody', () => {
    const placing = functionsOf(({ isQueued }) => isQueued);
    expect(placing.length).toBeGreaterThan(10);
    expect(whoMay((p) => /^(lambda:|\*)/.test(p.action) && reaches(p, RECONCILER))).toEqual(
      new Set(['Reconciler/Schedule', ...placing]),
    );
  });

  test('no other function is started by a function: only API Gateway does that', () => {
    const others = whoMay(({ action, on }) => /^(lambda:|\*)/.test(action) && on !== RECONCILER);
    expect(others).toEqual(new Set(['apigateway.amazonaws.com']));
  });

  test('orders are seen by what places them, looks them up or settles them', () => {
    const placing = functionsOf(({ isQueued, looksUpOrders }) => isQueued || !!looksUpOrders);
    expect(whoMay((p) => reaches(p, ORDERS))).toEqual(new Set([RECONCILER, ...placing]));
  });

  test('what zones were is seen by what deals with zones', () => {
    const dealing = functionsOf(({ zoneTable }) => zoneTable !== undefined);
    expect(whoMay((p) => reaches(p, ZONES))).toEqual(new Set(dealing));
  });

  test('only the reconciler publishes, and keeps the ledger', () => {
    expect(whoMay((p) => reaches(p, 'Events/Bus'))).toEqual(new Set([RECONCILER]));
    expect(whoMay((p) => reaches(p, 'Events/Ledger'))).toEqual(new Set([RECONCILER]));
  });
});

/** Whether it names no single action, resource or caller. A managed policy is for all resources. */
function isWide({ action, on, condition }: Permission): boolean {
  return [action, on, condition].some((text) => text.includes('*'));
}

/** Leaving out what a managed policy of AWS is about: each is named in the table. */
function reaches({ action, on }: Permission, resource: string): boolean {
  return on === resource || (on.includes('*') && !action.startsWith('arn:'));
}

describe('one more action', () => {
  const plain: ActionFacts = {
    name: 'plain-action',
    group: 'domains',
    method: 'POST',
    access: 'modify',
    isQueued: false,
    summary: 'Renews.',
  };
  const RECONCILER_ARN = 'arn:aws:lambda:eu-central-1:123456789012:function:some-function';

  /** Of an API with these actions. */
  function rows(these: readonly ActionFacts[]): string[] {
    const app = emptyApp();
    addApi(app, these, { acmeZones: 'example.com' });
    return permissions(app).map((permission) => `${permission.who}: ${row(permission)}`);
  }

  function difference(action: ActionFacts) {
    const before = rows([plain, ...ACME_ACTIONS]);
    const after = rows([plain, ...ACME_ACTIONS, action]);
    return {
      gone: before.filter((one) => !after.includes(one)),
      added: after.filter((one) => !before.includes(one)).sort(),
    };
  }

  test.each([
    ['read', {}],
    ['read', { looksUpOrders: true }],
    ['modify', {}],
    ['modify', { isQueued: true }],
    ['cost', { isQueued: true }],
    ['read', { zoneTable: 'read' }],
    ['modify', { zoneTable: 'write' }],
  ] as const)('that may %s %j, gets what that needs, and nothing else changes', (access, more) => {
    const action = { ...plain, name: 'made-up-action', access, ...more };
    expect(difference(action)).toEqual({
      gone: [],
      added: [
        ...functionRights(action, SECRETS, { orders: ORDERS, reconciler: RECONCILER_ARN }).map(
          (right) => `Api/made-up-action: ${right}`,
        ),
        'callers that sign: execute-api:Invoke on POST /made-up-action',
        `apigateway.amazonaws.com: ${invocation(action)}`,
        'lambda.amazonaws.com: sts:AssumeRole on the role of Api/made-up-action',
      ].sort(),
    });
  });

  test('for ACME clients has a door, which can read what they log in with and nothing else', () => {
    const all = rows(ACME_ACTIONS);
    const ofAuthorizer = all.filter((one) => one.startsWith(`${AUTHORIZER}: `));
    expect(ofAuthorizer.sort()).toEqual(
      authorizerRights(SECRETS.acmeSecret).map((right) => `${AUTHORIZER}: ${right}`),
    );
    const present = ACME_ACTIONS[0] ?? plain;
    expect(all).toEqual(
      expect.arrayContaining([
        ...functionRights(present, SECRETS).map((right) => `Api/acme-present: ${right}`),
        `${LOGGED_IN}: execute-api:Invoke on POST /acme/present`,
        `apigateway.amazonaws.com: ${invocation(present)}`,
        `apigateway.amazonaws.com: ${LOGIN}`,
      ]),
    );
    expect(all.filter((one) => one.includes(SECRETS.acmeSecret))).toEqual([
      `${AUTHORIZER}: secretsmanager:GetSecretValue on ${SECRETS.acmeSecret}`,
    ]);
  });
});
