import { afterEach, describe, expect, test } from '@jest/globals';
import {
  type RegistrarOptions,
  type SimulatedRegistrar,
  startRegistrar,
} from '../../../infra/local/registrar/registrar.ts';
import { createClient } from '../../../shared/dmapi/client.ts';
import { deadlineIn } from '../../../shared/dmapi/deadline.ts';
import { readEndpoint } from '../../../shared/dmapi/endpoint.ts';
import { CredentialsRejectedError } from '../../../shared/failure.ts';
import type { StoredCredentials } from '../../../shared/session/credentials.ts';
import { createLogin } from '../../../shared/session/login.ts';
import type { Credentials } from '../../../shared/session/parse-credentials.ts';
import { createSession, type SessionRequest } from '../../../shared/session/session.ts';
import type { OpenSession, SessionSource } from '../../../shared/session/session-source.ts';
import { ownSessions } from '../../own-sessions.ts';
import { stubRegistrar } from '../../stub-registrar.ts';
import { deadlineAtWill, farAway, until } from '../../time.ts';
import { openSession } from '../http/serving.ts';

const API_KEY = 'canary-api-key-0123456789';
const PROFILE: SessionRequest = { name: 'query-profile', access: 'read', params: {} };
const HOUR_MS = 3_600_000;

let opened: SimulatedRegistrar[] = [];

afterEach(async () => {
  await Promise.all(opened.map((registrar) => registrar.close()));
  opened = [];
});

/** A registrar, a session with it, one clock for both, and the secret as the operator may put it. */
async function openWorld(options: RegistrarOptions = {}) {
  const clock = { nowMs: 1_700_000_000_000 };
  const now = () => clock.nowMs;
  const registrar = await startRegistrar({ now, credentials: [{ apiKey: API_KEY }], ...options });
  opened.push(registrar);
  const secret = { stored: { apiKey: API_KEY } as Credentials, reads: 0, failsAgain: false };
  let known: StoredCredentials | undefined;
  const readAgain = async () => {
    secret.reads++;
    if (known && secret.failsAgain) throw new Error('The secret cannot be read.');
    known = { credentials: secret.stored, version: JSON.stringify(secret.stored) };
    return known;
  };
  const credentials = { read: async () => known ?? readAgain(), readAgain };
  const client = createClient(readEndpoint(registrar.url));
  const logIn = createLogin({ client, credentials, now });
  const source = { ...ownSessions(logIn) };
  const session = createSession({ client, source, now });
  const send = (request = PROFILE, deadline = farAway()) => session.send(request, deadline);
  return { clock, registrar, secret, source, session, send };
}

const untilSent = (registrar: SimulatedRegistrar, name: string) =>
  until(() => registrar.requests.some((request) => request.name === name));

const kindOf = (outcome: Promise<unknown>) =>
  outcome.then(
    () => 'success',
    (error) => error.kind ?? error.name,
  );

/** The next time, this session is found instead, as if others had left it. */
function onceInstead(open: SessionSource['open'], found: OpenSession): SessionSource['open'] {
  let left: OpenSession | undefined = found;
  return async (...asked) => {
    const given = left ?? (await open(...asked));
    left = undefined;
    return given;
  };
}

describe('one login for all', () => {
  test('fifty simultaneous calls without a session make one login', async () => {
    const { registrar, send } = await openWorld();
    await Promise.all(Array.from({ length: 50 }, () => send()));
    expect(registrar.logins).toBe(1);
    expect(registrar.requests).toHaveLength(51);
  });

  test('fifty simultaneous calls that find the session lost make one more', async () => {
    const { registrar, send } = await openWorld();
    await send();
    registrar.dropSessions();
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => kindOf(send())));
    expect(new Set(outcomes)).toEqual(new Set(['success']));
    expect(registrar.logins).toBe(2);
  });

  test('a user name and a password log in as well as an API key', async () => {
    const account = { username: 'reseller@example.com', password: 'canary-password' };
    const { registrar, secret, send } = await openWorld({ credentials: [account] });
    secret.stored = account;
    await send();
    expect(registrar.logins).toBe(1);
  });

  test('a caller with time left does not fail with the caller who led the login', async () => {
    const { registrar, send } = await openWorld();
    registrar.faults.arm({ kind: 'hang', request: 'login', times: 1 });
    const deadline = deadlineAtWill();
    const leader = kindOf(send(PROFILE, deadline));
    const joined = kindOf(send());
    await untilSent(registrar, 'login');
    deadline.pass();
    expect(await leader).toBe('timeout');
    expect(await joined).toBe('success');
    expect(registrar.logins).toBe(2);
  });
});

describe('the life of a session', () => {
  test('it is renewed a little before it would end', async () => {
    const { clock, registrar, send } = await openWorld();
    await send();
    clock.nowMs += HOUR_MS - 61_000;
    await send();
    expect(registrar.logins).toBe(1);
    clock.nowMs += HOUR_MS - 59_000;
    await send();
    expect(registrar.logins).toBe(2);
    expect(registrar.requests.filter(({ name }) => name === 'query-profile')).toHaveLength(3);
  });

  test('each good reply restarts its clock', async () => {
    const { clock, registrar, send } = await openWorld();
    for (let i = 0; i < 10; i++) {
      await send();
      clock.nowMs += HOUR_MS / 2;
    }
    expect(registrar.logins).toBe(1);
  });

  test('a reply that is not good does not', async () => {
    const { clock, registrar, send } = await openWorld();
    await send();
    clock.nowMs += HOUR_MS / 2;
    const unknown: SessionRequest = {
      ...PROFILE,
      name: 'result-retrieve',
      params: { svtrid: 'x' },
    };
    expect(await kindOf(send(unknown))).toBe('not-found');
    clock.nowMs += HOUR_MS / 2;
    await send();
    expect(registrar.logins).toBe(2);
  });

  test('a short Session-Timeout is obeyed', async () => {
    const { clock, registrar, send } = await openWorld({ sessionTimeoutSeconds: 100 });
    await send();
    clock.nowMs += 91_000;
    await send();
    expect(registrar.logins).toBe(2);
  });

  test('a login always is one, and its session replaces the one in use', async () => {
    const { registrar, session, send } = await openWorld();
    await send();
    await session.login(farAway());
    await send();
    expect(registrar.logins).toBe(2);
    const sids = registrar.requests.map(({ params }) => params.get('auth-sid'));
    expect(new Set(sids.filter((sid) => sid !== undefined)).size).toBe(2);
  });

  test('a login reply does not hold the session', async () => {
    const { registrar, session, send } = await openWorld();
    const reply = await session.login(farAway());
    await send();
    const sid = registrar.requests.at(-1)?.params.get('auth-sid');
    expect(sid).toMatch(/^[0-9a-f]{40}$/);
    expect(JSON.stringify([...reply.headers, reply.body])).not.toContain(sid);
  });

  test('logout ends it at the registrar and is nothing without one', async () => {
    const { registrar, session, send } = await openWorld();
    await session.logout(farAway());
    expect(registrar.requests).toHaveLength(0);
    await send();
    await session.logout(farAway());
    expect(registrar.requests.at(-1)?.name).toBe('logout');
    await send();
    expect(registrar.logins).toBe(2);
  });

  test('a logout that did not get through can be tried again', async () => {
    const { registrar, session, send } = await openWorld();
    await send();
    registrar.faults.arm({ kind: 'httpStatus', status: 503, request: 'logout', times: 3 });
    expect(await kindOf(session.logout(farAway()))).toBe('unavailable');
    await session.logout(farAway());
    await send();
    expect(registrar.requests.filter(({ name }) => name === 'logout')).toHaveLength(4);
    expect(registrar.logins).toBe(2);
  });

  test('a login that ends late does not replace a later one', async () => {
    const { registrar, session, send } = await openWorld();
    registrar.faults.arm({ kind: 'drip', request: 'login', times: 1, bytes: 200, intervalMs: 50 });
    const early = send();
    await untilSent(registrar, 'login');
    await session.login(farAway());
    await early;
    await send();
    const sids = registrar.requests
      .filter(({ name }) => name === 'query-profile')
      .map(({ params }) => params.get('auth-sid'));
    expect(registrar.logins).toBe(2);
    expect(sids[0]).not.toBe(sids[1]);
  });

  test('logging out of a session that ended already is no failure', async () => {
    const { registrar, session, send } = await openWorld();
    await send();
    registrar.dropSessions();
    await session.logout(farAway());
    expect(registrar.logins).toBe(1);
  });
});

describe('a refused session', () => {
  test('is replaced and the request sent once more, even if it changes something', async () => {
    const { registrar, send } = await openWorld();
    const { svTrId } = registrar.addResult({ status: 'ack' });
    await send();
    registrar.dropSessions();
    await send({ name: 'result-delete', access: 'modify', params: { svtrid: svTrId } });
    const names = registrar.requests.map(({ name }) => name);
    expect(names).toEqual(['login', 'query-profile', 'result-delete', 'login', 'result-delete']);
  });

  test('is replaced by a new one after one that others have left, which is refused as well', async () => {
    const { clock, registrar, session, source } = await openWorld();
    const found = await source.open(farAway());
    await session.send(PROFILE, farAway());
    registrar.dropSessions();
    clock.nowMs += 1;
    source.open = onceInstead(source.open, found);
    await session.send(PROFILE, farAway());
    expect(registrar.logins).toBe(3);
    registrar.faults.arm({ kind: 'sessionLost', request: 'query-profile' });
    clock.nowMs += 1;
    source.open = onceInstead(source.open, found);
    expect(await kindOf(session.send(PROFILE, farAway()))).toBe('refused');
    expect(registrar.logins).toBe(4);
  });

  test('is an error when the new one is refused as well', async () => {
    const { registrar, send } = await openWorld();
    registrar.faults.arm({ kind: 'sessionLost', request: 'query-profile' });
    expect(await kindOf(send())).toBe('refused');
    expect(registrar.requests.map(({ name }) => name)).toEqual([
      'login',
      'query-profile',
      'login',
      'query-profile',
    ]);
    registrar.faults.clear();
    await send();
    // Neither of the two is used any more.
    expect(registrar.requests.slice(4).map(({ name }) => name)).toEqual(['login', 'query-profile']);
  });
});

describe('a refused login', () => {
  test('has the secret read again once, and a rotated one is used', async () => {
    const { registrar, secret, send } = await openWorld({
      credentials: [{ apiKey: 'rotated-api-key-9876543210' }],
    });
    secret.stored = { apiKey: 'expired-api-key-9876543210' };
    const outcome = kindOf(send());
    secret.stored = { apiKey: 'rotated-api-key-9876543210' };
    expect(await outcome).toBe('success');
    expect(registrar.logins).toBe(2);
    expect(secret.reads).toBe(2);
  });

  test('is not tried again with the same credentials, and remembered for a while', async () => {
    const { clock, registrar, secret, send } = await openWorld();
    secret.stored = { apiKey: 'wrong-api-key-9876543210' };
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => kindOf(send())));
    expect(new Set(outcomes)).toEqual(new Set(['CredentialsRejectedError']));
    for (let i = 0; i < 20; i++) await kindOf(send());
    expect(registrar.logins).toBe(1);
    expect(secret.reads).toBe(2);
    clock.nowMs += 31_000;
    secret.stored = { apiKey: API_KEY };
    expect(await kindOf(send())).toBe('success');
  });

  test('is remembered also when the secret cannot be read again', async () => {
    const { registrar, secret, send } = await openWorld();
    secret.stored = { apiKey: 'wrong-api-key-9876543210' };
    secret.failsAgain = true;
    expect(await kindOf(send())).toBe('Error');
    for (let i = 0; i < 20; i++) expect(await kindOf(send())).toBe('CredentialsRejectedError');
    expect(registrar.logins).toBe(1);
  });

  test('counts for an explicit login too', async () => {
    const { registrar, secret, session } = await openWorld();
    secret.stored = { apiKey: 'wrong-api-key-9876543210' };
    for (let i = 0; i < 5; i++) {
      await expect(session.login(farAway())).rejects.toThrow(CredentialsRejectedError);
    }
    expect(registrar.logins).toBe(1);
  });

  test('tells neither the key nor what the registrar wrote', async () => {
    const { secret, send } = await openWorld();
    secret.stored = { apiKey: 'wrong-api-key-9876543210' };
    const error = await send().catch((reason) => reason);
    expect(error.message).not.toContain('wrong-api-key');
    expect(error.message).not.toContain('API key is invalid');
  });

  test('is no refusal when the registrar is only unavailable', async () => {
    const { registrar, send } = await openWorld();
    registrar.faults.arm({ kind: 'httpStatus', status: 503, request: 'login', times: 3 });
    expect(await kindOf(send())).toBe('unavailable');
    expect(await kindOf(send())).toBe('success');
  });
});

describe('what the key may do', () => {
  test.each([
    ['@read-only', 'modify'],
    ['@modify-only', 'cost'],
  ] as const)('a %s key is not permitted what needs %s', async (access, needed) => {
    const { registrar, send } = await openWorld({ credentials: [{ apiKey: API_KEY, access }] });
    const { svTrId } = registrar.addResult({ status: 'ack' });
    const request = needed === 'modify' ? 'result-delete' : 'domain-renew';
    const params = { svtrid: svTrId, domain: 'example.com', period: '12' };
    expect(await kindOf(send({ name: request, access: needed, params }))).toBe('not-permitted');
  });
});

describe('the account of a session', () => {
  const SID = 'Auth-Sid: 0123456789\n';
  const login = (lines: string) => ({ text: `Status-Code: 0\n${lines}${SID}\n` });

  test('is the UID of its login, which is made where there is none', async () => {
    const { registrar, session, send } = await openWorld();
    expect(await session.account(farAway())).toBe('1000001');
    await send();
    expect(await session.account(farAway())).toBe('1000001');
    expect(registrar.requests.map(({ name }) => name)).toEqual(['login', 'query-profile']);
  });

  test('is asked for together with all else by one login', async () => {
    const { registrar, session, send } = await openWorld();
    await Promise.all([send(), session.account(farAway()), send()]);
    expect(registrar.logins).toBe(1);
  });

  test('is that of the session in use, after a new login too', async () => {
    const { endpoint } = await stubRegistrar(
      login('UID: 1\n'),
      { text: 'Status-Code: 2200\n\n' },
      login('UID: 2\n'),
      { text: 'Status-Code: 0\n\n' },
    );
    const session = openSession(endpoint);
    expect(await session.account(farAway())).toBe('1');
    await session.send(PROFILE, farAway());
    expect(await session.account(farAway())).toBe('2');
  });

  test.each(['', 'UID: \n'])('is missing from a login that is not DMAPI: %j', async (line) => {
    const { endpoint } = await stubRegistrar(login(line));
    expect(await kindOf(openSession(endpoint).account(farAway()))).toBe('unreadable-reply');
  });

  test('fails as a login does', async () => {
    const { registrar, secret, session } = await openWorld();
    secret.stored = { apiKey: 'wrong-api-key-9876543210' };
    expect(await kindOf(session.account(farAway()))).toBe('CredentialsRejectedError');
    const other = await openWorld();
    other.registrar.faults.arm({ kind: 'hang', request: 'login' });
    expect(await kindOf(other.session.account(deadlineIn(50)))).toBe('timeout');
    expect(registrar.logins).toBe(1);
  });
});
