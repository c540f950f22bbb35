import { describe, expect, test } from '@jest/globals';
import { plantPending, plantSettled } from './planting.ts';
import { DAY_MS, id, inTime, MINUTE_MS, type Rig, startRig } from './reconciling.ts';
import { deadlineWhen, sessionThrough } from './sessions.ts';

const OUT_OF_TIME = { outcome: 'unfinished', reason: 'The time of this run is used up.' };

/** A run that has time for so many requests to the list. */
function runFor(rig: Rig, requests: number, name: string) {
  let sent = 0;
  const session = sessionThrough(rig, (request) => {
    sent++;
    return request;
  });
  const deadline = deadlineWhen(() => sent >= requests);
  return rig.environment({ session })({ ...inTime(name), deadline });
}

/** Where in the list the requests from this one on have begun. */
const offsets = ({ registrar }: Rig, from: number) =>
  registrar.requests
    .slice(from)
    .filter(({ params }) => params.has('offset') && !params.has('status'))
    .map(({ params }) => Number(params.get('offset')));

describe('a first run that is out of time', () => {
  test('is carried on by the next ones, where it has stopped', async () => {
    const rig = await startRig();
    plantSettled(rig, 2100);
    plantPending(rig, 'p1');
    const first = await runFor(rig, 2, 'first');
    expect(first).toMatchObject({ ...OUT_OF_TIME, eventsPublished: 1, sweepOffset: 950 });
    const seen = rig.registrar.requests.length;
    const second = await runFor(rig, 2, 'second');
    expect(second).toMatchObject({ ...OUT_OF_TIME, sweepOffset: 1900 });
    expect(await rig.run()).toMatchObject({ outcome: 'completed', sweepOffset: null });
    expect(offsets(rig, seen).slice(0, 2)).toEqual([950, 1900]);

    rig.registrar.addResult({ svTrId: 'n1' });
    rig.clock.nowMs += MINUTE_MS;
    expect(await rig.run()).toMatchObject({ outcome: 'completed' });
    expect(rig.told()).toEqual(['p1 null pending', 'n1 null ack']);
  });

  test('before it has begun to read tells so', async () => {
    const rig = await startRig();
    const summary = await rig.run({ deadline: deadlineWhen(() => true) });
    expect(summary).toMatchObject({ ...OUT_OF_TIME, requestsMade: 0 });
    expect(await rig.run()).toMatchObject({ outcome: 'completed' });
  });

  test('tells in the end what has come meanwhile', async () => {
    const rig = await startRig();
    plantSettled(rig, 2100);
    await runFor(rig, 2, 'first');
    rig.clock.nowMs += MINUTE_MS;
    rig.registrar.addResult({ svTrId: 'n1' });
    await runFor(rig, 2, 'second');
    rig.clock.nowMs += MINUTE_MS;
    rig.registrar.addResult({ svTrId: 'n2' });
    for (let n = 0; n < 3; n++) {
      rig.clock.nowMs += MINUTE_MS;
      await rig.run();
    }
    expect(rig.told().sort()).toEqual(['n1 null ack', 'n2 null ack']);
  });
});

test('a daily sweep that is out of time is carried on, and the head read in between', async () => {
  const rig = await startRig();
  plantSettled(rig, 1200);
  await rig.run();
  rig.clock.nowMs += DAY_MS;
  rig.registrar.addResult({ svTrId: 'late', atMs: rig.clock.nowMs - 1.75 * DAY_MS });
  expect(await runFor(rig, 3, 'first')).toMatchObject({ ...OUT_OF_TIME, sweepOffset: 950 });
  rig.registrar.addResult({ svTrId: 'n1' });
  const seen = rig.registrar.requests.length;
  expect(await rig.run()).toMatchObject({ outcome: 'completed', sweepOffset: null });
  expect(offsets(rig, seen).slice(0, 2)).toEqual([0, 950]);
  expect(rig.told()).toEqual(['n1 null ack', 'late null ack']);
});

test('what a run has no time to tell is told by the next one, each once', async () => {
  const rig = await startRig();
  plantSettled(rig, 60);
  await rig.run();
  for (let n = 0; n < 100; n++) {
    rig.registrar.addResult({ svTrId: id(n), atMs: rig.clock.nowMs + n * 100 });
  }
  rig.clock.nowMs += MINUTE_MS;
  let published = 0;
  const run = rig.environment({
    publish: async (events, deadline) => {
      published += events.length;
      return rig.publish(events, deadline);
    },
  });
  const first = await run({ ...inTime('first'), deadline: deadlineWhen(() => published > 0) });
  expect(first).toMatchObject({ ...OUT_OF_TIME, oldestUnpublishedSeconds: 0 });
  expect(first.eventsPublished).toBeLessThan(100);
  rig.clock.nowMs += MINUTE_MS;
  const second = await run(inTime('second'));
  expect(second).toMatchObject({ outcome: 'completed', oldestUnpublishedSeconds: 0 });
  expect(first.eventsPublished + second.eventsPublished).toBe(100);
  expect(rig.told()).toEqual(Array.from({ length: 100 }, (_, n) => `${id(n)} null ack`));
});
