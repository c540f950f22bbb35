import { describe, expect, test } from '@jest/globals';
import {
  SIMULATED_API_KEY,
  SIMULATED_PASSWORD,
  SIMULATED_USERNAME,
} from '../../../../infra/local/registrar/credentials.ts';
import { exchange } from './exchange.ts';
import { headerOf, openRegistrar, rowsOf } from './open-registrar.ts';

/** What programs of others do that run against the live service, and what they count on. */

const HEADERS = [
  'Columns',
  'Error',
  'Proc-ID',
  'Result',
  'Row-Count',
  'Separator',
  'Status-Code',
  'Status-Text',
  'Tracking-Id',
  'Version',
];

test('every request answers in the recorded casing, with a blank line and without CR', async () => {
  const { ask, send, login } = await openRegistrar();
  const names = (await ask('query-request-list')).body?.split('\n') ?? [];
  expect(names.length).toBeGreaterThan(50);
  for (const name of names.filter((one) => one !== 'login')) {
    const domain = { domain: 'example.com', email: 'office@example.org', key: 'x', answer: 'no' };
    const reply = await send(name, { ...domain, 'auth-sid': await login() });
    expect([name, reply.status, reply.body === null]).toEqual([name, 200, false]);
    for (const line of reply.headers) expect(HEADERS).toContain(line.split(': ')[0]);
    expect(reply.bytes.includes(13)).toBe(false);
  }
});

test('0 is the code of success, 1000 that of the newer requests', async () => {
  const { ask } = await openRegistrar();
  const codeOf = async (name: string, params: Record<string, string> = {}) =>
    headerOf(await ask(name, params), 'Status-Code');
  expect(await codeOf('query-domain-list')).toBe('0');
  expect(await codeOf('domain-lock', { domain: 'example.com' })).toBe('0');
  expect(await codeOf('wa-email-list')).toBe('0');
  expect(await codeOf('domain-check', { domain: 'free.example' })).toBe('1000');
  expect(await codeOf('query-price-list')).toBe('1000');
});

describe('the registrar’s own panel', () => {
  test('asks for what it may send, with the address of its user beside everything', async () => {
    const { send } = await openRegistrar();
    const client = { 'client-ip': '192.0.2.1' };
    const credentials = { username: SIMULATED_USERNAME, password: SIMULATED_PASSWORD };
    const login = await send('login', { ...credentials, ...client, prefixes: '1' });
    expect(login.body).toMatch(/^ac\tCAC\n/);
    const session = { ...client, 'Auth-SID': headerOf(login, 'Auth-Sid') ?? '' };
    const uid = headerOf(login, 'UID') ?? '';
    expect((await send('query-request-list', session)).body?.split('\n')).toContain('dns-zone-put');
    const properties = await send('user-get-property', { ...session, uid, pname: '*', ptype: '*' });
    expect(properties.body).toMatch(/^user\.property\.autorenew: 0\n/);
    const count = await send('result-list', { ...session, showpending: '1', 'count-only': '1' });
    expect(headerOf(count, 'Row-Count')).toBe('0');
  });
});

describe('a shop’s module', () => {
  test('finds what it has just asked for by the word pending, and waits for it', async () => {
    const { ask, pass } = await openRegistrar();
    const reply = await ask('domain-transfer-get-auth-id', { domain: 'example.com' });
    const filter = { rtype: 'domain-transfer-get-auth-id', objid: 'example.com', limit: '1' };
    const row = async () =>
      rowsOf(await ask('result-list', { ...filter, showall: '1', pending: '1' }))[0];
    expect((await row())?.slice(2, 6)).toEqual([
      headerOf(reply, 'Proc-ID'),
      'domain-transfer-get-auth-id',
      'example.com',
      'pending',
    ]);
    const retrieve = async () =>
      (await ask('result-retrieve', { 'proc-id': headerOf(reply, 'Proc-ID') ?? '' })).body;
    expect(await retrieve()).toBe('Completion-Status: ?\n');
    pass(3000);
    expect((await row())?.[5]).toBe('ack');
    expect(await retrieve()).toMatch(/^The Authorization ID is: "[^"]+"$/m);
  });

  test('makes a contact at once and registers by the owner alone', async () => {
    const { registrar, ask, order, login } = await openRegistrar();
    const contact = {
      ...{ tld: 'com', fname: 'Jo', lname: 'Example', email: 'jo@example.org', fax: '' },
      ...{ 'address-1': 'x', city: 'x', 'postal-code': '1', country: 'de', phone: '+49.1' },
    };
    const made = await exchange(`${registrar.url}/v2/contact/create`, {
      params: { ...contact, 'auth-sid': await login() },
    });
    const owner = /^handle: (.+)\n$/.exec(made.body ?? '')?.[1] ?? '';
    const wanted = { domain: 'shop.example', period: '12', 'owner-c': owner };
    const servers = { 'ns-list': 'ns1.example.net:ns2.example.net', language: '', privacy: '' };
    expect((await order('domain-register', { ...wanted, ...servers })).status).toBe('ack');
    const whois = await ask('query-whois', { domain: wanted.domain, internal: '1' });
    expect(whois.body).toContain('\ndomain.name: Jo Example\n');
    expect(whois.body?.match(/nservers\.nserver\.handle/g)).toHaveLength(2);
  });
});

test('a key manager of 2012 sends all by GET and reads the state of its order', async () => {
  const { send, pass } = await openRegistrar();
  const get = (name: string, params: Record<string, string>) =>
    send(name, params, { method: 'GET' });
  const credentials = { username: SIMULATED_USERNAME, password: SIMULATED_PASSWORD };
  const session = { 'auth-sid': headerOf(await get('login', credentials), 'Auth-Sid') ?? '' };
  const ds = { dnssec: '1', 'ds-1': `12345:13:2:${'ab'.repeat(32)}` };
  const reply = await get('domain-modify', { domain: 'example.com', ...ds, ...session });
  const ids = { SvTrID: headerOf(reply, 'Tracking-Id') ?? '', ...session };
  pass(3000);
  const lines = (await get('result-retrieve', ids)).text.split('\n');
  expect(lines).toContain('request_state: SUCCESS');
  expect(lines).toContain(`order number: ${headerOf(reply, 'Proc-ID')}`);
  expect(headerOf(await get('result-delete', ids), 'Status-Code')).toBe('0');
});

describe.each(['verbatim', 'padded', 'growing'] as const)('with the TXT form %s', (txtForm) => {
  /** Undoes the two blanks as those programs do that rewrite zones as text. */
  const trimmed = (zone: string) => zone.replace(/( TXT \S+) {2}"(.*) "/g, '$1 "$2"');

  test('an ACME client adds its challenge with blank lines between, and cleans up', async () => {
    const { ask } = await openRegistrar({ dialect: { txtForm } });
    const domain = 'example.com';
    const read = async () => (await ask('dns-zone-get', { domain })).body ?? '';
    const write = (lines: readonly string[]) =>
      ask('dns-zone-put', { domain, zone: lines.join('\n\n') });
    const before = await read();
    const lines = trimmed(before).trimEnd().split('\n');
    await write([...lines, '_acme-challenge TXT 0 "a-b_c" 120']);
    const after = await read();
    expect(trimmed(after)).toContain('\n_acme-challenge TXT 0 "a-b_c" 120\n');
    await write(trimmed(after).trimEnd().split('\n').slice(0, -1));
    expect(await read()).toBe(before);
  });
});

test('a synchroniser writes records without settings and finds them as it wrote them', async () => {
  const { ask } = await openRegistrar();
  const records = ['@ MX 10 mail.example.net. 3600 0 0', 'x TXT 0 "v=kit one two" 3600 0 0'];
  await ask('dns-zone-put', { domain: 'example.net', zone: records.join('\n') });
  expect((await ask('dns-zone-get', { domain: 'example.net' })).body).toBe(
    '$dnssec=no\n$dyndns=no::\n@ MX 10 mail.example.net. 3600\nx TXT 0 "v=kit one two" 3600\n',
  );
});

test('a wrong key is found in the first line of the body', async () => {
  const { send } = await openRegistrar();
  const reply = await send('login', { 'api-key': `${SIMULATED_API_KEY}x` });
  expect(reply.body?.split('\n')[0]).toBe('API key is invalid');
});
