import { Agent } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { SIMULATED_API_KEY } from '../../../../../infra/local/registrar/credentials.ts';
import { headerOf, NOON, openRegistrar } from '../open-registrar.ts';

const DATE = 'Mon, 17 Jun 2024 12:44:49 GMT';
const KEY = { 'api-key': SIMULATED_API_KEY };
const KEEP = { headers: { connection: 'keep-alive' } };

function namesOf(lines: readonly string[]) {
  return lines.map((line) => line.split(':')[0]);
}

function sorted(lines: readonly string[]) {
  return [...lines].sort();
}

describe('the HTTP headers', () => {
  test('of a login name neither a server nor a modification', async () => {
    const { send } = await openRegistrar();
    const reply = await send('login', KEY, KEEP);
    expect(reply.status).toBe(200);
    expect(sorted(reply.httpHeaders)).toEqual([
      'Connection: keep-alive',
      `Content-Length: ${reply.bytes.length}`,
      'Content-Type: text/plain; charset=utf-8',
      `Date: ${DATE}`,
      `Set-Cookie: dmapi-auth=${headerOf(reply, 'Auth-Sid')}; path=/`,
    ]);
  });

  test('of every other reply do', async () => {
    const { send, login } = await openRegistrar();
    const sid = await login();
    const reply = await send('query-profile', { 'auth-sid': sid }, KEEP);
    expect(sorted(reply.httpHeaders)).toEqual([
      'Connection: keep-alive',
      `Content-Length: ${reply.bytes.length}`,
      'Content-Type: text/plain; charset=utf-8',
      `Date: ${DATE}`,
      `Last-Modified: ${DATE}`,
      'Server: DMAPI/1.2.53',
      `Set-Cookie: dmapi-auth=${sid}; path=/`,
    ]);
  });

  test('set the cookie on every reply within a session, refusals too, and on no other', async () => {
    const { send, login } = await openRegistrar();
    const sid = await login();
    const cookie = `Set-Cookie: dmapi-auth=${sid}; path=/`;
    for (const name of ['result-list', 'result-retrieve', 'domain-renew', 'logout']) {
      const reply = await send(name, { 'auth-sid': sid });
      expect(reply.httpHeaders).toContain(cookie);
    }
    const outside = await send('result-list', { 'auth-sid': sid });
    expect(namesOf(outside.httpHeaders)).not.toContain('Set-Cookie');
  });

  test('keep the connection for the next request', async () => {
    const { send, ask } = await openRegistrar();
    await ask('query-profile');
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const sockets = new Set<unknown>();
    agent.on('free', (socket) => sockets.add(socket));
    for (let turn = 0; turn < 3; turn += 1) await send('login', KEY, { agent });
    agent.destroy();
    expect(sockets.size).toBe(1);
  });
});

describe('the header lines of DMAPI', () => {
  test('of a login stand in one order', async () => {
    const { send } = await openRegistrar();
    const replies = [await send('login', KEY), await send('login', KEY), await send('login', KEY)];
    for (const reply of replies) {
      expect(namesOf(reply.headers)).toEqual(namesOf(replies[0]?.headers ?? []));
    }
  });

  test('stand in many orders elsewhere', async () => {
    const { ask } = await openRegistrar();
    const orders = new Set<string>();
    for (let turn = 0; turn < 20; turn += 1) {
      const { headers } = await ask('query-profile');
      orders.add(namesOf(headers).join());
      expect(sorted(namesOf(headers) as string[])).toEqual([
        'Status-Code',
        'Status-Text',
        'Tracking-Id',
        'Version',
      ]);
    }
    expect(orders.size).toBeGreaterThan(3);
  });

  test('are the same again for the same random seed', async () => {
    const first = await openRegistrar({ randomSeed: 42 });
    const second = await openRegistrar({ randomSeed: 42 });
    const other = await openRegistrar({ randomSeed: 43 });
    const replies = await Promise.all([first, second, other].map(({ ask }) => ask('result-list')));
    expect(replies[0]?.text).toBe(replies[1]?.text);
    expect(await first.login()).not.toBe(await other.login());
  });

  test('carry a clock of 100 ns since 1601 in the Tracking-Id', async () => {
    const { ask, pass } = await openRegistrar();
    const clockOf = async () => {
      const id = headerOf(await ask('query-profile'), 'Tracking-Id') ?? '';
      expect(id).toMatch(/^[0-9a-f]{32}$/);
      return BigInt(`0x${id.slice(0, 16)}`);
    };
    const epochMs = (clock: bigint) => Number(clock / 10_000n) - 11_644_473_600_000;
    const before = await clockOf();
    expect(epochMs(before)).toBe(NOON);
    expect((await clockOf()) > before).toBe(true);
    pass(1500);
    expect(epochMs(await clockOf())).toBe(NOON + 1500);
  });

  test('are followed by a blank line without a body too', async () => {
    const { ask } = await openRegistrar();
    const empty = await ask('result-list');
    expect(sorted(empty.headers)).toEqual([
      'Row-Count: 0',
      'Status-Code: 0',
      'Status-Text: Command completed successfully',
      'Version: 1.2.53',
    ]);
    expect(empty.text.endsWith('\n\n')).toBe(true);
    expect(empty.body).toBe('');
    expect((await ask('logout')).body).toBe('');
  });

  test('hold no carriage return', async () => {
    const { registrar, send, ask } = await openRegistrar();
    registrar.addResult();
    registrar.addResult({ status: 'nack' });
    for (const reply of [await send('login', KEY), await ask('result-list')]) {
      expect(reply.bytes.includes(13)).toBe(false);
    }
  });
});

test('a whole reply, byte by byte off the socket', async () => {
  const { registrar, login } = await openRegistrar();
  const sid = await login();
  registrar.addResult({ svTrId: '01dac0b2f2c3a4005eed5eed5eed5eed', procId: '104000123' });
  const bytes = await new Promise<string>((resolve, reject) => {
    const socket = connect(Number(new URL(registrar.url).port), '127.0.0.1', () => {
      const target = `/request/result-list?auth-sid=${sid}`;
      socket.write(`GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    });
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.on('end', () => resolve(text)).on('error', reject);
  });
  const [head = '', rest = ''] = bytes.split('\r\n\r\n');
  expect(head.split('\r\n')[0]).toBe('HTTP/1.1 200 OK');
  expect(head).toContain(`\r\nContent-Length: ${rest.length}\r\n`);
  const row =
    '2024-06-17T12:44:49 01dac0b2f2c3a4005eed5eed5eed5eed 104000123 domain-renew example.com ack -';
  expect(rest.endsWith(`\n\n${row}`)).toBe(true);
});
