import { expect, test } from '@jest/globals';
import {
  SIMULATED_API_KEY,
  SIMULATED_PASSWORD,
  SIMULATED_USERNAME,
} from '../../../../../infra/local/registrar/credentials.ts';
import { headerOf, MINUTE_MS, openRegistrar } from '../open-registrar.ts';

const KEY = { 'api-key': SIMULATED_API_KEY };

const LOGIN = `Status-Code: 0
Status-Text: OK
SvTrId: <tracking>
Tracking-Id: <tracking>
Timing: <timing>
Version: 1.2
UID: 1000001
User-Login: simulated-reseller
Auth-Sid: <sid>
Session-Timeout: 3600
User-Access: @full
Account-currency: EUR
Account-balance: 100.0
Account-pending_amount: 0.0
Account-rebate: 0.2
Account-contract_date: 2020-01-01
Stats-number-of-domains: 6
Stats-last-login: 2024-06-17 12:44:49 +0000
Stats-last-ip: 127.0.0.1
Stats-last-error:${' '}
Stats-last-error-ip:${' '}
Stats-number-of-autorenew: 1
`;

function mask(text: string) {
  return text
    .replace(/^(Auth-Sid: )[0-9a-f]{40}$/m, '$1<sid>')
    .replace(/^((?:SvTrId|Tracking-Id): )[0-9a-f]{32}$/gm, '$1<tracking>')
    .replace(/^(Timing: )0\.\d{6}\/0\.\d{6} \d{2}\.\d{3}%$/m, '$1<timing>');
}

test('a login answers with the session, the account and the TLDs', async () => {
  const { send } = await openRegistrar();
  const reply = await send('login', KEY);
  expect(mask(`${reply.headers.join('\n')}\n`)).toBe(LOGIN);
  expect(headerOf(reply, 'SvTrId')).toBe(headerOf(reply, 'Tracking-Id'));
  expect(reply.body?.endsWith('\n')).toBe(true);
  const tlds = reply.body?.trimEnd().split('\n') ?? [];
  expect(tlds.length).toBeGreaterThanOrEqual(20);
  expect(tlds).toEqual([...tlds].sort());
  expect(tlds.filter((tld) => tld.startsWith('xn--')).length).toBeGreaterThan(1);
});

test('every login opens another session and tells of the last one', async () => {
  const { send, pass, registrar } = await openRegistrar();
  const first = await send('login', KEY);
  pass(5 * MINUTE_MS);
  const second = await send('login', KEY);
  pass(5 * MINUTE_MS);
  const third = await send('login', KEY);
  expect(headerOf(first, 'Auth-Sid')).not.toBe(headerOf(second, 'Auth-Sid'));
  expect(headerOf(third, 'Stats-last-login')).toBe('2024-06-17 12:49:49 +0000');
  expect(registrar.logins).toBe(3);
});

test('a wrong API key is told in the body, without an Error', async () => {
  const { send, registrar } = await openRegistrar();
  const reply = await send('login', { 'api-key': 'no such key' });
  expect(reply.status).toBe(200);
  expect(mask(reply.headers.join('\n'))).toBe(
    'Status-Code: 2200\nStatus-Text: Authentication error\nSvTrId: <tracking>\n' +
      'Tracking-Id: <tracking>\nTiming: <timing>\nVersion: 1.2',
  );
  expect(reply.body?.split('\n')[0]).toBe('API key is invalid');
  expect(reply.httpHeaders.some((line) => line.startsWith('Set-Cookie'))).toBe(false);
  expect(registrar.logins).toBe(1);
});

test('name and password open a session with their own right', async () => {
  const { send } = await openRegistrar({
    credentials: [
      { apiKey: 'key-a', access: '@modify-only' },
      { username: 'someone', password: 'a word', access: '@read-only' },
    ],
  });
  const access = async (params: Record<string, string>) =>
    headerOf(await send('login', params), 'User-Access');
  expect(await access({ username: 'someone', password: 'a word' })).toBe('@read-only');
  expect(await access({ 'api-key': 'key-a' })).toBe('@modify-only');
  expect(await access(KEY)).toBeUndefined();
  expect(await access({ 'api-key': 'wrong', username: 'someone', password: 'a word' })).toBe(
    undefined,
  );
});

test('a wrong password is refused with 2200', async () => {
  const { send } = await openRegistrar({ credentials: [{ username: 'someone', password: 'a' }] });
  const reply = await send('login', { username: 'someone', password: 'b' });
  expect(reply.status).toBe(200);
  expect(headerOf(reply, 'Status-Code')).toBe('2200');
  expect(headerOf(reply, 'Error')).toBe('User name or password is wrong');
});

test('a login without credentials lacks a parameter', async () => {
  const { send } = await openRegistrar();
  for (const params of [{}, { 'api-key': '' }, { username: 'someone' }, { password: 'b' }]) {
    expect(headerOf(await send('login', params), 'Status-Code')).toBe('2003');
  }
});

test('a name and a password open the simulator as well as its key', async () => {
  const { send } = await openRegistrar();
  const params = { username: SIMULATED_USERNAME, password: SIMULATED_PASSWORD };
  expect(headerOf(await send('login', params), 'User-Access')).toBe('@full');
});

test('a malformed name is refused in the words that were seen live', async () => {
  const { send } = await openRegistrar();
  const reply = await send('login', { username: 'a b', password: 'x' });
  expect(headerOf(reply, 'Status-Code')).toBe('2400');
  expect(headerOf(reply, 'Status-Text')).toBe('Command failed');
  expect(headerOf(reply, 'Error')).toBe('Parameter username: expected: valid username');
});

test('with prefixes=1 every TLD has the beginning of its handles beside it', async () => {
  const { send } = await openRegistrar();
  const { body } = await send('login', { ...KEY, prefixes: '1' });
  expect(body).toContain('\nco.uk\tCCOUK\ncom\tCCOM\n');
});
