import { expect, test } from '@jest/globals';
import { headerOf, openRegistrar } from '../open-registrar.ts';

const CREDENTIALS = ['@full', '@modify-only', '@read-only', '@something-new'].map((access) => ({
  apiKey: access,
  access,
}));

async function allowed(access: string): Promise<string[]> {
  const { send, login, registrar } = await openRegistrar({ credentials: CREDENTIALS });
  const { svTrId } = registrar.addResult();
  const sid = await login(access);
  const calls = {
    'query-profile': {},
    'result-delete': { svtrid: svTrId },
    'domain-lock': { domain: 'example.com' },
    'domain-renew': { domain: 'example.com', period: '12' },
  };
  const passed: string[] = [];
  for (const [name, params] of Object.entries(calls)) {
    const code = headerOf(await send(name, { 'auth-sid': sid, ...params }), 'Status-Code');
    if (code === '0') passed.push(name);
    else expect(code).toBe('2201');
  }
  return passed;
}

test('each right allows what it says', async () => {
  const all = ['query-profile', 'result-delete', 'domain-lock', 'domain-renew'];
  expect(await allowed('@full')).toEqual(all);
  expect(await allowed('@modify-only')).toEqual(all.slice(0, 3));
  expect(await allowed('@read-only')).toEqual(all.slice(0, 1));
  expect(await allowed('@something-new')).toEqual(all.slice(0, 1));
});

test('a refusal gives a reason, and nothing is queued', async () => {
  const { send, login } = await openRegistrar({ credentials: CREDENTIALS });
  const sid = await login('@read-only');
  const reply = await send('domain-lock', { 'auth-sid': sid, domain: 'example.com' });
  expect(reply.status).toBe(200);
  expect(headerOf(reply, 'Error')).toMatch(/access rights/);
  const list = await send('result-list', { 'auth-sid': sid, pending: '1' });
  expect(list.body).toBe('');
});
