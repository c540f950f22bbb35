import { describe, expect, test } from '@jest/globals';
import { exchange } from '../exchange.ts';
import { errorsOf, headerOf, openRegistrar } from '../open-registrar.ts';

describe('domain-check', () => {
  test('tells whether a name can be had, by the newer code of success', async () => {
    const { ask } = await openRegistrar();
    const check = async (domain: string) => {
      const reply = await ask('domain-check', { domain });
      expect(headerOf(reply, 'Status-Code')).toBe('1000');
      return reply.body;
    };
    expect(await check('Free.example')).toBe('domain-status: available\ndomain-class: standard\n');
    expect(await check('gold-rush.example')).toBe(
      'domain-status: premium\ndomain-class: premium\n',
    );
    const taken =
      'domain-status: unavailable\ndomain-status-reason: In use\ndomain-class: standard\n';
    for (const name of ['taken.example', 'example.com', 'arriving.example']) {
      expect(await check(name)).toBe(taken);
    }
  });

  test('tells a price, for years or months', async () => {
    const { ask } = await openRegistrar();
    const price = async (params: Record<string, string>) =>
      (await ask('domaincheck', { domain: 'free.com', ...params })).body?.split('\n')[2];
    expect(await price({ 'check-price': 'create' })).toBe('domain-price-create: 9.90 EUR 1y');
    expect(await price({ 'check-price': 'renew', period: '2' })).toBe(
      'domain-price-renew: 19.80 EUR 2y',
    );
    expect(await price({ 'check-price': 'renew', period: '24' })).toBe(
      'domain-price-renew: 19.80 EUR 2y',
    );
    expect(await price({ 'check-price': 'restore' })).toBe('domain-price-restore: 75.00 EUR 1y');
    expect(await price({ domain: 'gold.com', 'check-price': 'transfer' })).toBe(
      'domain-price-transfer: 49.00 EUR 1y',
    );
  });

  test('refuses what is not sold, not asked for, or no name', async () => {
    const { ask } = await openRegistrar();
    const errors = async (params: Record<string, string>) =>
      errorsOf(await ask('domain-check', params));
    expect(await errors({ domain: 'free.museum' })).toEqual([
      'Parameter domain: expected: Domain with extension supported by Joker.com',
    ]);
    expect(await errors({ domain: 'free.com', 'check-price': 'all' })).toEqual([
      'Parameter check-price: expected: one of create, renew, transfer, restore',
    ]);
    expect(await errors({ domain: 'free.com', period: '13' })).toEqual([
      'Parameter period: expected: years from 1 to 10, or months in steps of 12',
    ]);
    expect(await errors({ domain: 'foo/bar.com' })).toEqual([
      'Parameter domain: expected: valid domain name',
    ]);
  });
});

describe('the price list', () => {
  test('has 17 columns parted by tabs', async () => {
    const { ask } = await openRegistrar();
    const reply = await ask('query-price-list');
    expect(headerOf(reply, 'Status-Code')).toBe('1000');
    expect(headerOf(reply, 'Separator')).toBe('TAB');
    expect(headerOf(reply, 'Columns')).toBe(
      'type,operation,tld,tld-currency,currency,price-1y,price-2y,price-3y,price-4y,price-5y,' +
        'price-6y,price-7y,price-8y,price-9y,price-10y,valid_from,valid_until',
    );
    const rows = reply.body?.split('\n').map((row) => row.split('\t')) ?? [];
    expect(rows.every((row) => row.length === 17)).toBe(true);
    const row = (operation: string) => rows.find((one) => one[1] === operation && one[2] === 'com');
    expect(row('renew')?.slice(3, 7)).toEqual(['EUR', 'EUR', '9.90', '19.80']);
    expect(row('renew')?.slice(-3)).toEqual(['99.00', '', '']);
    expect(row('transfer')?.slice(5, 7)).toEqual(['9.90', 'n/a']);
    expect(row('privacy-pro')?.[5]).toBe('3.00');
  });

  test('of the newer service has five, parted by tabs that nothing tells of', async () => {
    const { registrar, login } = await openRegistrar();
    const params = { 'auth-sid': await login() };
    const reply = await exchange(`${registrar.url}/v2/query-price-list`, { params, method: 'GET' });
    expect(headerOf(reply, 'Status-Code')).toBe('1000');
    expect(headerOf(reply, 'Separator')).toBeUndefined();
    expect(headerOf(reply, 'Columns')).toBe('type,operation,tld,currency,price-1y');
    expect(reply.body?.split('\n')).toContain('domain\tcreate\tcom\tEUR\t9.90');
  });
});

test('TLDs are listed, and asked about', async () => {
  const { ask } = await openRegistrar();
  expect((await ask('query-tld-list')).body?.split('\n')).toContain('xn--e1a4c');
  expect((await ask('inquire-tld', { tld: 'COM' })).body).toBe('tld: com\ndnssec: dsdata\n');
  expect((await ask('inquire-tld', { tld: 'de' })).body).toBe('tld: de\ndnssec: keydata\n');
  expect(headerOf(await ask('inquire-tld', { tld: 'museum' }), 'Status-Code')).toBe('2303');
});
