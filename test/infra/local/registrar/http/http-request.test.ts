import { connect } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { SIMULATED_API_KEY } from '../../../../../infra/local/registrar/credentials.ts';
import { exchange } from '../exchange.ts';
import { headerOf, openRegistrar } from '../open-registrar.ts';

const KEY = { 'api-key': SIMULATED_API_KEY };

describe('a request', () => {
  test('is taken by GET and by POST, its names in any case', async () => {
    const { send, registrar } = await openRegistrar();
    const get = await send('LOGIN', { 'API-Key': SIMULATED_API_KEY }, { method: 'GET' });
    const sid = headerOf(get, 'Auth-Sid') ?? '';
    const post = await send('Result-List', { 'Auth-SID': sid });
    expect(headerOf(post, 'Status-Code')).toBe('0');
    expect(registrar.requests.map(({ name, method }) => [name, method])).toEqual([
      ['login', 'GET'],
      ['result-list', 'POST'],
    ]);
  });

  test('reads a blank written as + or as %20', async () => {
    const { registrar } = await openRegistrar();
    for (const query of ['a=x+y', 'a=x%20y', 'a=x%20y&A=second']) {
      await exchange(`${registrar.url}/request/login?${query}`, { method: 'GET' });
    }
    expect(registrar.requests.map(({ params }) => params.get('a'))).toEqual(Array(3).fill('x y'));
  });

  test('by POST counts by its form alone', async () => {
    const { registrar } = await openRegistrar();
    const query = new URLSearchParams(KEY).toString();
    const inTarget = await exchange(`${registrar.url}/request/login?${query}`);
    const noForm = await exchange(`${registrar.url}/request/login`, {
      params: KEY,
      headers: { 'content-type': 'text/plain' },
    });
    expect(headerOf(inTarget, 'Status-Code')).toBe('2003');
    expect(headerOf(noForm, 'Status-Code')).toBe('2003');
  });

  test('with too long a query string is turned away with 414, by POST it is not', async () => {
    const { send, login } = await openRegistrar();
    const params = { 'auth-sid': await login(), cltrid: 'x'.repeat(9000) };
    const long = await send('result-list', params, { method: 'GET' });
    expect(long.status).toBe(414);
    const longer = { ...params, cltrid: 'x'.repeat(300_000) };
    expect((await send('result-list', longer, { method: 'GET' })).status).toBe(414);
    expect((await send('result-list', params)).status).toBe(200);
  });

  test('to another path, by another method or with a huge form meets the web server', async () => {
    const { registrar, send } = await openRegistrar();
    expect((await exchange(`${registrar.url}/`, { method: 'GET' })).status).toBe(404);
    expect((await exchange(`${registrar.url}//x`, { method: 'GET' })).status).toBe(404);
    expect((await send('login', KEY, { method: 'DELETE' })).status).toBe(405);
    expect((await send('login', { ...KEY, zone: 'x'.repeat(9_000_000) })).status).toBe(413);
    expect(registrar.requests).toEqual([]);
  });

  test('nobody knows is refused with 2000, before any session', async () => {
    const { send } = await openRegistrar();
    const reply = await send('domain-teleport');
    expect(reply.status).toBe(200);
    expect(headerOf(reply, 'Status-Code')).toBe('2000');
    expect(headerOf(reply, 'Error')).toBe('There is no such request');
  });

  test('broken off while it is sent is forgotten', async () => {
    const { registrar, ask } = await openRegistrar();
    await new Promise((resolve) => {
      const socket = connect(Number(new URL(registrar.url).port), '127.0.0.1', () => {
        socket.write('POST /request/login HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\napi');
        socket.end();
      });
      socket.on('error', () => undefined).on('close', resolve);
      socket.resume();
    });
    expect(headerOf(await ask('query-profile'), 'Status-Code')).toBe('0');
    expect(registrar.requests).toHaveLength(2);
  });
});
