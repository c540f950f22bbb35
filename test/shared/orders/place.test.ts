import { describe, expect, test } from '@jest/globals';
import { captureLog } from '../../captured-log.ts';
import { until } from '../../time.ts';
import { REGISTER, RENEW, startOrderRig } from './ordering.ts';

captureLog();

const DAY_MS = 86_400_000;

describe('the same request with the same key', () => {
  test('is sent once, and answered again', async () => {
    const { call, sent } = await startOrderRig();
    const first = await call('domain-register', REGISTER, { key: 'k' });
    const again = await call('domain-register', REGISTER, { key: '"k"' });
    expect(first).toMatchObject({ status: 202, json: { status: 'pending' } });
    expect(first.headers).not.toHaveProperty('idempotent-replayed');
    expect(again).toMatchObject({ status: 202, json: first.json });
    expect(again.headers).toEqual({ ...first.headers, 'idempotent-replayed': 'true' });
    expect(sent('domain-register')).toHaveLength(1);
  });

  test('is the same however its domain is written', async () => {
    const { call, sent } = await startOrderRig();
    for (const domain of [
      'neu-bücher.example',
      'NEU-BÜCHER.example.',
      'xn--neu-bcher-u9a.example',
    ]) {
      const { status } = await call('domain-register', { ...REGISTER, domain }, { key: 'k' });
      expect(status).toBe(202);
    }
    expect(sent('domain-register')).toHaveLength(1);
  });

  test('brought up to date once it has settled, its content fetched again', async () => {
    const { call, sent, clock } = await startOrderRig();
    const first = await call('domain-renew', RENEW, { key: 'k' });
    clock.nowMs += 5000;
    for (let n = 0; n < 2; n++) {
      const again = await call('domain-renew', RENEW, { key: 'k' });
      expect([again.status, again.headers['idempotent-replayed']]).toEqual([200, 'true']);
      expect(again.json).toEqual({
        ...first.json,
        status: 'ack',
        objectName: 'example.org',
        fields: expect.any(Object),
        content: expect.any(String),
      });
    }
    expect(sent('domain-renew')).toHaveLength(1);
  });

  test('is told from memory where the registrar cannot be asked', async () => {
    const { call, registrar, clock } = await startOrderRig();
    const first = await call('domain-renew', RENEW, { key: 'k' });
    clock.nowMs += 5000;
    registrar.faults.arm({ kind: 'httpStatus', status: 503, request: 'result-retrieve' });
    const pending = await call('domain-renew', RENEW, { key: 'k' });
    expect([pending.status, pending.json]).toEqual([202, first.json]);
    registrar.faults.clear();
    await call('domain-renew', RENEW, { key: 'k' });
    registrar.faults.arm({ kind: 'html', request: 'result-retrieve' });
    const settled = await call('domain-renew', RENEW, { key: 'k' });
    expect([settled.status, settled.json]).toEqual([
      200,
      { ...first.json, status: 'ack', objectName: null, fields: {}, content: null },
    ]);
  });

  test('waits for a replay as for the first', async () => {
    const { call, sent, clock } = await startOrderRig();
    await call('domain-renew', RENEW, { key: 'k' });
    const headers = { prefer: 'wait=20' };
    const answer = call('domain-renew', RENEW, { key: 'k', headers });
    // It has been asked for once, and was in progress.
    await until(() => sent('result-retrieve').length > 0);
    clock.nowMs += 5000;
    const again = await answer;
    expect([again.status, again.json.status]).toEqual([200, 'ack']);
    expect(again.headers).toMatchObject({
      'idempotent-replayed': 'true',
      'preference-applied': 'wait',
    });
  });

  test('is remembered for 100 days, though nothing deletes what is older', async () => {
    const { call, sent, clock } = await startOrderRig();
    const ask = () => call('domain-renew', RENEW, { key: 'k' });
    await ask();
    clock.nowMs += 99 * DAY_MS;
    expect((await ask()).headers['idempotent-replayed']).toBe('true');
    clock.nowMs += 101 * DAY_MS;
    expect((await ask()).headers).not.toHaveProperty('idempotent-replayed');
    expect(sent('domain-renew')).toHaveLength(2);
  });
});

describe('a key', () => {
  test('belongs to one request', async () => {
    const { call, sent } = await startOrderRig();
    await call('domain-renew', RENEW, { key: 'k' });
    const other = await call('domain-renew', { ...RENEW, periodMonths: 24 }, { key: 'k' });
    expect([other.status, other.problem]).toEqual([422, 'idempotency-key-reused']);
    expect(sent('domain-renew')).toHaveLength(1);
  });

  test('belongs to a principal, whatever the session of a role is called', async () => {
    const { call, sent } = await startOrderRig();
    const as = (caller: string) =>
      call('domain-register', { ...REGISTER, allowDuplicate: true }, { key: 'k', caller });
    await as('AROAONE:task-1');
    const again = await as('AROAONE:task-2');
    expect(again.headers['idempotent-replayed']).toBe('true');
    const another = await as('AROATWO:task-1');
    expect(another.headers).not.toHaveProperty('idempotent-replayed');
    expect(sent('domain-register')).toHaveLength(2);
  });

  test('is another by another route, and looked up by all', async () => {
    const { call } = await startOrderRig();
    await call('domain-renew', RENEW, { key: 'k' });
    const lock = await call('domain-lock', { domain: RENEW.domain }, { key: 'k' });
    expect(lock.headers).not.toHaveProperty('idempotent-replayed');
    const { json } = await call('order', { key: 'k' });
    expect(json.orders.map(({ action }: { action: string }) => action)).toEqual([
      'domain-lock',
      'domain-renew',
    ]);
  });

  test('is no affair of the account beside it', async () => {
    const { place, orders, openOrders, elsewhere } = await startOrderRig();
    await place().call('domain-renew', RENEW, { key: 'k' });
    const other = place({
      openTable: (_, deadline) => openOrders('another', deadline),
      session: { ...elsewhere, account: async () => 'another' },
    });
    expect((await other.call('order', { key: 'k' })).status).toBe(404);
    expect(await orders.query('key/')).toHaveLength(1);
  });
});
