import { describe, expect, test } from '@jest/globals';
import { action } from '../../../shared/actions/login.ts';
import { fixture } from '../../wire.ts';
import { perform } from './perform.ts';

const UNKNOWN_ACCOUNT = {
  balance: null,
  currency: null,
  pendingAmount: null,
  rebate: null,
  contractDate: null,
};

async function login(text: string) {
  return (await perform(action, {}, text)).output;
}

describe('login', () => {
  test('is a login of the session and sends nothing else', async () => {
    const { logins, sent } = await perform(action, {}, fixture('login.success'));
    expect([logins, sent]).toEqual([1, []]);
  });

  test('tells about the account, the key and the TLDs, and nothing of the session id', async () => {
    expect(await login(fixture('login.success'))).toStrictEqual({
      uid: '1000001',
      userLogin: 'exampleuser1',
      access: 'modify-only',
      sessionTimeoutSeconds: 3600,
      account: {
        balance: '100.0',
        currency: 'EUR',
        pendingAmount: '0.0',
        rebate: '0.2',
        contractDate: '2020-01-01',
      },
      stats: {
        numberOfDomains: 6,
        lastLogin: '2020-11-15 22:37:05 +0100',
        lastIp: '198.51.100.222',
        lastError: '',
        lastErrorIp: '',
        numberOfAutorenew: 0,
      },
      tlds: ['ac', 'ae.org', 'com', 'xn--p1ai'],
    });
  });

  test('tells null for what an older registrar does not send', async () => {
    expect(await login(fixture('login.headers-of-2011'))).toStrictEqual({
      uid: '1000001',
      userLogin: null,
      access: null,
      sessionTimeoutSeconds: 3600,
      account: { ...UNKNOWN_ACCOUNT, balance: '1234.56' },
      stats: {},
      tlds: ['com', 'net'],
    });
  });

  test('tells null for all that a bare reply does not say', async () => {
    expect(await login('Status-Code: 0\n')).toStrictEqual({
      uid: null,
      userLogin: null,
      access: null,
      sessionTimeoutSeconds: null,
      account: UNKNOWN_ACCOUNT,
      stats: {},
      tlds: [],
    });
  });

  test('leaves the handle prefixes out of the TLDs', async () => {
    expect(await login(fixture('login.with-prefixes'))).toMatchObject({ tlds: ['com', 'de'] });
  });

  test.each([
    ['@full', 'full'],
    ['@read-only', 'read-only'],
    ['@whois-only', 'whois-only'],
    ['something new', 'something new'],
    ['', ''],
  ])('tells the access %j as %j', async (wire, access) => {
    expect(await login(`Status-Code: 0\nUser-Access: ${wire}\n\n`)).toMatchObject({ access });
  });

  test.each(['', '0', '-1', 'long', '1.5', '1e9'])(
    'does not claim a session timeout of %j',
    async (wire) => {
      const output = await login(`Status-Code: 0\nSession-Timeout: ${wire}\n\n`);
      expect(output).toMatchObject({ sessionTimeoutSeconds: null });
    },
  );

  test('keeps a statistic as text where it is no count', async () => {
    const text = 'Status-Code: 0\nStats-number-of-domains: many\nStats-last-ip: 7\n\n';
    expect(await login(text)).toMatchObject({ stats: { numberOfDomains: 'many', lastIp: '7' } });
  });

  test('does no harm with statistics named like parts of an object', async () => {
    const output = await login('Status-Code: 0\nStats-__proto__: a\nStats-constructor: b\n\n');
    expect(output).toMatchObject({ stats: { constructor: 'b' } });
    expect(Object.getPrototypeOf(output?.stats)).toBe(Object.prototype);
  });
});
