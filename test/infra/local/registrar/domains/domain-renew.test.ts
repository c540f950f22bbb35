import { expect, test } from '@jest/globals';
import { MINUTE_MS, openRegistrar } from '../open-registrar.ts';

const domain = 'example.com';

async function opened() {
  const open = await openRegistrar({ sessionTimeoutSeconds: 86_400 });
  const expiryOf = (name: string) =>
    open.registrar.account.domains.find((one) => one.domain === name)?.expires;
  return { ...open, expiryOf };
}

test('a renewal adds its months once it has settled, and is paid then', async () => {
  const { registrar, ask, order, expiryOf, pass } = await opened();
  expect(expiryOf(domain)).toBe('2025-05-28');
  await ask('domain-renew', { domain, period: '24' });
  expect(registrar.account).toMatchObject({ balance: '100.0', pendingAmount: '19.8' });
  expect(expiryOf(domain)).toBe('2025-05-28');
  pass(3000);
  expect(registrar.account).toMatchObject({ balance: '80.2', pendingAmount: '0.0' });
  expect(expiryOf(domain)).toBe('2027-05-28');
  await order('domain-renew', { domain: 'first-steps.example', period: '12', privacy: 'basic' });
  expect(registrar.account.balance).toBe('68.8');
});

test('up to a year it is repeat-safe', async () => {
  const { registrar, order, expiryOf } = await opened();
  for (const _ of [1, 2, 3]) {
    expect((await order('domain-renew', { domain, expyear: '2027' })).status).toBe('ack');
    expect(expiryOf(domain)).toBe('2027-05-28');
  }
  expect(registrar.account.balance).toBe('80.2');
});

test('by months it is not: the same domain is renewed once in six hours', async () => {
  const { order, pass } = await opened();
  const renew = { domain, period: '12' };
  expect((await order('domain-renew', renew)).status).toBe('ack');
  expect(await order('domain-renew', renew)).toMatchObject({
    code: '2304',
    errors: ['example.com was renewed less than six hours ago'],
  });
  pass(360 * MINUTE_MS);
  expect((await order('domain-renew', renew)).status).toBe('ack');
});

test('a refused renewal does not count, one in progress does', async () => {
  const { order, ask } = await opened();
  const far = await order('domain-renew', { domain, period: '120' });
  expect(far.code).toBe('0');
  expect(far).toMatchObject({ status: 'nack', text: expect.stringContaining('ten years') });
  const renew = { domain, period: '12' };
  await ask('domain-renew', renew);
  expect((await order('domain-renew', renew)).code).toBe('2304');
});

test('it takes months or a year, not both', async () => {
  const { order } = await opened();
  expect(await order('domain-renew', { domain, period: '12', expyear: '2030' })).toMatchObject({
    code: '2400',
    errors: ['Parameter expyear: expected: no period beside it'],
  });
});

test('what is being transferred away cannot be renewed', async () => {
  const { registrar, order } = await opened();
  const ordered = await order('domain-renew', { domain: 'example.net', period: '12' });
  expect(ordered).toMatchObject({
    status: 'nack',
    text: expect.stringContaining('example.net is being transferred'),
  });
  expect(registrar.account.balance).toBe('100.0');
});

test('a premium name has a price that has to be agreed to', async () => {
  const { registrar, order } = await opened();
  const renew = (more: Record<string, string>) =>
    order('domain-renew', { domain: 'gold.example', period: '12', ...more });
  expect(await renew({})).toMatchObject({
    code: '2306',
    errors: ['The price is 49.00 EUR, not the standard one: max-price is needed'],
  });
  expect(await renew({ 'max-price': '48.99' })).toMatchObject({
    code: '2306',
    errors: ['The price is 49.00 EUR, above max-price'],
  });
  expect((await renew({ 'max-price': '500' })).status).toBe('ack');
  expect(registrar.account.balance).toBe('51.0');
});

test('max-price holds for standard prices too, the whole time counted', async () => {
  const { order } = await opened();
  const renew = { domain, period: '24' };
  expect((await order('domain-renew', { ...renew, 'max-price': '19.79' })).code).toBe('2306');
  expect((await order('domain-renew', { ...renew, 'max-price': '19.8' })).status).toBe('ack');
  expect((await order('domain-renew', { ...renew, 'max-price': '0' })).code).toBe('2400');
});
