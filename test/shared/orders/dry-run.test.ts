import { describe, expect, test } from '@jest/globals';
import { captureLog } from '../../captured-log.ts';
import type { Loose } from '../../functions/bad-request.ts';
import { type OrderRig, REGISTER, RENEW, startOrderRig, TRANSFER } from './ordering.ts';

captureLog();

const EXPIRES = '2029-01-29';
const DRY = { dryRun: true };

interface Check {
  readonly name: string;
  readonly ok: boolean | null;
  readonly detail: string;
}

/** The checks by name, and the rest of the answer. */
async function tried(rig: Pick<OrderRig, 'call'>, action: string, input: Loose) {
  const { status, json } = await rig.call(action, { ...input, ...DRY });
  expect(status).toBe(200);
  const checks: readonly Check[] = json.checks;
  for (const { detail } of checks) expect(detail).toMatch(/\.$/);
  const ok = Object.fromEntries(checks.map((check) => [check.name, check.ok]));
  return { ok, wouldSucceed: json.wouldSucceed, price: json.price };
}

test('sends nothing that changes anything, needs no key and remembers nothing', async () => {
  const rig = await startOrderRig();
  for (const [action, input] of [
    ['domain-register', REGISTER],
    ['domain-renew', RENEW],
    ['domain-transfer-in-reseller', TRANSFER],
    ['domain-redeem', { domain: 'gone.example' }],
    ['domain-privacy-order', { domain: 'example.org', privacy: 'pro' }],
  ] as const) {
    await tried(rig, action, input);
  }
  const names = new Set(rig.registrar.requests.map(({ name }) => name));
  const reads = /^(login|query-.*|domain-check|result-list)$/;
  expect([...names].filter((name) => !reads.test(name))).toEqual([]);
  expect(rig.dynamoDb.calls.get('PutItem')).toBeUndefined();
});

test('a key given with it is not used up', async () => {
  const { call } = await startOrderRig();
  await call('domain-register', { ...REGISTER, ...DRY }, { key: 'k' });
  expect((await call('domain-register', REGISTER, { key: 'k' })).status).toBe(202);
});

describe('tells what would come of it', () => {
  test('a registration', async () => {
    const rig = await startOrderRig();
    expect(await tried(rig, 'domain-register', { ...REGISTER, periodMonths: 24 })).toEqual({
      wouldSucceed: true,
      price: { amount: '19.80', currency: 'EUR' },
      ok: {
        access: true,
        availability: true,
        price: true,
        balance: true,
        contacts: true,
        openOrder: true,
      },
    });
  });

  test('a renewal', async () => {
    const rig = await startOrderRig();
    const input = { ...RENEW, currentExpiry: EXPIRES };
    expect(await tried(rig, 'domain-renew', input)).toEqual({
      wouldSucceed: true,
      price: { amount: '10.50', currency: 'EUR' },
      ok: {
        access: true,
        ownership: true,
        expiry: true,
        price: true,
        balance: true,
        openOrder: true,
      },
    });
  });

  test.each<[string, string, Loose, string]>([
    [
      'a domain that is taken',
      'domain-register',
      { ...REGISTER, domain: 'taken.example' },
      'availability',
    ],
    [
      'a contact that is missing',
      'domain-register',
      { ...REGISTER, techContact: 'CCOM-9' },
      'contacts',
    ],
    ['a price above the ceiling', 'domain-register', { ...REGISTER, maxPrice: '9.89' }, 'price'],
    [
      'more than the balance',
      'domain-register',
      { ...REGISTER, periodMonths: 120, domain: 'gold2.example' },
      'balance',
    ],
    ['a domain of others', 'domain-renew', { ...RENEW, domain: 'absent.example' }, 'ownership'],
    ['another expiry', 'domain-renew', { ...RENEW, currentExpiry: '2028-01-29' }, 'expiry'],
    [
      'a domain that is here',
      'domain-transfer-in-reseller',
      { ...TRANSFER, domain: 'example.org' },
      'ownership',
    ],
  ])('%s', async (_, action, input, failing) => {
    const rig = await startOrderRig();
    const { ok, wouldSucceed } = await tried(rig, action, input);
    expect([wouldSucceed, ok[failing]]).toEqual([false, false]);
  });

  test('an order that is open, unless two are meant', async () => {
    const rig = await startOrderRig();
    await rig.call('domain-renew', RENEW, { key: 'k' });
    const { ok, wouldSucceed } = await tried(rig, 'domain-renew', RENEW);
    expect([wouldSucceed, ok.openOrder]).toEqual([false, false]);
    const twice = await tried(rig, 'domain-renew', { ...RENEW, allowDuplicate: true });
    expect(twice.ok.openOrder).toBe(true);
  });

  test('a key that may not order', async () => {
    const rig = await startOrderRig();
    const { call } = rig.place({ session: { ...rig.elsewhere, permits: async () => false } });
    const { ok, wouldSucceed } = await tried({ call }, 'domain-renew', RENEW);
    expect([wouldSucceed, ok.access]).toEqual([false, false]);
  });

  test('the setting is a ceiling, too', async () => {
    const rig = await startOrderRig();
    const { call } = rig.place({ maxOrderPrice: '10' });
    const { ok, wouldSucceed } = await tried({ call }, 'domain-renew', RENEW);
    expect([wouldSucceed, ok.price]).toEqual([false, false]);
  });
});

test.each([
  ['domain-check', ['availability', 'price', 'balance']],
  ['query-profile', ['balance']],
  ['query-contact-list', ['contacts']],
  ['result-list', ['openOrder']],
])('what %s does not tell is null, and speaks for nothing', async (request, unknown) => {
  const rig = await startOrderRig();
  rig.registrar.faults.arm({ kind: 'html', request });
  const { ok, wouldSucceed } = await tried(rig, 'domain-register', REGISTER);
  const nulls = Object.keys(ok).filter((name) => ok[name] === null);
  expect([nulls, wouldSucceed]).toEqual([unknown, true]);
});
