import { expect, test } from '@jest/globals';
import { headerOf, openRegistrar } from '../open-registrar.ts';

test('a session ends by inactivity, and every authorised request restarts its clock', async () => {
  const { send, login, pass } = await openRegistrar({ sessionTimeoutSeconds: 60 });
  const sid = await login();
  for (let turn = 0; turn < 3; turn += 1) {
    pass(59_999);
    expect((await send('query-profile', { 'auth-sid': sid })).status).toBe(200);
  }
  pass(60_000);
  expect((await send('query-profile', { 'auth-sid': sid })).status).toBe(401);
  expect((await send('query-profile', { 'auth-sid': sid })).status).toBe(401);
});

test('the login tells the seconds', async () => {
  const { send } = await openRegistrar({
    sessionTimeoutSeconds: 60,
    credentials: [{ apiKey: 'k' }],
  });
  expect(headerOf(await send('login', { 'api-key': 'k' }), 'Session-Timeout')).toBe('60');
});

test('without a live session the answer is HTTP 401 with 2200', async () => {
  const { send } = await openRegistrar();
  for (const params of [{}, { 'auth-sid': 'f'.repeat(40) }, { 'auth-sid': '' }]) {
    const reply = await send('result-list', params);
    expect(reply.status).toBe(401);
    expect(headerOf(reply, 'Status-Code')).toBe('2200');
    expect(headerOf(reply, 'Error')).toBe('Session is invalid or has expired');
  }
});

test('the cookie alone authorises, the parameter wins over it', async () => {
  const { send, login } = await openRegistrar();
  const sid = await login();
  const cookie = { headers: { cookie: `a=b; dmapi-auth=${sid}; c=d` } };
  expect((await send('query-profile', {}, cookie)).status).toBe(200);
  expect((await send('query-profile', { 'auth-sid': 'f'.repeat(40) }, cookie)).status).toBe(401);
  const stale = { headers: { cookie: `dmapi-auth=${'f'.repeat(40)}` } };
  expect((await send('query-profile', { 'auth-sid': sid }, stale)).status).toBe(200);
});

test('logout ends its own session only', async () => {
  const { send, login } = await openRegistrar();
  const [mine, other] = [await login(), await login()];
  expect(headerOf(await send('logout', { 'auth-sid': mine }), 'Status-Code')).toBe('0');
  expect((await send('query-profile', { 'auth-sid': mine })).status).toBe(401);
  expect((await send('logout', { 'auth-sid': mine })).status).toBe(401);
  expect((await send('query-profile', { 'auth-sid': other })).status).toBe(200);
});

test('all sessions can be dropped at once', async () => {
  const { send, login, registrar } = await openRegistrar();
  const sids = [await login(), await login()];
  registrar.dropSessions();
  for (const sid of sids) {
    expect((await send('query-profile', { 'auth-sid': sid })).status).toBe(401);
  }
});
