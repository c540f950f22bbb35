import { describe, expect, test } from '@jest/globals';
import { action } from '../../../shared/actions/query-profile.ts';
import { fixture, UNREADABLE } from '../../wire.ts';
import { perform } from './perform.ts';

async function profile(text: string) {
  return (await perform(action, {}, text)).output;
}

describe('query-profile', () => {
  test('asks for nothing in particular', async () => {
    const { sent } = await perform(action, {}, fixture('query-profile.success'));
    expect(sent).toStrictEqual([{ name: 'query-profile', access: 'read', params: {} }]);
  });

  test('replies with every key that the registrar sends, in camelCase', async () => {
    expect(await profile(fixture('query-profile.success'))).toStrictEqual({
      profile: {
        customerId: '1000001',
        fname: 'Jane',
        lname: 'Doe',
        organization: 'Example: Names & Co',
        city: 'Exampletown',
        address1: '1 Example Road',
        address2: '',
        postalCode: '00000',
        state: '',
        phone: '+1.5550100',
        fax: '',
        balance: '100.00',
        vatId: '',
        lastPayment: '2020-01-01',
        lastAccess: '2020-11-15 22:37:05',
        adminEmail: 'admin@example.net',
        robotEmail: 'robot@example.net',
        checkdIp: '198.51.100.1,198.51.100.2',
        http: '',
        url: 'https://www.example.net:8443/',
        whois1: 'line one',
        whois2: 'line two',
        whois3: '',
        whois4: '',
      },
    });
  });

  test('minds no blank lines', async () => {
    expect(await profile('Status-Code: 0\n\nfname: Jane\n\nlname: Doe\n\n')).toStrictEqual({
      profile: { fname: 'Jane', lname: 'Doe' },
    });
  });

  test('keeps all values of a key that comes twice', async () => {
    const text = 'Status-Code: 0\n\ncheckd_ip: 198.51.100.1\ncheckd-ip: 198.51.100.2\n';
    expect(await profile(text)).toStrictEqual({
      profile: { checkdIp: '198.51.100.1\n198.51.100.2' },
    });
  });

  test.each(['Jane Doe\n', 'fname: Jane\nDoe\n', '__proto__: x\n', 'fname: Jane\n\nlname\n'])(
    'does not guess at a line without a key: %j',
    async (body) => {
      await expect(profile(`Status-Code: 0\n\n${body}`)).rejects.toThrow(UNREADABLE);
    },
  );
});
