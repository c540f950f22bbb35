import {
  type AttributeValue,
  DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type DynamoDb, startDynamoDb } from '../../../infra/local/aws/dynamodb.ts';
import {
  type RegistrarOptions,
  type SimulatedRegistrar,
  startRegistrar,
} from '../../../infra/local/registrar/registrar.ts';
import { connectDynamoDb } from '../../../shared/aws/dynamodb-client.ts';
import { createClient } from '../../../shared/dmapi/client.ts';
import { readEndpoint } from '../../../shared/dmapi/endpoint.ts';
import { inRequest } from '../../../shared/log.ts';
import { openDynamoDbSessionTable } from '../../../shared/session/dynamodb-session-table.ts';
import { createLogin } from '../../../shared/session/login.ts';
import type { Credentials } from '../../../shared/session/parse-credentials.ts';
import {
  createSession,
  type Session,
  type SessionRequest,
} from '../../../shared/session/session.ts';
import { sealOf } from '../../../shared/session/session-seal.ts';
import { sharedSessions } from '../../../shared/session/shared-sessions.ts';
import { captureLog } from '../../captured-log.ts';
import { SESSIONS } from '../../tables.ts';
import { AMPLE_MS, deadlineAtWill, farAway, until } from '../../time.ts';

const log = captureLog();

const API_KEY = 'canary-api-key-0123456789';
const PROFILE: SessionRequest = { name: 'query-profile', access: 'read', params: {} };
const SECRET = 'arn:aws:secretsmanager:eu-central-1:000000000000:secret:test';
const HOUR_MS = 3_600_000;

/** Execution environments with the same credentials, a table between them, one clock for all. */
interface World {
  readonly clock: { nowMs: number };
  readonly registrar: SimulatedRegistrar;
  readonly dynamoDb: DynamoDb;
  /** What the operator has put. */
  readonly secret: { stored: Credentials; version: number };
  /** A cold execution environment. */
  environment(options?: { secretId?: string; patienceMs?: number }): Session;
  /** What the table has, as whoever may read it sees it. */
  readItem(): Promise<string>;
  /** Has the table hold something else, as whoever may write it can. */
  plant(name: string, value: AttributeValue): Promise<void>;
}

const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

async function openWorld(options: RegistrarOptions = {}): Promise<World> {
  const clock = { nowMs: Date.parse('2026-11-01T12:00:00Z') };
  const now = () => clock.nowMs;
  const [registrar, dynamoDb] = await Promise.all([
    startRegistrar({ now, credentials: [{ apiKey: API_KEY }, { apiKey: 'new' }], ...options }),
    startDynamoDb(),
  ]);
  closers.push(registrar.close, dynamoDb.close);
  await dynamoDb.createTable(SESSIONS);
  const secret: World['secret'] = { stored: { apiKey: API_KEY }, version: 1 };
  const config = {
    endpoint: dynamoDb.url,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 2,
  };
  const dynamoDbClient = new DynamoDBClient(config);
  const connected = connectDynamoDb(config);
  return {
    clock,
    registrar,
    dynamoDb,
    secret,
    async readItem() {
      const { Item } = await dynamoDbClient.send(
        new GetItemCommand({ TableName: 'sessions', Key: { secret: { S: SECRET } } }),
      );
      return JSON.stringify(Item);
    },
    async plant(name, value) {
      await dynamoDbClient.send(
        new UpdateItemCommand({
          TableName: 'sessions',
          Key: { secret: { S: SECRET } },
          UpdateExpression: `SET ${name} = :value`,
          ExpressionAttributeValues: { ':value': value },
        }),
      );
    },
    // The machine may be slow: unless a test says so, the table gets all the time there is.
    environment({ secretId = SECRET, patienceMs = AMPLE_MS } = {}) {
      const readAgain = async () => {
        const read = { credentials: secret.stored, version: String(secret.version) };
        known = read;
        return read;
      };
      let known: Awaited<ReturnType<typeof readAgain>> | undefined;
      const credentials = { read: async () => known ?? readAgain(), readAgain };
      const client = createClient(readEndpoint(registrar.url));
      const logIn = createLogin({ client, credentials, now });
      const table = { tableName: 'sessions', secretId, dynamoDb: connected };
      const openTable = () => openDynamoDbSessionTable(table);
      const source = sharedSessions({ openTable, credentials, logIn, now, patienceMs });
      return createSession({ client, source, now });
    },
  };
}

const send = (session: Session, deadline = farAway()) => session.send(PROFILE, deadline);

const kindOf = (outcome: Promise<unknown>) =>
  outcome.then(
    () => 'success',
    (error) => error.kind ?? error.name,
  );

async function stampede(environments: readonly Session[], calls = 1): Promise<Set<string>> {
  const outcomes = environments.flatMap((session) =>
    Array.from({ length: calls }, () => kindOf(send(session))),
  );
  return new Set(await Promise.all(outcomes));
}

function fifty({ environment }: World): Session[] {
  return Array.from({ length: 50 }, () => environment());
}

describe('one login for all environments', () => {
  test('fifty cold ones, started together, make one login', async () => {
    const world = await openWorld();
    expect(await stampede(fifty(world), 20)).toEqual(new Set(['success']));
    expect(world.registrar.logins).toBe(1);
  });

  test('a session found dead by all of them is replaced by one login', async () => {
    const world = await openWorld();
    const environments = fifty(world);
    await stampede(environments);
    world.registrar.dropSessions();
    expect(await stampede(environments)).toEqual(new Set(['success']));
    expect(world.registrar.logins).toBe(2);
  });

  test('a session that has run out is replaced by one login', async () => {
    const world = await openWorld();
    const environments = fifty(world);
    await stampede(environments);
    world.clock.nowMs += HOUR_MS;
    expect(await stampede(environments)).toEqual(new Set(['success']));
    expect(world.registrar.logins).toBe(2);
  });

  test('a refused login is tried once', async () => {
    const world = await openWorld({ credentials: [{ apiKey: 'another' }] });
    expect(await stampede(fifty(world))).toEqual(new Set(['CredentialsRejectedError']));
    expect(world.registrar.logins).toBe(1);
    world.clock.nowMs += 31_000;
    expect(await stampede([world.environment()])).toEqual(new Set(['CredentialsRejectedError']));
    expect(world.registrar.logins).toBe(2);
  });

  test('a refused login is tried once, also by explicit logins', async () => {
    const world = await openWorld({ credentials: [{ apiKey: 'another' }] });
    const explicit = () => kindOf(world.environment().login(farAway()));
    expect(await explicit()).toBe('CredentialsRejectedError');
    expect(await explicit()).toBe('CredentialsRejectedError');
    expect(await stampede([world.environment()])).toEqual(new Set(['CredentialsRejectedError']));
    expect(world.registrar.logins).toBe(1);
  });

  test('what an old key was refused does not hold for the new one', async () => {
    const world = await openWorld({ credentials: [{ apiKey: 'new' }] });
    const old = world.environment();
    expect(await stampede([old])).toEqual(new Set(['CredentialsRejectedError']));
    world.secret.stored = { apiKey: 'new' };
    world.secret.version = 2;
    await send(world.environment());
    await send(old);
    world.registrar.dropSessions();
    expect(await stampede([old, world.environment()])).toEqual(new Set(['success']));
  });

  test('other credentials have a session of their own', async () => {
    const world = await openWorld();
    await stampede([
      world.environment({ secretId: 'one' }),
      world.environment({ secretId: 'other' }),
    ]);
    expect(world.registrar.logins).toBe(2);
  });
});

describe('the shared session', () => {
  test('lives on for all while one of them uses it', async () => {
    const world = await openWorld();
    const busy = world.environment();
    for (let i = 0; i < 5; i++) {
      await send(busy);
      world.clock.nowMs += 0.6 * HOUR_MS;
    }
    await send(world.environment());
    expect(world.registrar.logins).toBe(1);
  });

  test('is ended for all by a logout, also of one that never used it', async () => {
    const world = await openWorld();
    const one = world.environment();
    await send(one);
    await world.environment().logout(farAway());
    expect(world.registrar.requests.at(-1)?.name).toBe('logout');
    await send(one);
    await send(world.environment());
    expect(world.registrar.logins).toBe(2);
  });

  test('is ended by a logout after a long life, and when it may have run out', async () => {
    const world = await openWorld();
    const busy = world.environment();
    await send(busy);
    world.clock.nowMs += 0.09 * HOUR_MS;
    await send(busy);
    world.clock.nowMs += 0.95 * HOUR_MS;
    await world.environment().logout(farAway());
    expect(world.registrar.requests.at(-1)?.name).toBe('logout');
    world.clock.nowMs += 2 * HOUR_MS;
    await world.environment().logout(farAway());
    expect(world.registrar.logins).toBe(1);
  });

  test('is not said to be ended when the table cannot tell', async () => {
    const world = await openWorld();
    await send(world.environment());
    world.dynamoDb.fail('throttled');
    const logout = () => kindOf(world.environment().logout(farAway()));
    expect(await logout()).toBe('AwsUnavailableError');
    world.dynamoDb.fail(undefined);
    expect(await logout()).toBe('success');
    expect(world.registrar.requests.at(-1)?.name).toBe('logout');
  });

  test('is replaced for all by an explicit login', async () => {
    const world = await openWorld();
    await send(world.environment());
    await world.environment().login(farAway());
    expect(world.registrar.logins).toBe(2);
    const sid = world.registrar.requests.at(-1)?.params.get('auth-sid');
    await send(world.environment());
    expect(world.registrar.logins).toBe(2);
    expect(world.registrar.requests.at(-1)?.params.get('auth-sid')).not.toBe(sid);
  });

  test('of a key that has been replaced is not used any more', async () => {
    const world = await openWorld();
    await send(world.environment());
    world.secret.stored = { apiKey: 'new' };
    world.secret.version = 2;
    const one = world.environment();
    await stampede([one, world.environment()]);
    expect(world.registrar.logins).toBe(2);
    await send(one);
    expect(world.registrar.logins).toBe(2);
  });

  test('is of no use to who can read the table alone', async () => {
    const world = await openWorld();
    await send(world.environment());
    const sid = world.registrar.requests.at(-1)?.params.get('auth-sid') ?? '';
    const item = await world.readItem();
    expect(sid).not.toBe('');
    expect(item).toContain('sealed');
    expect(item).not.toContain(sid);
    expect(item).not.toContain(Buffer.from(sid).toString('base64').slice(0, 12));
    expect(item).not.toContain(API_KEY);
  });

  test.each<[string, AttributeValue]>([
    ['sealed', { S: '' }],
    ['sealed', { S: 'bm8gc2Vzc2lvbg==' }],
    ['sealed', { S: sealedBy({ apiKey: 'of-others' }, '{"authSid":"of-others"}') }],
    ['sealed', { S: sealedBy({ apiKey: API_KEY }, 'null') }],
    ['sealed', { S: sealedBy({ apiKey: API_KEY }, 'canary no JSON') }],
    ['sealed', { S: sealedBy({ apiKey: API_KEY }, '{"authSid":7}') }],
    ['refused', { S: sealedBy({ apiKey: 'of-others' }, '9e15') }],
    ['refused', { S: sealedBy({ apiKey: API_KEY }, '9e15') }],
    ['refused', { N: '7' }],
    ['expiresAtMs', { N: '9e15' }],
    ['expiresAtMs', { S: 'never' }],
    ['lockedUntilMs', { N: '9e15' }],
  ])('costs a login at most when somebody writes %s: %j', async (name, value) => {
    const world = await openWorld();
    const warm = world.environment();
    await send(warm);
    await world.plant(name, value);
    expect(await stampede([...fifty(world), warm])).toEqual(new Set(['success']));
    expect(world.registrar.logins).toBeLessThanOrEqual(2);
    world.clock.nowMs += 1;
    world.registrar.dropSessions();
    expect(await stampede([...fifty(world), warm])).toEqual(new Set(['success']));
    expect(world.registrar.logins).toBeLessThanOrEqual(3);
  });

  test('tells the account without a login', async () => {
    const world = await openWorld();
    await send(world.environment());
    expect(await world.environment().account(farAway())).toBe('1000001');
    expect(world.registrar.logins).toBe(1);
  });
});

describe('the table', () => {
  test.each(['throttled', 'refused', 'broken', 'hanging'] as const)(
    'costs logins when it is %s, and never a call',
    async (fault) => {
      const world = await openWorld();
      world.dynamoDb.fail(fault);
      const environments = [1, 2, 3].map(() => world.environment({ patienceMs: 200 }));
      expect(await stampede(environments, 5)).toEqual(new Set(['success']));
      expect(world.registrar.logins).toBe(3);
    },
  );

  test('that cannot be used is logged under the request that has met it', async () => {
    const world = await openWorld();
    world.dynamoDb.fail('refused');
    const session = world.environment();
    await inRequest('request-1', () => send(session));
    expect(log.entries()).toMatchObject([
      { level: 'WARN', message: 'sessions are not shared', requestId: 'request-1' },
    ]);
  });

  test.each(['before', 'after'] as const)(
    'may break at any call, %s it is carried out',
    async (crash) => {
      for (let call = 1; call <= 4; call++) {
        const world = await openWorld();
        let count = 0;
        world.dynamoDb.intercept(() => (++count === call ? crash : undefined));
        const one = world.environment();
        expect(await stampede([one])).toEqual(new Set(['success']));
        world.registrar.dropSessions();
        expect(await stampede([one, world.environment()])).toEqual(new Set(['success']));
      }
    },
  );

  test('is left alone for a while after it has failed', async () => {
    const world = await openWorld();
    world.dynamoDb.fail('hanging');
    const one = world.environment({ patienceMs: 200 });
    await send(one);
    const calls = world.dynamoDb.calls.get('GetItem');
    world.registrar.dropSessions();
    await send(one);
    expect(world.dynamoDb.calls.get('GetItem')).toBe(calls);
  });

  test('gives one other the right to log in when an environment has died over it', async () => {
    const world = await openWorld();
    world.registrar.faults.arm({ kind: 'hang', request: 'login', times: 1 });
    const deadline = deadlineAtWill();
    const dead = kindOf(send(world.environment(), deadline));
    await untilRequested(world, 'login');
    const living = stampede(fifty(world));
    // The dead one's right to log in ends by the clock.
    world.clock.nowMs += 11_000;
    expect(await living).toEqual(new Set(['success']));
    expect(world.registrar.logins).toBe(2);
    deadline.pass();
    expect(await dead).toBe('timeout');
  });

  test('does not keep an answer that has come', async () => {
    const world = await openWorld();
    const one = world.environment();
    await send(one);
    world.clock.nowMs += 0.5 * HOUR_MS;
    world.dynamoDb.fail('hanging');
    // A part of what is said to be left is all that the table gets.
    expect(await kindOf(send(one, deadlineAtWill(2000)))).toBe('success');
    expect(world.dynamoDb.calls.get('UpdateItem')).toBe(3);
  });
});

function sealedBy(credentials: Credentials, text: string): string {
  return sealOf({ credentials, version: '1' }).seal(text);
}

const untilRequested = ({ registrar }: World, name: string) =>
  until(() => registrar.requests.some((request) => request.name === name));
