import { describe, expect, test } from '@jest/globals';
import type { Order } from '../../../shared/orders/order.ts';
import { openOrderBook } from '../../../shared/orders/order-book.ts';
import { captureLog } from '../../captured-log.ts';
import { RENEW, startOrderRig } from './ordering.ts';

captureLog();

const ORDER: Order = {
  state: 'claimed',
  action: 'domain-renew',
  fingerprint: 'f',
  claim: 'c1',
  claimedUntilMs: 0,
  requestObject: 'a.example',
  clTrId: null,
  slot: 'open/domain-renew/a.example',
  sentAtMs: null,
  before: null,
  hasRival: false,
  missingSinceMs: null,
  svTrId: null,
  procId: null,
  status: null,
  matchedBy: null,
  refusal: null,
};
const SLOT = {
  name: ORDER.slot,
  holder: 'key/k/r',
  claim: 'c1',
  svTrId: null,
  procId: null,
  sinceMs: 1,
};

async function open() {
  const rig = await startOrderRig({ maxAttempts: 3 });
  return { ...rig, book: openOrderBook(rig.orders, () => rig.clock.nowMs) };
}

describe('of two who act on the same state', () => {
  test('one is told that it is no longer so', async () => {
    const { book } = await open();
    const added = await Promise.all(
      ['c1', 'c2'].map((claim) => book.add('key/k/r', { ...ORDER, claim })),
    );
    expect(added.filter(Boolean)).toHaveLength(1);
    const entry = await book.find('key/k/r');
    if (!entry) throw new Error('It was added.');
    const changed = await Promise.all([
      book.change(entry, { claim: 'c3' }),
      book.change(entry, { claim: 'c4' }),
    ]);
    expect(changed.filter(Boolean)).toHaveLength(1);
    expect(await book.remove(entry)).toBe(false);
  });

  test('one has the slot, and gives it back itself', async () => {
    const { book } = await open();
    expect(await book.take(SLOT)).toBe(true);
    const other = { ...SLOT, claim: 'c2' };
    expect(await book.take(other)).toBe(false);
    await book.free(other);
    expect(await book.slot(SLOT.name)).toEqual(SLOT);
    expect(await book.take(other, SLOT)).toBe(true);
    await book.free(SLOT);
    expect(await book.slot(SLOT.name)).toEqual(other);
  });

  test("a row is one claim's", async () => {
    const { book } = await open();
    const row = { svTrId: 'aa/1', procId: '7' };
    expect(await book.own(row, 'c1')).toBe(true);
    expect(await book.own(row, 'c1')).toBe(true);
    expect(await book.own(row, 'c2')).toBe(false);
    expect(await book.others(['aa%2F1/7', 'bb/8'], 'c2')).toEqual(new Set(['aa%2F1/7']));
    expect(await book.others(['aa%2F1/7'], 'c1')).toEqual(new Set());
  });
});

test("a write whose answer was lost has been done, and is not taken for another's", async () => {
  const { dynamoDb, orders, clock } = await startOrderRig();
  // The SDK would try again: so does this.
  const put: typeof orders.put = async (...args) => {
    await orders.put(...args);
    return await orders.put(...args);
  };
  const retrying = openOrderBook({ ...orders, put }, () => clock.nowMs);
  const entry = await retrying.add('key/k/r', ORDER);
  expect(entry?.version).toBe(1);
  const changed = entry && (await retrying.change(entry, { state: 'sent', sentAtMs: 5 }));
  expect(changed?.version).toBe(2);
  expect(dynamoDb.calls.get('PutItem')).toBe(4);
});

test("the SDK's own repetition of a lost answer leaves one order", async () => {
  const rig = await startOrderRig({ maxAttempts: 3 });
  let puts = 0;
  rig.dynamoDb.intercept((operation) =>
    operation === 'PutItem' && ++puts % 2 ? 'after' : undefined,
  );
  const { call } = rig.place();
  expect((await call('domain-renew', RENEW, { key: 'k' })).status).toBe(202);
  rig.dynamoDb.intercept(undefined);
  expect((await call('domain-renew', RENEW, { key: 'k' })).headers['idempotent-replayed']).toBe(
    'true',
  );
  expect(rig.sent('domain-renew')).toHaveLength(1);
});

test('what has outlived its time is not there, though nothing has deleted it', async () => {
  const { book, clock } = await open();
  await book.add('key/k/r', ORDER);
  await book.take(SLOT);
  clock.nowMs += 100 * 86_400_000 + 1000;
  expect(await book.find('key/k/r')).toBeUndefined();
  expect(await book.withKey('k')).toEqual([]);
  expect(await book.take({ ...SLOT, claim: 'c2' })).toBe(true);
  expect((await book.add('key/k/r', { ...ORDER, claim: 'c2' }))?.order.claim).toBe('c2');
});
