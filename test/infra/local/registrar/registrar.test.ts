import { Agent } from 'node:http';
import { expect, test } from '@jest/globals';
import { startRegistrar } from '../../../../infra/local/registrar/registrar.ts';
import { exchange } from './exchange.ts';
import { headerOf, NOON, openRegistrar, rowsOf } from './open-registrar.ts';

test('it listens on the loopback interface', async () => {
  const { registrar } = await openRegistrar();
  expect(registrar.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
});

test('a taken port is an error', async () => {
  const { registrar } = await openRegistrar();
  const port = Number(new URL(registrar.url).port);
  await expect(startRegistrar({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

test('requests are seen as they were sent', async () => {
  const { registrar, send, pass } = await openRegistrar();
  pass(5);
  await send('Login', { 'API-Key': 'K+ä' }, { headers: { cookie: 'a=b' } });
  const [seen] = registrar.requests;
  expect(seen).toMatchObject({ name: 'login', method: 'POST', atMs: NOON + 5 });
  expect(seen?.headers.cookie).toBe('a=b');
  expect([...(seen?.params ?? [])]).toEqual([['api-key', 'K+ä']]);
  expect(registrar.logins).toBe(1);
});

test('a planted result is given completed', async () => {
  const { registrar } = await openRegistrar();
  expect(registrar.addResult({ svTrId: 'aa', procId: '7', status: 'odd' })).toMatchObject({
    svTrId: 'aa',
    procId: '7',
    requestType: 'domain-renew',
    requestObject: 'example.com',
    clTrId: '-',
    atMs: NOON,
    status: 'odd',
    content: null,
    deleted: false,
  });
});

test('a planted request in progress waits to be settled', async () => {
  const { registrar, ask, pass } = await openRegistrar();
  const { svTrId } = registrar.addResult({ status: '?' });
  const timed = { status: '?', settleAfterMs: 1000, settlesTo: 'nack' } as const;
  registrar.addResult(timed);
  pass(1000);
  const statuses = async () =>
    rowsOf(await ask('result-list', { pending: '1' })).map((row) => row[5]);
  expect(await statuses()).toEqual(['nack', 'pending']);
  registrar.settle(svTrId, 'ack');
  expect(await statuses()).toEqual(['nack', 'ack']);
  const retrieved = await ask('result-retrieve', { svtrid: svTrId });
  expect(retrieved.body).toContain('Completion-Status: ack');
  expect(() => registrar.settle('ff', 'ack')).toThrow('No result has the SvTrId ff');
});

test('two registrars share nothing', async () => {
  const [first, second] = [await openRegistrar(), await openRegistrar({ randomSeed: 2 })];
  first.registrar.addResult();
  expect((await second.ask('result-list')).body).toBe('');
  const sid = await first.login();
  expect((await second.send('query-profile', { 'auth-sid': sid })).status).toBe(401);
});

test('on the real clock with a random seed it works as well', async () => {
  const registrar = await startRegistrar({ credentials: [{ apiKey: 'k' }] });
  const params = { 'api-key': 'k' };
  const reply = await exchange(`${registrar.url}/request/login`, { params });
  await registrar.close();
  expect(headerOf(reply, 'Auth-Sid')).toMatch(/^[0-9a-f]{40}$/);
});

test('closing ends hanging, dripping and idle connections, and may be repeated', async () => {
  const { registrar, send } = await openRegistrar();
  const agent = new Agent({ keepAlive: true });
  await send('version', {}, { agent });
  registrar.faults.arm({ kind: 'hang', request: 'login', times: 1 });
  registrar.faults.arm({ kind: 'drip', request: 'login', bytes: 1, intervalMs: 1000, times: 1 });
  const ended = Promise.allSettled([send('login'), send('login')]);
  while (registrar.logins < 2) await send('version');
  await Promise.all([registrar.close(), registrar.close()]);
  expect((await ended).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await expect(send('login')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  agent.destroy();
});
