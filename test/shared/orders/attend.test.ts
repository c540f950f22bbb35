import { describe, expect, test } from '@jest/globals';
import { captureLog } from '../../captured-log.ts';
import { REGISTER, RENEW, startOrderRig } from './ordering.ts';

captureLog();

const MINUTE_MS = 60_000;

const lose = (rig: Awaited<ReturnType<typeof startOrderRig>>, request = 'domain-renew') =>
  rig.registrar.faults.arm({ kind: 'reset', request, times: 1 });

describe('what is open', () => {
  test('is counted, the youngest with its age', async () => {
    const rig = await startOrderRig();
    await rig.call('domain-register', REGISTER, { key: 'k' });
    rig.clock.nowMs += 1000;
    lose(rig);
    await rig.call('domain-renew', RENEW, { key: 'l' });
    await rig.call('domain-lock', { domain: 'example.org' });
    rig.clock.nowMs += 1000;
    expect(await rig.attend({ looks: false })).toEqual({
      inProgress: 0,
      pending: 2,
      unknown: 1,
      oldestUnknownSeconds: 1,
      settledAfterSeconds: [],
      toldAfterSeconds: [],
      youngestSinceMs: rig.clock.nowMs - 1000,
    });
  });

  test('is over once it has been told to have settled, and then recorded', async () => {
    const rig = await startOrderRig();
    await rig.call('domain-register', REGISTER, { key: 'k' });
    await rig.call('domain-lock', { domain: 'example.org' });
    rig.clock.nowMs += 5000;
    await rig.run();
    expect(await rig.attend()).toMatchObject({
      pending: 0,
      settledAfterSeconds: [5, 5],
      youngestSinceMs: undefined,
    });
    expect(await rig.orders.query('open/')).toEqual([]);
    expect((await rig.call('order', { key: 'k' })).json.orders[0].state).toBe('ack');
  });

  test('is looked for only where it is asked to', async () => {
    const rig = await startOrderRig();
    lose(rig);
    await rig.call('domain-renew', RENEW, { key: 'k' });
    rig.clock.nowMs += 31_000;
    const asked = rig.registrar.requests.length;
    await rig.attend({ looks: false });
    expect(rig.registrar.requests).toHaveLength(asked);
    await rig.attend();
    expect(rig.registrar.requests.length).toBeGreaterThan(asked);
  });
});

describe('nothing is kept back for ever', () => {
  test('by a caller that has died', async () => {
    const rig = await startOrderRig();
    await rig.placeThatDies().call('domain-renew', RENEW, { key: 'k' });
    expect(await rig.attend()).toMatchObject({ inProgress: 1 });
    rig.clock.nowMs += 30_000;
    expect(await rig.attend()).toMatchObject({ inProgress: 0, youngestSinceMs: undefined });
    expect(await rig.orders.query('open/')).toEqual([]);
    expect((await rig.call('order', { key: 'k' })).status).toBe(404);
  });

  test('by an order that nobody can tell of, after an hour without anything open', async () => {
    const rig = await startOrderRig({ settleAfterMs: 90 * MINUTE_MS });
    lose(rig);
    await rig.call('domain-renew', RENEW, { key: 'k' });
    const row = { requestObject: RENEW.domain, clTrId: 'theirs', status: '?' };
    const { svTrId } = rig.registrar.addResult({ ...row, requestType: 'domain-modify' });
    rig.clock.nowMs += 61 * MINUTE_MS;
    expect(await rig.attend()).toMatchObject({ unknown: 1, oldestUnknownSeconds: 3660 });
    expect((await rig.call('domain-renew', RENEW, { key: 'l' })).problem).toBe('duplicate-order');
    rig.registrar.settle(svTrId, 'ack');
    expect(await rig.attend()).toMatchObject({ unknown: 0 });
    expect((await rig.call('domain-renew', RENEW, { key: 'l' })).status).toBe(202);
    expect((await rig.call('domain-renew', RENEW, { key: 'k' })).problem).toBe('order-unknown');
  });

  test('by one without an id, whose row speaks for it', async () => {
    const rig = await startOrderRig();
    const nameless: typeof rig.elsewhere = {
      ...rig.elsewhere,
      async send(request, deadline) {
        const reply = await rig.elsewhere.send(request, deadline);
        return request.name === 'domain-renew' ? { ...reply, headers: new Map() } : reply;
      },
    };
    const { call } = rig.place({ session: nameless });
    const { json } = await call('domain-renew', RENEW, { key: 'k' });
    expect([json.svTrId, json.procId]).toEqual([null, null]);
    await rig.attend();
    expect(await rig.orders.query('open/')).toEqual([]);
    expect((await rig.call('domain-renew', RENEW, { key: 'l' })).problem).toBe('duplicate-order');
  });

  test('by one that cannot be looked for: the others have their turn', async () => {
    const rig = await startOrderRig();
    lose(rig, 'domain-register');
    await rig.call('domain-register', REGISTER, { key: 'k' });
    await rig.call('domain-renew', RENEW, { key: 'l' });
    rig.clock.nowMs += 5000;
    await rig.run();
    rig.registrar.faults.arm({ kind: 'html', request: 'result-list' });
    expect(await rig.attend()).toMatchObject({ unknown: 1, pending: 0 });
    expect(await rig.orders.query('open/domain-renew')).toEqual([]);
  });
});

test('what takes too long to be told by the ledger is not young any more', async () => {
  const rig = await startOrderRig({ settleAfterMs: 60 * MINUTE_MS });
  await rig.call('domain-lock', { domain: 'example.org' });
  await rig.call('domain-renew', RENEW, { key: 'k' });
  rig.clock.nowMs += 11 * MINUTE_MS;
  await rig.run();
  expect(await rig.attend()).toMatchObject({
    pending: 1,
    youngestSinceMs: rig.clock.nowMs - 11 * MINUTE_MS,
  });
});
