import { describe, expect, test } from '@jest/globals';
import { captureLog } from '../../captured-log.ts';
import { REGISTER, RENEW, startOrderRig } from '../orders/ordering.ts';

captureLog();

const FIELD = 'Idempotency-Key';

describe('an order', () => {
  test('needs a key, and nothing is sent without one', async () => {
    const { call, registrar } = await startOrderRig();
    const { status, json } = await call('domain-register', REGISTER);
    expect([status, json.field]).toEqual([400, FIELD]);
    expect(registrar.requests).toEqual([]);
  });

  test('needs one as a change of the owner too, which can cost', async () => {
    const { call } = await startOrderRig();
    const { status, json } = await call('domain-owner-change', {
      domain: 'example.org',
      name: 'Erika Mustermann',
      email: 'erika@example.com',
      address1: 'Heidestr. 17',
      city: 'Koeln',
      postalCode: '51147',
      country: 'DE',
      phone: '+49.221123456',
    });
    expect([status, json.field]).toEqual([400, FIELD]);
  });

  test.each(['', '""', 'x'.repeat(256), 'two words', 'a\u0007b', '"open'])(
    'is refused with one that is none: %j',
    async (key) => {
      const { call, registrar } = await startOrderRig();
      const { status, json } = await call('domain-renew', RENEW, { key });
      expect([status, json.field, json.detail.includes(key || '"')]).toEqual([400, FIELD, false]);
      expect(registrar.requests).toEqual([]);
    },
  );

  test.each([
    { multiValueHeaders: { 'Idempotency-Key': ['a', 'a'] } },
    { multiValueHeaders: { 'Idempotency-Key': ['a'], 'idempotency-key': ['b'] } },
    { headers: { 'Idempotency-Key': 'a', 'IDEMPOTENCY-KEY': 'a' } },
  ])('is refused with two: %j', async (event) => {
    const { call, registrar } = await startOrderRig();
    const { status, json } = await call('domain-renew', RENEW, { event });
    expect([status, json.field]).toEqual([400, FIELD]);
    expect(registrar.requests).toEqual([]);
  });

  test('takes the header in any case', async () => {
    const { call, sent } = await startOrderRig();
    for (const name of ['idempotency-key', 'IDEMPOTENCY-KEY']) {
      const { status } = await call('domain-renew', RENEW, { headers: { [name]: 'k' } });
      expect(status).toBe(202);
    }
    expect(sent('domain-renew')).toHaveLength(1);
  });
});

describe('another change that is queued', () => {
  const LOCK = { domain: 'example.org' };

  test('needs none', async () => {
    const { call, sent } = await startOrderRig();
    for (let n = 0; n < 2; n++) expect((await call('domain-lock', LOCK)).status).toBe(202);
    expect(sent('domain-lock')).toHaveLength(2);
  });

  test('is sent once with one', async () => {
    const { call, sent } = await startOrderRig();
    const first = await call('domain-lock', LOCK, { key: 'k' });
    const again = await call('domain-lock', LOCK, { key: 'k' });
    expect([first.status, again.status]).toEqual([202, 202]);
    expect(again.json).toEqual(first.json);
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect(sent('domain-lock')).toHaveLength(1);
  });

  test('is refused with one that is none', async () => {
    const { call, registrar } = await startOrderRig();
    const { status, json } = await call('domain-lock', LOCK, { key: '' });
    expect([status, json.field, registrar.requests]).toEqual([400, FIELD, []]);
  });

  test('stands beside others of its kind', async () => {
    const { call, sent } = await startOrderRig();
    const answers = [
      await call('domain-lock', LOCK, { key: 'k' }),
      await call('domain-lock', LOCK, { key: 'l' }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([202, 202]);
    expect(sent('domain-lock')).toHaveLength(2);
  });
});
