import { describe, expect, test } from '@jest/globals';
import type { Dialect } from '../../../infra/local/registrar/dialect.ts';
import { plantPending, plantSettled } from './planting.ts';
import { DAY_MS, id, inTime, MINUTE_MS, type Rig, startRig } from './reconciling.ts';
import { sessionThrough, withParams } from './sessions.ts';

describe.each<[string, Partial<Dialect>]>([
  ['oldest first', { order: 'oldest-first' }],
  ['with times of 14 digits', { timestamps: 'compact' }],
  ['parted by tabs', { separator: 'tab' }],
  ['with named columns', { columns: true, separator: 'tab' }],
  ['with the count of all rows', { rowCount: 'total' }],
  ['with the sign ?', { pendingWord: '?' }],
  [
    'oldest first, with all else that may differ',
    {
      order: 'oldest-first',
      timestamps: 'compact',
      columns: true,
      separator: 'tab',
      rowCount: 'total',
      pendingWord: 'pending',
      refusalHttpStatus: 400,
    },
  ],
])('a list %s', (_, dialect) => {
  test('is told from as any other', async () => {
    const rig = await startRig({ dialect });
    plantSettled(rig, 300);
    plantPending(rig, 'p1');
    plantPending(rig, 'p2');
    expect(await rig.run()).toMatchObject({ outcome: 'completed', eventsPublished: 2 });
    expect(rig.told().sort()).toEqual(['p1 null pending', 'p2 null pending']);

    rig.clock.nowMs += MINUTE_MS;
    rig.registrar.addResult({ svTrId: 'n1', atMs: rig.clock.nowMs - 2000 });
    rig.registrar.addResult({ svTrId: 'n2', status: 'nack', atMs: rig.clock.nowMs - 1000 });
    rig.registrar.settle('p1', 'ack');
    expect(await rig.run()).toMatchObject({ outcome: 'completed', stillPending: 1 });
    expect(rig.told().slice(2).sort()).toEqual(['n1 null ack', 'n2 null nack', 'p1 pending ack']);
    expect(rig.told().indexOf('n1 null ack')).toBeLessThan(rig.told().indexOf('n2 null nack'));

    rig.clock.nowMs += MINUTE_MS;
    expect(await rig.run()).toMatchObject({ outcome: 'completed', eventsPublished: 0 });
  });
});

test.each([['2026-11-01T11:59:58'], ['compact']])(
  'the time of a result is told in one form, however it is listed (%s)',
  async (form) => {
    const rig = await startRig({ dialect: { timestamps: form === 'compact' ? 'compact' : 'iso' } });
    rig.registrar.addResult({ svTrId: 'p1', status: '?', atMs: rig.clock.nowMs - 2000 });
    await rig.run();
    expect(rig.details().map(({ result }) => result.timestamp)).toEqual(['2026-11-01T11:59:58']);
  },
);

test('a list whose order changes from one day to the next loses nothing', async () => {
  const rig = await startRig();
  plantSettled(rig, 300);
  await rig.run();
  for (let n = 0; n < 5; n++) {
    rig.clock.nowMs += MINUTE_MS;
    rig.registrar.addResult({ svTrId: id(n) });
  }
  // What is asked for last is what a list in the other order begins with.
  const reversed = sessionThrough(rig, (request) => {
    const { offset, limit } = request.params;
    if (offset === undefined || request.params.status) return request;
    const from = Math.max(0, 305 - Number(offset) - Number(limit));
    return withParams(request, {
      offset: String(from),
      limit: String(305 - Number(offset) - from),
    });
  });
  expect(await rig.environment({ session: reversed })(inTime('reversed'))).toMatchObject({
    outcome: 'completed',
  });
  await rig.run();
  expect(rig.told().sort()).toEqual(Array.from({ length: 5 }, (_, n) => `${id(n)} null ack`));
});

/** An environment at a registrar that gives so many rows at the most, and does not say so. */
function capped(rig: Rig, most: number) {
  const session = sessionThrough(rig, (request) =>
    withParams(request, { limit: String(Math.min(most, Number(request.params.limit))) }),
  );
  return rig.environment({ session });
}

function plantBurst(rig: Rig, count: number) {
  for (let n = 0; n < count; n++) {
    rig.registrar.addResult({ svTrId: id(n), atMs: rig.clock.nowMs + n * 100 });
  }
  rig.clock.nowMs += MINUTE_MS;
}

test('a registrar that gives fewer rows than are asked for is read to the end', async () => {
  const rig = await startRig();
  plantSettled(rig, 240);
  plantPending(rig, 'p1', 60);
  const run = capped(rig, 60);
  expect(await run(inTime('first'))).toMatchObject({ outcome: 'completed', eventsPublished: 1 });
  plantBurst(rig, 130);
  expect(await run(inTime('second'))).toMatchObject({ outcome: 'completed', eventsPublished: 130 });
  expect(await run(inTime('third'))).toMatchObject({ outcome: 'completed', eventsPublished: 0 });
  expect(rig.told()).toHaveLength(131);
});

test.each([50, 30])(
  'from a registrar that gives %i rows at the most nothing is lost',
  async (most) => {
    const rig = await startRig();
    plantSettled(rig, 240);
    const run = capped(rig, most);
    await run(inTime('first'));
    expect(rig.told()).toEqual([]);
    plantBurst(rig, 130);
    await run(inTime('second'));
    rig.clock.nowMs += DAY_MS;
    await run(inTime('third'));
    expect(rig.told()).toHaveLength(130);
  },
);
