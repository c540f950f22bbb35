import { describe, expect, test } from '@jest/globals';
import { plantPending, plantSettled } from './planting.ts';
import { DAY_MS, id, inTime, MINUTE_MS, type Rig, startRig } from './reconciling.ts';
import { sessionWith, sessionWithRows } from './sessions.ts';

const HOUR_MS = 60 * MINUTE_MS;

/** So many in progress that have been told; from then on the registrar lists them no more. */
async function startVanished(count: number, settled = 60) {
  const rig = await startRig();
  plantSettled(rig, settled);
  for (let n = 0; n < count; n++) plantPending(rig, id(n, 'p'));
  await rig.run();
  const hidden = { are: true };
  const session = sessionWithRows(sessionWith(rig), (rows) =>
    hidden.are ? rows.filter((row) => !/^\S+ p0/.test(row)) : rows,
  );
  const reconcile = rig.environment({ session });
  const run = (afterMs = MINUTE_MS) => {
    rig.clock.nowMs += afterMs;
    return reconcile(inTime('run'));
  };
  return { rig, hidden, run };
}

const lookUps = ({ registrar }: Rig) =>
  registrar.requests.filter(({ params }) => params.has('svtrid')).length;

describe('results in progress that the registrar lists no more', () => {
  test.each([60, 3000])('cost next to nothing, below %i others', async (settled) => {
    const { rig, run } = await startVanished(40, settled);
    const before = rig.registrar.requests.length;
    for (let n = 0; n < 10; n++) {
      expect(await run()).toMatchObject({ outcome: 'completed', vanished: 40, stillPending: 40 });
    }
    expect(rig.registrar.requests.length - before).toBeLessThanOrEqual(60);
    expect(rig.told()).toHaveLength(40);
  });

  test('are asked for at once, after a minute, ten minutes, an hour, and then daily', async () => {
    const { rig, run } = await startVanished(1);
    const startMs = rig.clock.nowMs;
    const asked: number[] = [];
    for (let minute = 1; minute <= 4 * 24 * 60; minute += minute < 120 ? 1 : 30) {
      const before = lookUps(rig);
      await run(startMs + minute * MINUTE_MS - rig.clock.nowMs);
      if (lookUps(rig) > before) asked.push(minute);
    }
    const [first = 0, ...later] = asked;
    expect(first).toBe(1);
    expect(later.slice(0, 3)).toEqual([2, 12, 72]);
    const days = later.slice(3).map((minute, n) => minute - (later[n + 2] ?? 0));
    expect(days).toHaveLength(3);
    for (const minutes of days) expect(Math.abs(minutes - 24 * 60)).toBeLessThanOrEqual(30);
  });

  test('are followed again once they are shown, and asked for at once when they vanish', async () => {
    const { rig, hidden, run } = await startVanished(1);
    for (let n = 0; n < 3; n++) await run();
    hidden.are = false;
    expect(await run()).toMatchObject({ vanished: 0, stillPending: 1, eventsPublished: 0 });
    hidden.are = true;
    const before = lookUps(rig);
    expect(await run()).toMatchObject({ vanished: 1 });
    expect(lookUps(rig)).toBe(before + 1);
    hidden.are = false;
    rig.registrar.settle(id(0, 'p'), 'nack');
    await run();
    expect(rig.told()).toEqual([`${id(0, 'p')} null pending`, `${id(0, 'p')} pending nack`]);
    expect(await run()).toMatchObject({ vanished: 0, stillPending: 0 });
  });

  test('are given up 100 days after they were last found', async () => {
    const { rig, run } = await startVanished(2);
    await run();
    expect(await run(99 * DAY_MS)).toMatchObject({ vanished: 2, stillPending: 2 });
    const before = lookUps(rig);
    expect(await run(DAY_MS)).toMatchObject({ vanished: 0, stillPending: 0 });
    expect(lookUps(rig)).toBe(before);
    expect(await rig.table.query('open/')).toEqual([]);
  });

  test('hold back none that has settled out of sight for longer than a few runs', async () => {
    const { rig, hidden, run } = await startVanished(6, 3000);
    plantPending(rig, 'q1', 10);
    await run();
    expect(rig.told()).toContain('q1 null pending');
    rig.registrar.settle('q1', 'ack');
    for (let n = 0; n < 3; n++) await run();
    expect(rig.told()).toContain('q1 pending ack');
    expect(hidden.are).toBe(true);
  });

  test('are asked for also after the clock was a year ahead', async () => {
    const { rig, run } = await startVanished(1);
    rig.clock.nowMs += 365 * DAY_MS;
    await run();
    rig.clock.nowMs -= 365 * DAY_MS;
    const before = lookUps(rig);
    await run();
    expect(lookUps(rig)).toBe(before + 1);
  });
});

test('a result that could not be told and has vanished since does not fail every run', async () => {
  const { rig, run } = await startVanished(0);
  rig.registrar.addResult({ svTrId: 'p0-untold' });
  const session = sessionWith(rig);
  const refusing = rig.environment({ session, publish: async (events) => events });
  rig.clock.nowMs += MINUTE_MS;
  expect(await refusing(inTime('refusing'))).toMatchObject({ outcome: 'failed' });
  await run();
  expect(await run(HOUR_MS)).toMatchObject({ outcome: 'completed', oldestUnpublishedSeconds: 0 });
});
