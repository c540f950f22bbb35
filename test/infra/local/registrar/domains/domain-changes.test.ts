import { describe, expect, test } from '@jest/globals';
import { DAY_MS, headerOf, openRegistrar } from '../open-registrar.ts';

const domain = 'example.com';
const DS = '12345:13:2:abababababababababababababababababababababababababababababababab';

async function opened() {
  const open = await openRegistrar({ sessionTimeoutSeconds: 1e9 });
  const now = (name = domain) => open.registrar.account.domains.find((one) => one.domain === name);
  return { ...open, now };
}

describe('domain-modify', () => {
  test('changes contacts and name servers, and leaves the rest', async () => {
    const { order, now } = await opened();
    const before = now();
    await order('domain-modify', { domain, 'tech-c': 'cde-1000009' });
    await order('domain-modify', { domain, 'ns-list': 'NS1.example.org:ns2.example.org' });
    expect(now()).toEqual({
      ...before,
      contacts: { ...before?.contacts, 'tech-c': 'CDE-1000009' },
      nameServers: ['ns1.example.org', 'ns2.example.org'],
    });
  });

  test('replaces the DNSSEC records, and takes them away', async () => {
    const { order, now } = await opened();
    await order('domain-modify', { domain, dnssec: '1', 'ds-1': DS, 'ds-2': '1:8:2:AB' });
    expect(now()?.dsRecords).toEqual([DS, '1:8:2:AB']);
    await order('domain-modify', { domain, dnssec: '1', 'ds-1': '3:8:257:AwEAAc+/=' });
    expect(now()?.dsRecords).toEqual(['3:8:257:AwEAAc+/=']);
    await order('domain-modify', { domain, 'tech-c': 'CCOM-1000008', 'ds-1': DS });
    expect(now()?.dsRecords).toHaveLength(1);
    await order('domain-modify', { domain, dnssec: '0' });
    expect(now()?.dsRecords).toEqual([]);
  });

  test('refuses gaps, odd records, unknown contacts and nothing at all', async () => {
    const { order } = await opened();
    const refusal = async (params: Record<string, string>) => {
      const { code, errors } = await order('domain-modify', { domain, ...params });
      return [code, ...errors];
    };
    const expected = (name: string) => [
      '2400',
      `Parameter ${name}: expected: four parts, parted by colons`,
    ];
    expect(await refusal({ dnssec: '1' })).toEqual(expected('ds-1'));
    expect(await refusal({ dnssec: '1', 'ds-1': DS, 'ds-3': DS })).toEqual(expected('ds-2'));
    expect(await refusal({ dnssec: '1', 'ds-1': '1:2:3' })).toEqual(expected('ds-1'));
    expect(await refusal({ 'admin-c': 'CCOM-7' })).toEqual([
      '2303',
      'Contact CCOM-7 does not exist',
    ]);
    expect((await refusal({}))[0]).toBe('2003');
  });
});

describe('locks and properties', () => {
  test('are set, cleared and read', async () => {
    const { order, ask, now } = await opened();
    await order('domain-unlock', { domain });
    expect(now()?.statuses).toEqual(['production', 'autorenew']);
    await order('domain-lock', { domain });
    expect(now()?.statuses).toEqual(['production', 'lock', 'autorenew']);
    const get = async (pname: string) => (await ask('domain-get-property', { domain, pname })).body;
    expect(await get('autorenew')).toBe('autorenew: 1\n');
    await order('domain-set-property', { domain, pname: 'autorenew', pvalue: '' });
    await order('domain-set-property', { domain, pname: 'whois-opt-out', pvalue: '1' });
    await order('domain-set-property', { domain, pname: 'privacy', pvalue: 'basic' });
    expect(await get('autorenew')).toBe('autorenew: 0\n');
    expect(await get('whois-opt-out')).toBe('whois-opt-out: 1\n');
    expect(await get('privacy')).toBe('privacy: basic\n');
  });

  test('of all domains that match a pattern are set at once', async () => {
    const { registrar, order } = await opened();
    const set = { domain: 'Example.*', pname: 'autorenew', pvalue: '1' };
    expect(await order('domain-set-property', set)).toMatchObject({ object: 'example.*' });
    const renewed = registrar.account.domains.filter(({ statuses }) =>
      statuses.includes('autorenew'),
    );
    // example.net is on its way out, which its own properties do not mind.
    expect(renewed.map((one) => one.domain)).toEqual(['example.com', 'example.net', 'example.org']);
  });

  test('have values of their own', async () => {
    const { order, ask } = await opened();
    const set = (pname: string, pvalue: string) =>
      order('domain-set-property', { domain, pname, pvalue });
    expect((await set('privacy', '1')).errors).toEqual([
      'Parameter pvalue: expected: one of off, basic, pro',
    ]);
    expect((await set('autorenew', 'yes')).errors).toEqual(['Parameter pvalue: expected: 0 or 1']);
    expect((await set('colour', 'red')).code).toBe('2400');
    const foreign = { domain: 'nobody-has.example', pname: 'autorenew' };
    expect(headerOf(await ask('domain-get-property', foreign), 'Status-Code')).toBe('2303');
  });
});

describe('domain-privacy-order', () => {
  test('buys the rest of the domain’s time, whole years charged', async () => {
    const { registrar, order, now } = await opened();
    await order('domain-privacy-order', { domain: 'example.org', privacy: 'pro' });
    expect(now('example.org')?.privacy).toBe('pro');
    // 820 days are three years begun, at 3.00.
    expect(registrar.account.balance).toBe('91.0');
  });

  test('buys months, or up to a year, but never past the domain', async () => {
    const { registrar, order } = await opened();
    const buy = (params: Record<string, string>) =>
      order('domain-privacy-order', { domain: 'example.org', privacy: 'basic', ...params });
    expect((await buy({ period: '12' })).status).toBe('ack');
    expect(registrar.account.balance).toBe('98.5');
    expect((await buy({ expyear: '2026' })).status).toBe('ack');
    expect(registrar.account.balance).toBe('95.5');
    expect((await buy({ expyear: '2026' })).status).toBe('ack');
    expect(registrar.account.balance).toBe('95.5');
    expect((await buy({ expyear: '2027' })).code).toBe('2306');
    expect((await buy({ period: '36' })).code).toBe('2306');
  });
});

test('domain-owner-change replaces the owner’s data', async () => {
  const { order, ask } = await opened();
  const owner = {
    name: 'Sam Example',
    email: 'sam@example.org',
    'address-1': '3 Example Street',
    city: 'Exampletown',
    'postal-code': '12345',
    country: 'FR',
    phone: '+33.1',
    'x-fr-siren-or-siret': '1',
  };
  await order('domain-owner-change', { domain, ...owner, 'lock-opt-out': '1' });
  const { body } = await ask('query-whois', { domain });
  expect(body).toContain(
    'domain.name: Sam Example\ndomain.email: sam@example.org\ndomain.address-1: 3 Example Street\n',
  );
  expect(body).not.toContain('alex@example.com');
  expect(body).not.toContain('lock-opt-out');
  const state = await ask('wa-email-query-status', { email: 'SAM@example.org' });
  expect(state.body).toBe('pending\n');
});

describe('a deletion', () => {
  test('of an older domain needs force, and can be undone for money', async () => {
    const { registrar, order, now } = await opened();
    expect(await order('domain-delete', { domain })).toMatchObject({
      code: '2304',
      errors: ['example.com is older than three days: force is needed'],
    });
    const before = now();
    await order('domain-delete', { domain, force: '1' });
    expect(now()).toBeUndefined();
    expect(registrar.account).toMatchObject({ redeemable: [domain], balance: '100.0' });
    expect((await order('domain-redeem', { domain })).status).toBe('ack');
    expect(now()).toEqual(before);
    expect(registrar.account).toMatchObject({ redeemable: [], balance: '25.0' });
    expect((await order('domain-redeem', { domain })).code).toBe('2304');
    expect((await order('domain-redeem', { domain: 'nobody-has.example' })).code).toBe('2303');
  });

  test('of a new one is refunded', async () => {
    const { registrar, order, now } = await opened();
    await order('domain-delete', { domain: 'first-steps.example' });
    expect(now('first-steps.example')).toBeUndefined();
    expect(registrar.account).toMatchObject({ redeemable: [], balance: '109.9' });
  });

  test('by the end of its life waits for it', async () => {
    const { order, now, pass } = await opened();
    const name = 'xn--bcher-kva.example';
    await order('domain-delete', { domain: name, force: 'Yes', type: 'endoflife' });
    pass(12 * DAY_MS);
    expect(now(name)).toBeDefined();
    pass(DAY_MS);
    expect(now(name)).toBeUndefined();
  });

  test('can be redeemed for thirty days', async () => {
    const { order, pass } = await opened();
    await order('domain-delete', { domain, force: 'Y' });
    pass(30 * DAY_MS);
    expect((await order('domain-redeem', { domain })).code).toBe('2303');
  });
});
