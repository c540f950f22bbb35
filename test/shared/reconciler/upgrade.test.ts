import { describe, expect, test } from '@jest/globals';
import { type OldLedger, writeOldLedger } from './old-ledger.ts';
import { plantPending, plantSettled } from './planting.ts';
import { DAY_MS, id, inTime, MINUTE_MS, type Rig, startRig } from './reconciling.ts';
import { sessionThrough } from './sessions.ts';

const HISTORY = 120;

/** An account with 120 results of long ago, as version 0.1.0 has left its ledger. */
async function startUpgraded(ledger: OldLedger = {}): Promise<Rig> {
  const rig = await startRig();
  plantSettled(rig, HISTORY);
  const old = Array.from({ length: HISTORY }, (_, n) => [id(n, 'old'), 'ack'] as const);
  await writeOldLedger(rig, {
    ...ledger,
    baseline: { ...Object.fromEntries(old), ...ledger.baseline },
  });
  rig.clock.nowMs += MINUTE_MS;
  return rig;
}

/** What the next run tells, with the number of the transition. */
async function nextRun(rig: Rig): Promise<string[]> {
  const before = rig.details().length;
  rig.clock.nowMs += MINUTE_MS;
  expect(await rig.run()).toMatchObject({ outcome: 'completed', oldestUnpublishedSeconds: 0 });
  return rig
    .details()
    .slice(before)
    .map(
      ({ sequence, previousStatus, result: { svTrId, procId, status } }) =>
        `${svTrId} ${procId} ${sequence} ${previousStatus} ${status}`,
    );
}

describe('a ledger of version 0.1.0', () => {
  test('has nothing told again, in the first run or later', async () => {
    const rig = await startUpgraded({
      open: { p1: 'pending', p2: 'pending' },
      settled: { a1: 'ack', n1: 'nack' },
    });
    plantPending(rig, 'p1');
    plantPending(rig, 'p2', 0);
    rig.registrar.addResult({ svTrId: 'a1' });
    rig.registrar.addResult({ svTrId: 'n1', status: 'nack' });
    for (let n = 0; n < 3; n++) expect(await nextRun(rig)).toEqual([]);
    rig.clock.nowMs += DAY_MS;
    expect(await nextRun(rig)).toEqual([]);
    expect(await rig.run()).toMatchObject({ stillPending: 2, vanished: 0 });
  });

  test('counts as the first transition of each', async () => {
    const rig = await startUpgraded({ open: { p1: 'pending' }, settled: { a1: 'ack' } });
    rig.registrar.addResult({ svTrId: 'p1', procId: '1', status: '?' });
    rig.registrar.addResult({ svTrId: 'a1', procId: '2' });
    rig.registrar.settle('p1', 'nack');
    rig.registrar.settle('a1', 'nack');
    rig.registrar.settle(id(7, 'old'), 'nack');
    rig.clock.nowMs += DAY_MS;
    const told = await nextRun(rig);
    expect(told.map((line) => line.replace(/^(old\d+) \d+/, '$1')).sort()).toEqual([
      'a1 2 2 ack nack',
      `${id(7, 'old')} 2 ack nack`,
      'p1 1 2 pending nack',
    ]);
    rig.registrar.settle('a1', 'ack');
    expect(await nextRun(rig)).toEqual(['a1 2 3 nack ack']);
    expect(await rig.table.query('open/')).toEqual([]);
  });

  test('says of what it could not tell that nothing was told', async () => {
    const rig = await startUpgraded({ open: { n1: 'untold', odd: 'unknown' } });
    rig.registrar.addResult({ svTrId: 'n1', procId: '1' });
    rig.registrar.addResult({ svTrId: 'odd', procId: '2' });
    expect((await nextRun(rig)).sort()).toEqual(['n1 1 1 null ack', 'odd 2 2 unknown ack']);
  });

  test('knows how old a status is that nobody knows', async () => {
    const rig = await startUpgraded({ open: { odd: 'unknown' } });
    rig.registrar.addResult({ svTrId: 'odd', status: 'processing' });
    rig.clock.nowMs += 59 * MINUTE_MS;
    expect(await rig.run()).toMatchObject({ statusUnknown: 1, oldestUnknownSeconds: 3600 });
    rig.clock.nowMs += MINUTE_MS;
    expect(await rig.run()).toMatchObject({ statusUnknown: 1, oldestUnknownSeconds: 3660 });
  });

  test('has a result followed that no list shows, and gives it up like any other', async () => {
    const rig = await startUpgraded({ open: { p1: 'pending', gone: 'pending' } });
    rig.registrar.addResult({ svTrId: 'p1', procId: '1', atMs: rig.clock.nowMs - 10 * DAY_MS });
    expect(await nextRun(rig)).toEqual(['p1 1 2 pending ack']);
    expect(await rig.run()).toMatchObject({ stillPending: 1, vanished: 1 });
    rig.clock.nowMs += 100 * DAY_MS;
    expect(await rig.run()).toMatchObject({ stillPending: 0 });
  });

  test('can have been in the middle of the daily sweep', async () => {
    const rig = await startUpgraded({
      sweep: { offset: 50, anchor: id(20, 'old'), isFirst: false },
    });
    expect(await nextRun(rig)).toEqual([]);
    rig.registrar.addResult({ svTrId: 'n1', procId: '1' });
    expect(await nextRun(rig)).toEqual(['n1 1 1 null ack']);
  });

  test('can have been in the middle of the first sweep', async () => {
    const rig = await startRig();
    plantSettled(rig, HISTORY);
    const swept = Array.from(
      { length: 60 },
      (_, n) => [id(HISTORY - 1 - n, 'old'), 'ack'] as const,
    );
    await writeOldLedger(rig, {
      baseline: Object.fromEntries(swept),
      sweep: { offset: 10, anchor: id(60, 'old'), isFirst: true },
    });
    rig.registrar.addResult({ svTrId: 'n1', procId: '1' });
    expect(await nextRun(rig)).toEqual(['n1 1 1 null ack']);
    for (let n = 0; n < 2; n++) expect(await nextRun(rig)).toEqual([]);
  });

  test('is upgraded by several runs, where one has no time for all of it', async () => {
    const rig = await startUpgraded({ open: { p1: 'pending' }, settled: { a1: 'ack' } });
    plantPending(rig, 'p1');
    rig.registrar.addResult({ svTrId: 'a1', procId: '1' });
    for (let requests = 1; requests < 4; requests++) {
      const session = sessionThrough(rig, (request, nth) => {
        if (nth > requests) throw Object.assign(new Error('dead'), { name: 'Defect' });
        return request;
      });
      rig.clock.nowMs += MINUTE_MS;
      await rig
        .environment({ session })(inTime(`dying-${requests}`))
        .catch(() => {});
    }
    expect(await nextRun(rig)).toEqual([]);
    rig.registrar.settle('a1', 'nack');
    expect(await nextRun(rig)).toEqual(['a1 1 2 ack nack']);
    expect(rig.told()).toEqual(['a1 ack nack']);
  });
});

describe('two results with one svTrId in a ledger of version 0.1.0', () => {
  /** Version 0.1.0 has told both, in turns, and its entry is of the one that it told last. */
  test.each(['ack', 'nack'] as const)('of which it knows %s are told no more', async (last) => {
    const rig = await startUpgraded({ settled: { both: last } });
    rig.registrar.addResult({ svTrId: 'both', procId: '1', status: 'ack' });
    rig.registrar.addResult({ svTrId: 'both', procId: '2', status: 'nack' });
    for (let n = 0; n < 3; n++) expect(await nextRun(rig)).toEqual([]);
    rig.registrar.settle('both', 'ack');
    expect(await nextRun(rig)).toEqual(['both 2 2 nack ack']);
    expect(await nextRun(rig)).toEqual([]);
  });

  test.each(['ack', 'nack'] as const)('of its baseline (%s) are not told', async (last) => {
    const rig = await startUpgraded({ baseline: { both: last } });
    const atMs = rig.clock.nowMs - 90 * MINUTE_MS;
    rig.registrar.addResult({ svTrId: 'both', procId: '1', status: 'ack', atMs });
    rig.registrar.addResult({ svTrId: 'both', procId: '2', status: 'nack', atMs });
    for (let n = 0; n < 3; n++) expect(await nextRun(rig)).toEqual([]);
  });

  test('that are in progress are each followed, and told when they settle', async () => {
    const rig = await startUpgraded({ open: { both: 'pending' } });
    const first = rig.registrar.addResult({ svTrId: 'both', procId: '1', status: '?' });
    rig.registrar.addResult({ svTrId: 'both', procId: '2', status: '?' });
    expect(await nextRun(rig)).toEqual([]);
    expect(await rig.run()).toMatchObject({ stillPending: 2, vanished: 0 });
    Object.assign(first, { status: 'ack' });
    expect(await nextRun(rig)).toEqual(['both 1 2 pending ack']);
    rig.registrar.settle('both', 'nack');
    expect(await nextRun(rig)).toEqual(['both 2 2 pending nack']);
    expect(await rig.run()).toMatchObject({ stillPending: 0 });
  });

  test('of which one has settled meanwhile: both are found', async () => {
    const rig = await startUpgraded({ open: { both: 'pending' } });
    rig.registrar.addResult({ svTrId: 'both', procId: '1', status: 'ack' });
    rig.registrar.addResult({ svTrId: 'both', procId: '2', status: '?' });
    await nextRun(rig);
    rig.registrar.settle('both', 'nack');
    await nextRun(rig);
    const told = rig.details().map(({ result }) => `${result.procId} ${result.status}`);
    expect(told.sort()).toEqual(['1 ack', '2 nack']);
  });

  test('of which one comes after the upgrade: it is new', async () => {
    const rig = await startUpgraded({ settled: { both: 'ack' } });
    rig.registrar.addResult({ svTrId: 'both', procId: '1' });
    expect(await nextRun(rig)).toEqual([]);
    rig.registrar.addResult({ svTrId: 'both', procId: '2' });
    expect(await nextRun(rig)).toEqual(['both 2 1 null ack']);
    rig.registrar.addResult({ svTrId: id(7, 'old'), procId: '3', status: '?' });
    expect(await nextRun(rig)).toEqual([`${id(7, 'old')} 3 1 null pending`]);
  });
});
