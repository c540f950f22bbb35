import { expect, test } from '@jest/globals';
import { exchange } from '../exchange.ts';
import { headerOf, openRegistrar } from '../open-registrar.ts';

const CREDENTIALS = ['@full', '@modify-only', '@read-only', '@something-new'].map((access) => ({
  apiKey: access,
  access,
}));

const READ = [
  'domain-check',
  'domain-get-property',
  'domain-transfer-control',
  'domaincheck',
  'dns-zone-get',
  'dns-zone-list',
  'grants-list',
  'inquire-tld',
  'login',
  'logout',
  'query-contact-list',
  'query-domain-list',
  'query-host-list',
  'query-ns-list',
  'query-object',
  'query-price-list',
  'query-profile',
  'query-request-list',
  'query-tld-list',
  'query-whois',
  'result-list',
  'result-retrieve',
  'user-get-property',
  'version',
  'wa-email-details',
  'wa-email-list',
  'wa-email-query-status',
];

const MODIFY = [
  'contact-create',
  'contact-delete',
  'contact-modify',
  'cor-verify',
  'dns-zone-put',
  'domain-delete',
  'domain-lock',
  'domain-modify',
  'domain-owner-change',
  'domain-set-property',
  'domain-transfer-get-auth-id',
  'domain-unlock',
  'grants-invite',
  'grants-revoke',
  'host-create',
  'host-delete',
  'host-modify',
  'ns-create',
  'ns-delete',
  'ns-modify',
  'result-delete',
  'user-set-property',
  'wa-email-validate',
  'wa-email-verify',
];

const COST = [
  'domain-privacy-order',
  'domain-redeem',
  'domain-register',
  'domain-renew',
  'domain-transfer-in',
  'domain-transfer-in-reseller',
];

const ALL = [...READ, ...MODIFY, ...COST].sort();

/** Every request without a parameter: who may send it is told that one is missing, or more. */
async function allowed(access: string): Promise<string[]> {
  const { send, login } = await openRegistrar({ credentials: CREDENTIALS });
  const passed: string[] = [];
  for (const name of ALL) {
    const params: Record<string, string> =
      name === 'logout' ? {} : { 'auth-sid': await login(access) };
    const reply = await send(name, params);
    if (headerOf(reply, 'Status-Code') === '2201') {
      expect(reply.status).toBe(200);
      expect(headerOf(reply, 'Error')).toMatch(/access rights/);
    } else passed.push(name);
  }
  return passed;
}

test('each right allows what the documents say', async () => {
  expect(await allowed('@full')).toEqual(ALL);
  expect(await allowed('@modify-only')).toEqual([...READ, ...MODIFY].sort());
  expect(await allowed('@read-only')).toEqual([...READ].sort());
  expect(await allowed('@something-new')).toEqual([...READ].sort());
});

test('query-request-list lists just those', async () => {
  const { send, login } = await openRegistrar({ credentials: CREDENTIALS });
  const listed = async (access: string) => {
    const reply = await send('query-request-list', { 'auth-sid': await login(access) });
    return reply.body?.split('\n');
  };
  expect(await listed('@full')).toEqual(ALL);
  expect(await listed('@modify-only')).toEqual([...READ, ...MODIFY].sort());
  expect(await listed('@read-only')).toEqual([...READ].sort());
});

test('of domain-transfer-control a read-only key may use what only reads', async () => {
  const { send, login } = await openRegistrar({ credentials: CREDENTIALS });
  const sid = await login('@read-only');
  const codeOf = async (action: string) => {
    const params = { 'auth-sid': sid, action, domain: 'arriving.example' };
    return headerOf(await send('domain-transfer-control', params), 'Status-Code');
  };
  expect(await Promise.all(['list', 'show', 'resend-foa', 'cancel'].map(codeOf))).toEqual([
    '0',
    '0',
    '2201',
    '2201',
  ]);
});

test('a refused request is not queued', async () => {
  const { send, login } = await openRegistrar({ credentials: CREDENTIALS });
  const sid = await login('@read-only');
  await send('domain-lock', { 'auth-sid': sid, domain: 'example.com' });
  const list = await send('result-list', { 'auth-sid': sid, pending: '1' });
  expect(list.body).toBe('');
});

test('the requests outside /request/ ask for rights as well', async () => {
  const { registrar, login } = await openRegistrar({ credentials: CREDENTIALS });
  const params = { 'auth-sid': await login('@read-only') };
  const create = await exchange(`${registrar.url}/v2/contact/create`, { params });
  expect(headerOf(create, 'Status-Code')).toBe('2201');
  const prices = await exchange(`${registrar.url}/v2/query-price-list`, { params });
  expect(headerOf(prices, 'Status-Code')).toBe('1000');
});
