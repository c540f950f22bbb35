import { describe, expect, test } from '@jest/globals';
import { captureLog } from '../../captured-log.ts';
import type { Loose } from '../../functions/bad-request.ts';
import { type OrderRig, REGISTER, RENEW, startOrderRig } from './ordering.ts';

captureLog();

const PRIVACY = { domain: 'example.org', privacy: 'pro' };
/** As the simulated registrar has it in November 2026. */
const EXPIRES = '2029-01-29';

describe('a ceiling', () => {
  test.each<[Loose, string | undefined, string | undefined]>([
    [{}, undefined, undefined],
    [{ maxPrice: '20' }, undefined, '20'],
    [{}, '15.50', '15.50'],
    [{ maxPrice: '20' }, '15.50', '15.50'],
    [{ maxPrice: '9.9' }, '15.50', '9.9'],
    [{ maxPrice: '10.00' }, '9.99', '9.99'],
  ])('goes to the registrar where it takes one: %j, setting %s', async (given, setting, max) => {
    const rig = await startOrderRig();
    const { call } = rig.place({ maxOrderPrice: setting });
    const { status } = await call('domain-register', { ...REGISTER, ...given }, { key: 'k' });
    expect(rig.sent('domain-register')[0]?.get('max-price')).toBe(max);
    expect(status).toBe(max === '9.9' || Number(max ?? 99) >= 9.9 ? 202 : 422);
    expect(rig.sent('domain-check')).toEqual([]);
  });

  const deleted = async (rig: OrderRig) => {
    await rig.call('domain-delete', { domain: 'example.org', force: true });
    rig.clock.nowMs += 5000;
    await rig.call('result-list', {});
  };

  test.each([
    ['75.00', 202],
    ['75', 202],
    ['74.9999', 422],
  ])('is held against what redeeming costs: %s', async (maxPrice, status) => {
    const rig = await startOrderRig();
    await deleted(rig);
    const input = { domain: 'example.org', maxPrice };
    const answer = await rig.call('domain-redeem', input, { key: 'k' });
    expect(answer.status).toBe(status);
    expect(rig.sent('domain-redeem')).toHaveLength(status === 202 ? 1 : 0);
    if (status === 202) return;
    expect(answer.problem).toBe('price-exceeded');
    expect(answer.json.price).toEqual({ amount: '75.00', currency: 'EUR' });
    expect((await rig.call('order', { key: 'k' })).status).toBe(404);
  });

  test.each<[Loose, string, number]>([
    [{ ...PRIVACY, periodMonths: 12 }, '3', 202],
    [{ ...PRIVACY, periodMonths: 12 }, '2.99', 422],
    [{ ...PRIVACY, periodMonths: 24 }, '5.99', 422],
    [{ ...PRIVACY, periodMonths: 24 }, '6', 202],
    // For the time that is left of the domain: three years, of which the last is begun.
    [PRIVACY, '8.99', 422],
    [PRIVACY, '9', 202],
    [{ ...PRIVACY, expiryYear: 2028 }, '5.99', 422],
    [{ ...PRIVACY, privacy: 'basic' }, '4.49', 422],
    [{ ...PRIVACY, privacy: 'basic' }, '4.50', 202],
  ])('is held against the price list for privacy: %j, %s', async (input, maxPrice, status) => {
    const rig = await startOrderRig();
    const answer = await rig.call('domain-privacy-order', { ...input, maxPrice }, { key: 'k' });
    expect([answer.status, answer.problem]).toEqual([
      status,
      status === 202 ? undefined : 'price-exceeded',
    ]);
    expect(rig.sent('domain-privacy-order')).toHaveLength(status === 202 ? 1 : 0);
  });

  test('the setting is one for these too', async () => {
    const rig = await startOrderRig();
    const { call } = rig.place({ maxOrderPrice: '8.99' });
    const { problem } = await call('domain-privacy-order', PRIVACY, { key: 'k' });
    expect(problem).toBe('price-exceeded');
  });

  test('refuses what has no price', async () => {
    const rig = await startOrderRig();
    const owner = {
      domain: 'example.org',
      name: 'Erika',
      email: 'a@example.com',
      address1: 'A 1',
      city: 'C',
      postalCode: '1',
      country: 'DE',
      phone: '+49.1',
    };
    const refused = await rig.call(
      'domain-owner-change',
      { ...owner, maxPrice: '5' },
      { key: 'k' },
    );
    expect([refused.status, refused.problem]).toEqual([422, 'price-unknown']);
    expect(rig.sent('domain-owner-change')).toEqual([]);
    expect((await rig.call('domain-owner-change', owner, { key: 'k' })).status).toBe(202);
  });

  test('that cannot be held against anything for an outage is a 503, and nothing is sent', async () => {
    const rig = await startOrderRig();
    rig.registrar.faults.arm({ kind: 'httpStatus', status: 503, request: 'query-price-list' });
    const input = { ...PRIVACY, maxPrice: '9' };
    expect((await rig.call('domain-privacy-order', input, { key: 'k' })).status).toBe(503);
    expect(rig.sent('domain-privacy-order')).toEqual([]);
  });
});

describe('currentExpiry', () => {
  test('lets nothing be sent where the domain expires on another day', async () => {
    const rig = await startOrderRig();
    const input = { ...RENEW, currentExpiry: '2028-01-29' };
    const answer = await rig.call('domain-renew', input, { key: 'k' });
    expect([answer.status, answer.problem]).toEqual([409, 'expiry-differs']);
    expect(answer.json.detail).toContain(EXPIRES);
    expect(rig.sent('domain-renew')).toEqual([]);
    const right = { ...RENEW, currentExpiry: EXPIRES };
    expect((await rig.call('domain-renew', right, { key: 'k' })).status).toBe(202);
  });

  test('nor where the account has no such domain', async () => {
    const { call } = await startOrderRig();
    const input = { ...RENEW, domain: 'absent.example', currentExpiry: EXPIRES };
    expect((await call('domain-renew', input, { key: 'k' })).problem).toBe('expiry-differs');
  });

  test.each([
    [12, '2030'],
    [24, '2031'],
  ])('makes a year of %d months', async (periodMonths, expyear) => {
    const rig = await startOrderRig();
    const input = { ...RENEW, periodMonths, currentExpiry: EXPIRES };
    await rig.call('domain-renew', input, { key: 'k' });
    const [params] = rig.sent('domain-renew');
    expect([params?.get('expyear'), params?.has('period')]).toEqual([expyear, false]);
    expect(params?.has('currentexpiry')).toBe(false);
  });

  test.each(['2027-12-30', '2027-12-31', '2028-01-01', '2028-01-02'])(
    'leaves the period at New Year, %s',
    async (currentExpiry) => {
      const rig = await startOrderRig();
      const body = `Columns: domain,expiration_date\nStatus-Code: 0\n\nexample.org ${currentExpiry}`;
      const { parseReply } = await import('../../../shared/dmapi/parse-reply.ts');
      const session: typeof rig.elsewhere = {
        ...rig.elsewhere,
        send: async (request, deadline) =>
          request.name === 'query-domain-list'
            ? parseReply(Buffer.from(body))
            : rig.elsewhere.send(request, deadline),
      };
      const { call } = rig.place({ session });
      expect((await call('domain-renew', { ...RENEW, currentExpiry }, { key: 'k' })).status).toBe(
        202,
      );
      const [params] = rig.sent('domain-renew');
      expect([params?.get('period'), params?.has('expyear')]).toEqual(['12', false]);
    },
  );
});
