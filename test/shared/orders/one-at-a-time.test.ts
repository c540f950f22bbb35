import { describe, expect, test } from '@jest/globals';
import { captureLog } from '../../captured-log.ts';
import { REGISTER, RENEW, startOrderRig } from './ordering.ts';

captureLog();

const MINUTE_MS = 60_000;
const TWICE = { ...REGISTER, allowDuplicate: true };

describe('a second order of the type for the domain', () => {
  test('is refused while the first is open, which it names', async () => {
    const { call, sent } = await startOrderRig();
    const first = await call('domain-register', REGISTER, { key: 'k' });
    const second = await call('domain-register', REGISTER, { key: 'l' });
    expect([second.status, second.problem]).toEqual([409, 'duplicate-order']);
    expect(second.json.svTrId).toBe(first.json.svTrId);
    expect(second.headers).not.toHaveProperty('retry-after');
    expect(sent('domain-register')).toHaveLength(1);
  });

  test('and while it is unknown, which has no name', async () => {
    const { call, registrar, sent, clock } = await startOrderRig();
    registrar.faults.arm({ kind: 'reset', request: 'domain-register', times: 1 });
    await call('domain-register', REGISTER, { key: 'k' });
    for (const ms of [0, 5 * MINUTE_MS, 6 * MINUTE_MS]) {
      clock.nowMs += ms;
      const second = await call('domain-register', REGISTER, { key: 'l' });
      expect([second.problem, second.json.svTrId]).toEqual(['duplicate-order', null]);
    }
    clock.nowMs += MINUTE_MS;
    expect((await call('domain-register', REGISTER, { key: 'l' })).status).toBe(202);
    expect(sent('domain-register')).toHaveLength(2);
    expect((await call('domain-register', REGISTER, { key: 'k' })).problem).toBe('duplicate-order');
    expect(sent('domain-register')).toHaveLength(2);
  });

  test('goes through once the first has settled, which is asked for', async () => {
    const { call, clock, sent } = await startOrderRig();
    const order = { domain: 'example.com', privacy: 'basic' };
    await call('domain-privacy-order', order, { key: 'k' });
    clock.nowMs += 5000;
    expect((await call('domain-privacy-order', order, { key: 'l' })).status).toBe(202);
    expect(sent('domain-privacy-order')).toHaveLength(2);
  });

  test('is not remembered when it is refused', async () => {
    const { call, clock } = await startOrderRig();
    await call('domain-privacy-order', { domain: 'example.com', privacy: 'basic' }, { key: 'k' });
    const other = { domain: 'example.com', privacy: 'pro' };
    expect((await call('domain-privacy-order', other, { key: 'l' })).status).toBe(409);
    expect((await call('order', { key: 'l' })).status).toBe(404);
    clock.nowMs += 5000;
    expect((await call('domain-privacy-order', other, { key: 'l' })).status).toBe(202);
  });

  test.each(['pending', '?', 'processing'])(
    'is refused while one placed elsewhere is listed %s',
    async (status) => {
      const { call, registrar, sent } = await startOrderRig();
      const planted = { requestType: 'domain-renew', requestObject: RENEW.domain, status };
      const { svTrId } = registrar.addResult(planted);
      const refused = await call('domain-renew', RENEW, { key: 'k' });
      expect([refused.problem, refused.json.svTrId]).toEqual(['duplicate-order', svTrId]);
      expect(sent('domain-renew')).toEqual([]);
      const allowed = await call('domain-renew', { ...RENEW, allowDuplicate: true }, { key: 'k' });
      expect(allowed.status).toBe(202);
    },
  );

  test("is refused while a registration on the registrar's pages is open", async () => {
    const { call, registrar } = await startOrderRig();
    const requestType = 'create-example-order';
    registrar.addResult({ requestType, requestObject: REGISTER.domain, status: '?' });
    expect((await call('domain-register', REGISTER, { key: 'k' })).problem).toBe('duplicate-order');
  });

  test.each([
    ['another type', { requestType: 'domain-modify', requestObject: RENEW.domain, status: '?' }],
    ['another domain', { requestType: 'domain-renew', requestObject: 'a.example', status: '?' }],
    ['one that has settled', { requestObject: RENEW.domain, status: 'ack' }],
  ])('is none of %s', async (_, planted) => {
    const { call, registrar } = await startOrderRig();
    registrar.addResult(planted);
    expect((await call('domain-renew', RENEW, { key: 'k' })).status).toBe(202);
  });

  test('nor of another domain whose name begins so', async () => {
    const { call } = await startOrderRig();
    await call('domain-register', { ...TWICE, domain: 'new.example' }, { key: 'k' });
    const domain = 'new.example.com'.replace('.example', '');
    expect((await call('domain-register', { ...REGISTER, domain }, { key: 'l' })).status).toBe(202);
  });
});

describe('with allowDuplicate', () => {
  test('it goes beside the first', async () => {
    const { call, sent } = await startOrderRig();
    await call('domain-register', REGISTER, { key: 'k' });
    const second = await call('domain-register', TWICE, { key: 'l' });
    expect([second.status, second.headers['idempotent-replayed']]).toEqual([202, undefined]);
    expect(sent('domain-register')).toHaveLength(2);
  });

  test.each([0, 9 * MINUTE_MS])(
    'it keeps a third back, listed after %d ms',
    async (listedAfterMs) => {
      const { call, sent } = await startOrderRig({ dialect: { listedAfterMs } });
      await call('domain-register', TWICE, { key: 'k' });
      expect((await call('domain-register', REGISTER, { key: 'l' })).problem).toBe(
        'duplicate-order',
      );
      expect(sent('domain-register')).toHaveLength(1);
    },
  );

  test('it is still sent once for its key', async () => {
    const { call, sent } = await startOrderRig();
    for (let n = 0; n < 3; n++) await call('domain-register', TWICE, { key: 'k' });
    expect(sent('domain-register')).toHaveLength(1);
  });
});

describe('nobody is locked out', () => {
  test('by a caller that died before it sent anything', async () => {
    const rig = await startOrderRig();
    const dead = rig.placeThatDies();
    expect((await dead.call('domain-renew', RENEW, { key: 'k' })).status).toBe(504);
    expect((await rig.call('domain-renew', RENEW, { key: 'k' })).problem).toBe('order-in-progress');
    expect((await rig.call('domain-renew', RENEW, { key: 'l' })).problem).toBe('duplicate-order');
    rig.clock.nowMs += 30_000;
    expect((await rig.call('domain-renew', RENEW, { key: 'l' })).status).toBe(202);
  });

  test('by a slot that has outlived its order, though nothing deletes it', async () => {
    const rig = await startOrderRig();
    await rig.call('domain-renew', RENEW, { key: 'k' });
    rig.clock.nowMs += 101 * 86_400_000;
    expect((await rig.call('domain-renew', RENEW, { key: 'l' })).status).toBe(202);
  });
});
