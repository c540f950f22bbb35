import { describe, expect, test } from '@jest/globals';
import type { PlantedResult } from '../../../infra/local/registrar/results/planted-result.ts';
import { captureLog } from '../../captured-log.ts';
import { farAway } from '../../time.ts';
import { REGISTER, RENEW, startOrderRig } from './ordering.ts';

captureLog();

const MINUTE_MS = 60_000;

/** A renewal that did not arrive, and what the registrar lists besides. */
async function lost(planted: readonly PlantedResult[]) {
  const rig = await startOrderRig();
  rig.registrar.faults.arm({ kind: 'reset', request: 'domain-renew', times: 1 });
  await rig.call('domain-renew', RENEW, { key: 'k' });
  for (const row of planted) rig.registrar.addResult({ requestObject: RENEW.domain, ...row });
  const again = () => rig.call('domain-renew', RENEW, { key: 'k' });
  return { ...rig, again };
}

describe('a row of somebody else is never taken for ours', () => {
  test.each<[string, readonly PlantedResult[]]>([
    ['one with another clTrId', [{ clTrId: 'theirs', status: '?' }]],
    ['one of another type', [{ requestType: 'domain-modify' }]],
    ['two of our type', [{ svTrId: 'aa01' }, { svTrId: 'aa02' }]],
    ['one that cannot be read', [{ requestType: '' }]],
    ['ours, perhaps, beside one that cannot be read', [{}, { requestType: '' }]],
    ['one of our type beside another', [{}, { requestType: 'domain-lock' }]],
  ])('%s keeps it unknown, however long', async (_, planted) => {
    const { again, clock, attend, sent } = await lost(planted);
    for (const ms of [1000, 11 * MINUTE_MS, 2 * MINUTE_MS, 60 * MINUTE_MS, 600 * MINUTE_MS]) {
      clock.nowMs += ms;
      await attend();
      expect((await again()).problem).toBe('order-unknown');
    }
    expect(sent('domain-renew')).toHaveLength(1);
  });

  test('nor is its effect', async () => {
    const { again, clock, attend, elsewhere } = await lost([]);
    const params = { domain: RENEW.domain, period: '12', cltrid: 'theirs' };
    const request = { name: 'domain-renew', access: 'cost', params } as const;
    await elsewhere.send(request, farAway());
    clock.nowMs += MINUTE_MS;
    await attend();
    expect((await again()).problem).toBe('order-unknown');
  });

  test('what was there before is none of it', async () => {
    const rig = await startOrderRig();
    rig.registrar.addResult({ requestObject: RENEW.domain });
    rig.registrar.faults.arm({ kind: 'reset', request: 'domain-renew', times: 1 });
    const ask = () => rig.call('domain-renew', RENEW, { key: 'k' });
    await ask();
    for (const ms of [11 * MINUTE_MS, MINUTE_MS]) {
      rig.clock.nowMs += ms;
      await ask();
    }
    expect(rig.sent('domain-renew')).toHaveLength(2);
  });

  test('one that went away again leaves the two looks to be taken anew', async () => {
    const { again, clock, registrar, sent } = await lost([]);
    clock.nowMs += 11 * MINUTE_MS;
    await again();
    const row = registrar.addResult({ requestObject: RENEW.domain, clTrId: 'theirs' });
    clock.nowMs += MINUTE_MS;
    await again();
    Object.assign(row, { requestObject: 'away.example' });
    await again();
    expect(sent('domain-renew')).toHaveLength(1);
    clock.nowMs += MINUTE_MS;
    await again();
    expect(sent('domain-renew')).toHaveLength(2);
  });

  test('of an object with more rows than a page all are looked at', async () => {
    const options = { dialect: { order: 'oldest-first' } } as const;
    const rig = await startOrderRig(options);
    for (let n = 0; n < 1000; n++) rig.registrar.addResult({ requestObject: RENEW.domain });
    rig.registrar.faults.arm({ kind: 'noStatus', request: 'domain-renew', times: 1 });
    await rig.call('domain-renew', RENEW, { key: 'k' });
    expect((await rig.call('domain-renew', RENEW, { key: 'k' })).status).toBe(202);
  });
});

describe('a row of another order of ours is not taken either', () => {
  const PRIVACY = { domain: 'example.com', privacy: 'basic', expiryYear: 2027 };
  const ask = (rig: Awaited<ReturnType<typeof startOrderRig>>, key: string, more = {}) =>
    rig.call('domain-privacy-order', { ...PRIVACY, ...more }, { key });

  test('of one before, that is listed late', async () => {
    const rig = await startOrderRig({ dialect: { listedAfterMs: 9 * MINUTE_MS } });
    const first = await ask(rig, 'k');
    rig.clock.nowMs += 10_000;
    expect((await ask(rig, 'k')).status).toBe(200);
    rig.registrar.faults.arm({ kind: 'reset', request: 'domain-privacy-order', times: 1 });
    expect((await ask(rig, 'l')).status).toBe(503);
    rig.clock.nowMs += 10 * MINUTE_MS;
    const told = await ask(rig, 'l');
    expect([told.problem, told.json.svTrId]).toEqual(['order-unknown', undefined]);
    expect((await ask(rig, 'k')).json.svTrId).toBe(first.json.svTrId);
  });

  test('of one that was allowed beside it', async () => {
    const rig = await startOrderRig();
    rig.registrar.faults.arm({ kind: 'reset', request: 'domain-privacy-order', times: 1 });
    await ask(rig, 'k');
    const second = await ask(rig, 'l', { allowDuplicate: true });
    expect(second.status).toBe(202);
    expect((await ask(rig, 'k')).problem).toBe('order-unknown');
  });

  test('nor its effect', async () => {
    const rig = await startOrderRig({ dialect: { listedAfterMs: 9 * MINUTE_MS } });
    await rig.call('domain-renew', RENEW, { key: 'k' });
    rig.registrar.faults.arm({ kind: 'reset', request: 'domain-renew', times: 1 });
    await rig.call('domain-renew', { ...RENEW, allowDuplicate: true }, { key: 'l' });
    rig.clock.nowMs += MINUTE_MS;
    const told = await rig.call('domain-renew', { ...RENEW, allowDuplicate: true }, { key: 'l' });
    expect(told.problem).toBe('order-unknown');
  });

  test('a clTrId that the caller uses twice stands for two orders', async () => {
    const rig = await startOrderRig();
    rig.registrar.faults.arm({ kind: 'reset', request: 'domain-register', times: 1 });
    const input = { ...REGISTER, clTrId: 'mine', allowDuplicate: true };
    await rig.call('domain-register', input, { key: 'k' });
    const other = await rig.call('domain-register', input, { key: 'l' });
    expect([other.status, other.json.clTrId]).toEqual([202, 'mine']);
    expect((await rig.call('domain-register', input, { key: 'k' })).problem).toBe('order-unknown');
  });
});
