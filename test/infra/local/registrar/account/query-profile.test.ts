import { expect, test } from '@jest/globals';
import { openRegistrar } from '../open-registrar.ts';

const KEYS = [
  ['customer-id', 'fname', 'lname', 'organization', 'city', 'address-1', 'address-2'],
  ['postal-code', 'state', 'phone', 'fax', 'balance', 'vat-id', 'last-payment', 'last-access'],
  ['admin_email', 'robot_email', 'checkd_ip', 'http', 'url'],
  ['whois1', 'whois2', 'whois3', 'whois4'],
].flat();

test('the profile is one key: value line for each key', async () => {
  const { ask } = await openRegistrar();
  const { body } = await ask('query-profile');
  expect(body?.endsWith('\n')).toBe(true);
  const lines = body?.slice(0, -1).split('\n') ?? [];
  expect(lines.map((line) => line.split(': ')[0])).toEqual(KEYS);
  expect(lines).toContain('balance: 100.0');
  expect(lines).toContain('fax: ');
  expect(lines).toContain('url: https://www.example.com:8443/');
});
