import { describe, expect, test } from '@jest/globals';
import type { Result } from '../../../shared/dmapi/result.ts';
import { openBaseline, type SettledResult } from '../../../shared/reconciler/baseline.ts';
import { keyOf } from '../../../shared/reconciler/identity.ts';
import { LeaseLostError } from '../../../shared/reconciler/lease.ts';
import { openLedger } from '../../../shared/reconciler/ledger.ts';
import type { Known } from '../../../shared/reconciler/ledger-entry.ts';
import { plantSettled } from './planting.ts';
import { DAY_MS, id, inTime, MINUTE_MS, type Rig, startRig } from './reconciling.ts';
import { sessionWith } from './sessions.ts';

function resultOf<Status extends Result['status']>(svTrId: string, status: Status) {
  return {
    timestamp: '2026-11-01T11:59:58',
    svTrId,
    procId: '1',
    requestType: 'domain-renew',
    requestObject: 'example.com',
    status,
    clTrId: null,
  } as const;
}

function baselineOf({ table, clock }: Rig, fence = 1) {
  const now = () => clock.nowMs;
  return openBaseline(table, { fence, now, remembered: undefined, remember: () => {} });
}

function ledgerOf(rig: Rig, fence = 1, isYoung = false) {
  const now = () => rig.clock.nowMs;
  return openLedger(rig.table, {
    fence,
    now,
    isYoung,
    readsOld: false,
    baseline: baselineOf(rig, fence),
  });
}

/** The key of a result that `resultOf` makes. */
const key = (n: number, kind: string) => keyOf(resultOf(id(n, kind), 'ack'));

function statuses(known: ReadonlyMap<string, Known>): string[] {
  return Array.from(known, ([of, { status, sequence }]) => `${of} ${status} ${sequence}`).sort();
}

/** In how many days from now an item may go. */
async function daysLeft({ table, clock }: Rig, entry: string): Promise<number> {
  const { expiresAt } = (await table.get(entry)) ?? {};
  return (Number(expiresAt?.N) * 1000 - clock.nowMs) / DAY_MS;
}

describe('what is kept', () => {
  test('of a settled result goes after 100 days, of one that is followed after 400', async () => {
    const rig = await startRig();
    plantSettled(rig, 60);
    await rig.run();
    rig.registrar.addResult({ svTrId: 'n1', procId: '1' });
    rig.registrar.addResult({ svTrId: 'p1', procId: '2', status: '?' });
    await rig.run();
    expect(await daysLeft(rig, 'settled/n1/1')).toBe(100);
    expect(await daysLeft(rig, 'open/p1/2')).toBe(400);
    expect(await daysLeft(rig, 'baseline/1/0')).toBe(100);
  });

  test('counts anew from each change', async () => {
    const rig = await startRig();
    const ledger = await ledgerOf(rig);
    await ledger.recordSettled(resultOf('a', 'ack'), 'ack', 1);
    rig.clock.nowMs += 50 * DAY_MS;
    await ledger.recordSettled(resultOf('a', 'nack'), 'nack', 1);
    expect(await daysLeft(rig, 'settled/a/1')).toBe(100);
  });

  test('goes at a whole second, as DynamoDB wants it', async () => {
    const rig = await startRig();
    rig.clock.nowMs += 1;
    await (await ledgerOf(rig)).recordOpen(resultOf('a', 'pending'), 'pending', 1);
    expect((await rig.table.get('open/a/1'))?.expiresAt?.N).toMatch(/^\d{10}$/);
    expect(await daysLeft(rig, 'open/a/1')).toBeGreaterThanOrEqual(400);
  });
});

describe.each([true, false])('the ledger (young: %j)', (isYoung) => {
  test('knows what was recorded, in this run and in earlier ones', async () => {
    const rig = await startRig();
    const before = await ledgerOf(rig);
    await before.recordOpen(resultOf('p', 'pending'), 'pending', 1);
    await before.recordSettled(resultOf('a', 'ack'), 'ack', 1);
    const ledger = await ledgerOf(rig, 2, isYoung);
    await ledger.recordSettled(resultOf('n', 'nack'), 'nack', 1);
    const asked = ['p', 'a', 'n', 'new'].map((svTrId) => resultOf(svTrId, 'unknown'));
    expect(statuses(await ledger.known(asked))).toEqual([
      'a/1 ack 1',
      'n/1 nack 1',
      'p/1 pending 1',
    ]);
  });

  test('takes a result for settled that a crash has left in both places', async () => {
    const rig = await startRig();
    const before = await ledgerOf(rig);
    await before.recordSettled(resultOf('both', 'ack'), 'ack', 1);
    await before.recordOpen(resultOf('both', 'pending'), 'pending', 1);
    const ledger = await ledgerOf(rig, 2, isYoung);
    expect(statuses(await ledger.known([resultOf('both', 'ack')]))).toEqual(['both/1 ack 1']);
    expect([...(await ledger.settled(['both/1', 'other/1']))]).toEqual(['both/1']);
  });
});

test('results that stand in a list twice are asked for once', async () => {
  const rig = await startRig();
  const ledger = await ledgerOf(rig);
  await ledger.recordSettled(resultOf('a', 'ack'), 'ack', 1);
  const twice = [resultOf('a', 'nack'), resultOf('a', 'nack')];
  expect(statuses(await ledger.known(twice))).toEqual(['a/1 ack 1']);
});

test('what settles is not followed any more', async () => {
  const rig = await startRig();
  const ledger = await ledgerOf(rig);
  await ledger.recordOpen(resultOf('p', 'pending'), 'pending', 1);
  expect(statuses(ledger.open)).toEqual(['p/1 pending 1']);
  await ledger.recordSettled(resultOf('p', 'ack'), 'ack', 1);
  expect([...ledger.open]).toEqual([]);
  expect([...(await ledgerOf(rig)).open]).toEqual([]);
});

describe('a run that another has overtaken', () => {
  test('replaces nothing that the other has written', async () => {
    const rig = await startRig();
    const [old, next] = [await ledgerOf(rig, 1), await ledgerOf(rig, 2)];
    await next.recordSettled(resultOf('s', 'nack'), 'nack', 1);
    await next.recordOpen(resultOf('o', 'unknown'), 'unknown', 1);
    const writes = [
      () => old.recordSettled(resultOf('s', 'ack'), 'ack', 1),
      () => old.recordOpen(resultOf('o', 'pending'), 'pending', 1),
      () => old.close('o/1'),
    ];
    for (const write of writes) await expect(write()).rejects.toThrow(LeaseLostError);
    expect(await rig.table.get('settled/s/1')).toMatchObject({ status: { S: 'nack' } });
    expect(await rig.table.get('open/o/1')).toMatchObject({ status: { S: 'unknown' } });
  });

  test('is overtaken, not overtaking', async () => {
    const rig = await startRig();
    const [old, next] = [await ledgerOf(rig, 1), await ledgerOf(rig, 2)];
    await old.recordSettled(resultOf('s', 'ack'), 'ack', 1);
    await old.recordOpen(resultOf('o', 'pending'), 'pending', 1);
    await next.recordSettled(resultOf('s', 'nack'), 'nack', 1);
    await next.close('o/1');
    expect(await rig.table.get('settled/s/1')).toMatchObject({ status: { S: 'nack' } });
    expect(await rig.table.get('open/o/1')).toBeUndefined();
  });
});

describe('the baseline', () => {
  const results = (count: number, status: SettledResult['status'], kind: string) =>
    Array.from({ length: count }, (_, n) => resultOf(id(n, kind), status));

  test('knows the status of everything that several pages have brought', async () => {
    const rig = await startRig();
    const baseline = baselineOf(rig);
    expect(await baseline.isEmpty()).toBe(true);
    await baseline.add([...results(600, 'ack', 'a'), ...results(400, 'nack', 'b')], 0);
    await baseline.add(results(10, 'nack', 'c'), 950);
    for (const reader of [baseline, baselineOf(rig, 2)]) {
      expect(await reader.isEmpty()).toBe(false);
      expect(await reader.statusOf(key(599, 'a'))).toBe('ack');
      expect(await reader.statusOf(key(399, 'b'))).toBe('nack');
      expect(await reader.statusOf(key(9, 'c'))).toBe('nack');
      expect(await reader.statusOf(key(10, 'c'))).toBeUndefined();
    }
    expect(await rig.table.query('baseline/')).toHaveLength(2);
  });

  test('keeps what two runs have found on the same page', async () => {
    const rig = await startRig();
    await baselineOf(rig, 1).add(results(1, 'ack', 'a'), 0);
    await baselineOf(rig, 2).add(results(1, 'nack', 'b'), 0);
    const baseline = baselineOf(rig, 3);
    expect(await baseline.statusOf(key(0, 'a'))).toBe('ack');
    expect(await baseline.statusOf(key(0, 'b'))).toBe('nack');
  });

  test('of a large account fits into few items', async () => {
    const rig = await startRig();
    plantSettled(rig, 2500);
    await rig.run();
    const items = await rig.table.query('baseline/');
    expect(items.length).toBeLessThanOrEqual(3);
    const bytes = items.map(({ ack }) => ack?.B?.length ?? 0);
    expect(bytes.reduce((sum, length) => sum + length, 0)).toBe(2500 * 12);
    expect(await rig.table.query('settled/')).toEqual([]);
  });
});

describe('what an execution environment remembers of the baseline', () => {
  /** An environment whose session is of the account in `as`, and the accounts whose baseline it read. */
  function watchReads(rig: Rig) {
    const reads: string[] = [];
    const as = { account: '1000001' };
    const run = rig.environment({
      session: { ...sessionWith(rig), account: async () => as.account },
      openTable: (account, deadline) => {
        const table = rig.openTable(account, deadline);
        return {
          ...table,
          query: async (prefix) => {
            if (prefix === 'baseline/') reads.push(account);
            return table.query(prefix);
          },
        };
      },
    });
    async function readsOfRun(account: string) {
      as.account = account;
      reads.length = 0;
      rig.clock.nowMs += MINUTE_MS;
      expect(await run(inTime('run'))).toMatchObject({ outcome: 'completed', account });
      return [...reads];
    }
    return readsOfRun;
  }

  test('it reads once more when it is complete, and then no more', async () => {
    const rig = await startRig();
    plantSettled(rig, 60);
    const readsOfRun = watchReads(rig);
    expect(await readsOfRun('1000001')).toEqual(['1000001']);
    expect(await readsOfRun('1000001')).toEqual(['1000001']);
    expect(await readsOfRun('1000001')).toEqual([]);
    expect(await readsOfRun('1000001')).toEqual([]);
    expect(rig.told()).toEqual([]);
  });

  test('is of one account only', async () => {
    const rig = await startRig();
    plantSettled(rig, 60);
    const readsOfRun = watchReads(rig);
    for (let n = 0; n < 3; n++) await readsOfRun('1000001');
    rig.registrar.addResult({ svTrId: 'n1' });
    expect(await readsOfRun('2000002')).toEqual(['2000002']);
    expect(await readsOfRun('2000002')).toEqual(['2000002']);
    expect(await readsOfRun('2000002')).toEqual([]);
    expect(await readsOfRun('1000001')).toEqual(['1000001']);
    expect(rig.details().map(({ account }) => account)).toEqual(['1000001']);
  });
});
