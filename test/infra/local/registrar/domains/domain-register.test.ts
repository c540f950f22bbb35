import { expect, test } from '@jest/globals';
import { DAY_MS, headerOf, openRegistrar } from '../open-registrar.ts';

const REGISTER = { domain: 'new.example', period: '12', 'owner-c': 'ccom-1000007' };
const ALL = {
  ...REGISTER,
  domain: 'NEW.example',
  period: '24',
  'admin-c': 'CCOM-1000008',
  'tech-c': 'CCOM-1000008',
  'billing-c': 'CCOM-1000008',
  'ns-list': 'NS1.example.org:ns2.example.org',
  status: 'production',
  autorenew: '1',
  privacy: 'pro',
  cltrid: 'order-1',
};

test('a registered domain is the account’s, with what was ordered', async () => {
  const { registrar, order, ask } = await openRegistrar();
  expect(await order('domain-register', ALL)).toMatchObject({
    status: 'ack',
    object: 'new.example',
  });
  expect(registrar.account.domains.find(({ domain }) => domain === 'new.example')).toEqual({
    domain: 'new.example',
    expires: '2026-06-17',
    statuses: ['production', 'autorenew'],
    owner: 'Alex Example',
    contacts: { 'admin-c': 'CCOM-1000008', 'tech-c': 'CCOM-1000008', 'billing-c': 'CCOM-1000008' },
    nameServers: ['ns1.example.org', 'ns2.example.org'],
    dsRecords: [],
    privacy: 'pro',
  });
  // Two years at 9.90, privacy at 3.00.
  expect(registrar.account.balance).toBe('74.2');
  const zone = await ask('dns-zone-get', { domain: 'new.example' });
  expect(zone.body).toBe('$dnssec=no\n$dyndns=no::\n');
});

test('the owner stands for the contacts that are left out, Joker for the name servers', async () => {
  const { registrar, order } = await openRegistrar();
  await order('domain-register', REGISTER);
  expect(registrar.account.domains.find(({ domain }) => domain === 'new.example')).toMatchObject({
    contacts: { 'admin-c': 'CCOM-1000007', 'tech-c': 'CCOM-1000007', 'billing-c': 'CCOM-1000007' },
    nameServers: ['a.ns.joker.com', 'b.ns.joker.com', 'c.ns.joker.com'],
    statuses: ['production'],
  });
});

test('what is wrong from the start is refused at once', async () => {
  const { registrar, order } = await openRegistrar();
  const refusal = async (params: Record<string, string>) => {
    const { code, errors } = await order('domain-register', { ...REGISTER, ...params });
    return [code, errors[0]];
  };
  expect(await refusal({ domain: 'example.com' })).toEqual(['2302', 'Domain example.com exists']);
  expect(await refusal({ domain: 'new.museum' })).toEqual([
    '2400',
    'Parameter domain: expected: Domain with extension supported by Joker.com',
  ]);
  expect(await refusal({ domain: 'sub.new.example' })).toEqual([
    '2400',
    'Parameter domain: expected: Domain with extension supported by Joker.com',
  ]);
  expect(await refusal({ 'tech-c': 'CCOM-7' })).toEqual(['2303', 'Contact CCOM-7 does not exist']);
  expect(await refusal({ 'ns-list': 'ns1.example.org' })).toEqual([
    '2400',
    'Parameter ns-list: expected: 2 to 13 host names, parted by colons',
  ]);
  expect(await refusal({ domain: 'bücher.example' })).toEqual([
    '2400',
    'Parameter domain: expected: valid domain name',
  ]);
  expect(registrar.account.balance).toBe('100.0');
});

test('a name that somebody else has is refused by the registry, and costs nothing', async () => {
  const { registrar, order } = await openRegistrar();
  const ordered = await order('domain-register', { ...REGISTER, domain: 'taken.example' });
  expect(ordered).toMatchObject({
    status: 'nack',
    text: expect.stringContaining('\nDomain taken.example is registered already\n'),
  });
  expect(registrar.account).toMatchObject({ balance: '100.0', pendingAmount: '0.0' });
});

test('of two registrations of one name the second comes too late', async () => {
  const { registrar, ask, order } = await openRegistrar();
  await ask('domain-register', REGISTER);
  const second = await order('domain-register', REGISTER);
  expect(second.status).toBe('nack');
  expect(second.text).toContain('Domain new.example exists');
  expect(registrar.account).toMatchObject({ balance: '90.1', pendingAmount: '0.0' });
});

test('a new owner has to confirm the address, a known one has not', async () => {
  const { order, ask } = await openRegistrar();
  await order('domain-register', REGISTER);
  const pending = async () => (await ask('wa-email-list')).body?.split('\n').length;
  expect(await pending()).toBe(1);
  const fields = { name: 'A', 'address-1': 'x', city: 'x', 'postal-code': '1', country: 'DE' };
  const contact = { ...fields, tld: 'com', phone: '1', email: 'new@example.com' };
  const { object = '' } = await order('contact-create', contact);
  await order('domain-register', { ...REGISTER, domain: 'newer.example', 'owner-c': object });
  expect(await pending()).toBe(2);
});

test('its time passes: it renews itself while there is money, or can be redeemed', async () => {
  const { registrar, order, ask, pass } = await openRegistrar({ sessionTimeoutSeconds: 1e9 });
  await order('domain-register', { ...REGISTER, autorenew: '1' });
  await order('domain-register', { ...REGISTER, domain: 'brief.example' });
  pass(366 * DAY_MS);
  const { domains, redeemable } = registrar.account;
  expect(domains.find(({ domain }) => domain === 'new.example')?.expires).toBe('2026-06-17');
  expect(redeemable).toContain('brief.example');
  const whois = await ask('query-whois', { domain: 'brief.example' });
  expect(headerOf(whois, 'Status-Code')).toBe('2303');
  pass(31 * DAY_MS);
  expect(registrar.account.redeemable).not.toContain('brief.example');
});
