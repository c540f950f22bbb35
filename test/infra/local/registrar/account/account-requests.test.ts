import { expect, test } from '@jest/globals';
import { headerOf, openRegistrar } from '../open-registrar.ts';

const uid = '1000001';

test('properties of the account are read by patterns, and set', async () => {
  const { ask } = await openRegistrar();
  const get = async (params: Record<string, string> = {}) =>
    (await ask('user-get-property', { pname: '*', ptype: '*', uid, ...params })).body;
  expect(await get()).toBe('user.property.autorenew: 0\nuser.feature.dmapi: 1\n');
  await ask('user-set-property', { pname: 'autorenew', pvalue: '1', uid });
  expect(await get({ ptype: 'property' })).toBe('user.property.autorenew: 1\n');
  expect(await get({ pname: 'dm*' })).toBe('user.feature.dmapi: 1\n');
  for (const name of ['user-get-property', 'user-set-property']) {
    const other = await ask(name, { pname: 'x', ptype: '*', pvalue: '1', uid: '7' });
    expect(headerOf(other, 'Status-Code')).toBe('2303');
  }
});

test('the version is told without a session', async () => {
  const { send } = await openRegistrar();
  const reply = await send('version');
  expect(headerOf(reply, 'Status-Code')).toBe('0');
  expect(reply.body).toBe('Version: 1.2.53\n');
  expect(reply.httpHeaders.some((line) => line.startsWith('Set-Cookie'))).toBe(false);
});

test('the account can be looked at without its codes, keys and passwords', async () => {
  const { registrar, order } = await openRegistrar({ randomSeed: 7 });
  const { text = '' } = await order('domain-transfer-get-auth-id', { domain: 'example.org' });
  const view = JSON.stringify(registrar.account);
  const secrets = [
    /"(.+)"/.exec(text)?.[1] ?? text,
    ...Object.values(registrar.keys.emails),
    ...Object.values(registrar.keys.registrantChanges),
  ];
  expect(secrets).toHaveLength(4);
  for (const secret of secrets) expect(view).not.toContain(secret);
  expect(registrar.account).toMatchObject({
    balance: '100.0',
    pendingAmount: '0.0',
    transfers: [{ domain: 'arriving.example', state: 'FOA_BEEN_SENT' }],
    redeemable: [],
    hosts: [
      { host: 'ns1.example.com', ipv4: '192.0.2.53', ipv6: null },
      { host: 'ns1.example.org' },
      { host: 'ns2.example.org' },
    ],
  });
});

test('the first account is the same for the same clock and seed', async () => {
  const [one, other] = [await openRegistrar(), await openRegistrar()];
  expect(one.registrar.account).toEqual(other.registrar.account);
  expect(one.registrar.keys).toEqual(other.registrar.keys);
});
