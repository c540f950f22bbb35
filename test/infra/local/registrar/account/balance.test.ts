import { expect, test } from '@jest/globals';
import { SIMULATED_API_KEY } from '../../../../../infra/local/registrar/credentials.ts';
import { headerOf, openRegistrar } from '../open-registrar.ts';

const register = (name: string, years = 1) => ({
  domain: `${name}.shop`,
  period: String(12 * years),
  'owner-c': 'CCOM-1000007',
});

test('orders in progress are set aside, and what is left decides on the next', async () => {
  const { registrar, ask, pass } = await openRegistrar();
  for (const name of ['one', 'two', 'three', 'four']) {
    expect(headerOf(await ask('domain-register', register(name)), 'Status-Code')).toBe('0');
  }
  expect(registrar.account).toMatchObject({ balance: '100.0', pendingAmount: '99.6' });
  const fifth = await ask('domain-register', register('five'));
  expect(headerOf(fifth, 'Status-Code')).toBe('2104');
  expect(headerOf(fifth, 'Status-Text')).toBe('Billing failure');
  expect(headerOf(fifth, 'Error')).toBe('The balance does not suffice: 24.90 EUR are needed');
  pass(3000);
  expect(registrar.account).toMatchObject({ balance: '0.4', pendingAmount: '0.0' });
  expect((await ask('domain-renew', { domain: 'example.com', period: '12' })).text).toContain(
    'Status-Code: 2104',
  );
});

test('login and profile tell the balance of the moment', async () => {
  const { send, ask, pass } = await openRegistrar();
  await ask('domain-register', register('one'));
  const login = async () => send('login', { 'api-key': SIMULATED_API_KEY });
  expect(headerOf(await login(), 'Account-pending_amount')).toBe('24.9');
  pass(3000);
  const after = await login();
  expect(headerOf(after, 'Account-balance')).toBe('75.1');
  expect(headerOf(after, 'Account-pending_amount')).toBe('0.0');
  expect(headerOf(after, 'Stats-number-of-domains')).toBe('7');
  expect((await ask('query-profile')).body).toContain('\nbalance: 75.1\n');
});

test('a refused order gives back what was set aside', async () => {
  const { registrar, order } = await openRegistrar();
  await order('domain-register', { ...register('x'), domain: 'nack.shop' });
  expect(registrar.account).toMatchObject({ balance: '100.0', pendingAmount: '0.0' });
});
