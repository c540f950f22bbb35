import { describe, expect, test } from '@jest/globals';
import { DmapiError } from '../../../shared/dmapi/error.ts';
import { createCrashing } from './crashing.ts';
import { plantChanging, plantPending, plantSettled } from './planting.ts';
import { inTime, MINUTE_MS, type Rig, startRig } from './reconciling.ts';
import { sessionThrough, sessionWith } from './sessions.ts';

async function startRunning(): Promise<Rig> {
  const rig = await startRig({ maxAttempts: 1 });
  plantSettled(rig, 60);
  await rig.run();
  return rig;
}

let runs = 0;

async function nextRun(rig: Rig) {
  rig.clock.nowMs += MINUTE_MS;
  return rig.environment()(inTime(`run-${++runs}`));
}

/** A run that is dead once it has published. */
async function dyingRun(rig: Rig) {
  const crashing = createCrashing(rig);
  const run = rig.environment({
    session: crashing.watch(sessionWith(rig)),
    publish: async (events, deadline) => {
      const failed = await rig.publish(events, deadline);
      if (events.length > 0) crashing.arm(1, 'dies');
      return failed;
    },
  });
  rig.clock.nowMs += MINUTE_MS;
  await run(inTime(`dying-${++runs}`));
  crashing.disarm();
}

const lines = (rig: Rig) =>
  rig
    .details()
    .map(
      ({ sequence, previousStatus, result }) => `${sequence} ${previousStatus} ${result.status}`,
    );
const ids = (rig: Rig) => rig.details().map(({ id }) => id);

describe('the transitions of a result', () => {
  test('are numbered, and each has an id of its own', async () => {
    const rig = await startRunning();
    const set = plantChanging(rig, 'n1', '?');
    for (const word of ['?', 'ack', 'nack', 'ack', 'nack']) {
      set(word);
      await nextRun(rig);
    }
    expect(lines(rig)).toEqual([
      '1 null pending',
      '2 pending ack',
      '3 ack nack',
      '4 nack ack',
      '5 ack nack',
    ]);
    expect(new Set(ids(rig)).size).toBe(5);
  });

  test('of the baseline go on from one', async () => {
    const rig = await startRig();
    const set = plantChanging(rig, 'old', 'ack');
    await rig.run();
    set('nack');
    await nextRun(rig);
    expect(lines(rig)).toEqual(['2 ack nack']);
  });

  test('to a status that nobody knows are not counted', async () => {
    const rig = await startRunning();
    const set = plantChanging(rig, 'odd', 'processing');
    for (const word of ['processing', '?', 'checking', 'ack']) {
      set(word);
      await nextRun(rig);
    }
    expect(lines(rig)).toEqual(['1 unknown pending', '2 unknown ack']);
  });

  test.each([['?'], ['ack'], ['?', 'ack'], ['ack', 'nack'], ['ack', 'nack', 'ack']])(
    'are repeated with the same number and id after a crash: %j %j %j',
    async (...words) => {
      const rig = await startRunning();
      const set = plantChanging(rig, 'n1', words[0] ?? '?');
      for (const word of words.slice(0, -1)) {
        set(word);
        await nextRun(rig);
      }
      set(words.at(-1) ?? '?');
      await dyingRun(rig);
      await dyingRun(rig);
      await nextRun(rig);
      expect(rig.details()).toHaveLength(words.length + 2);
      expect(new Set(ids(rig)).size).toBe(words.length);
      expect(new Set(lines(rig)).size).toBe(words.length);
      const before = rig.details().length;
      await nextRun(rig);
      expect(rig.details()).toHaveLength(before);
    },
  );

  test('that nobody has recorded are made good, where it is as it was before', async () => {
    const rig = await startRunning();
    const set = plantChanging(rig, 'n1', 'ack');
    await nextRun(rig);
    set('nack');
    await dyingRun(rig);
    set('ack');
    await dyingRun(rig);
    set('nack');
    await nextRun(rig);
    await nextRun(rig);
    expect(lines(rig)).toEqual(['1 null ack', '2 ack nack', '3 nack ack', '4 ack nack']);
  });
});

describe('results with one svTrId', () => {
  test('are told apart by their procIds, once each', async () => {
    const rig = await startRunning();
    const one = { svTrId: 'both', procId: '1', requestObject: 'one.example' };
    rig.registrar.addResult({ ...one, status: 'ack' });
    rig.registrar.addResult({ ...one, procId: '2', requestObject: 'two.example', status: 'nack' });
    rig.registrar.addResult({ ...one, procId: '3', requestObject: 'three.example', status: '?' });
    for (let n = 0; n < 4; n++) await nextRun(rig);
    const told = rig.details().map(({ sequence, result }) => `${sequence} ${result.procId}`);
    expect(told.sort()).toEqual(['1 1', '1 2', '1 3']);
    expect(new Set(ids(rig)).size).toBe(3);
    rig.registrar.settle('both', 'ack');
    for (let n = 0; n < 2; n++) await nextRun(rig);
    expect(rig.details()).toHaveLength(4);
    expect(rig.details().at(-1)).toMatchObject({ sequence: 2, result: { procId: '3' } });
  });

  test('are looked up by both', async () => {
    const rig = await startRunning();
    for (const procId of ['1', '2']) {
      const atMs = rig.clock.nowMs - 100 * 24 * 60 * MINUTE_MS;
      rig.registrar.addResult({ svTrId: 'both', procId, status: '?', atMs });
    }
    const session = sessionThrough(rig, (request) => ({
      ...request,
      params: { ...request.params, period: '365' },
    }));
    rig.clock.nowMs += MINUTE_MS;
    await rig.environment({ session })(inTime('year'));
    rig.registrar.settle('both', 'nack');
    await nextRun(rig);
    const told = rig.details().map(({ result }) => `${result.procId} ${result.status}`);
    expect(told).toEqual(['1 pending', '2 pending', '2 nack']);
    expect(await nextRun(rig)).toMatchObject({ stillPending: 1, vanished: 0 });
  });
});

test.each(['-', ''])('a result whose svTrId is %j is known by its procId', async (svTrId) => {
  const rig = await startRunning();
  plantPending(rig, 'other');
  rig.registrar.addResult({ svTrId, procId: '901' });
  rig.registrar.addResult({ svTrId, procId: '902', status: 'nack' });
  const pending = { svTrId, procId: '903', atMs: rig.clock.nowMs - 100 * 24 * 60 * MINUTE_MS };
  rig.registrar.addResult({ ...pending, status: '?' });
  const session = sessionThrough(rig, (request) => ({
    ...request,
    params: { ...request.params, period: '365' },
  }));
  for (let n = 0; n < 2; n++) {
    rig.clock.nowMs += MINUTE_MS;
    await rig.environment({ session })(inTime(`year-${n}`));
  }
  await nextRun(rig);
  const told = rig.details().map(({ result }) => `${result.procId} ${result.status}`);
  expect(told.filter((line) => line.startsWith('90')).sort()).toEqual([
    '901 ack',
    '902 nack',
    '903 pending',
  ]);
  expect(await nextRun(rig)).toMatchObject({ outcome: 'completed', vanished: 0, stillPending: 2 });
});

describe('the first run', () => {
  /** Dies between publishing and recording; `after` comes before the next one. */
  async function told(after: (set: (word: string) => void) => void) {
    const rig = await startRig({ maxAttempts: 1 });
    plantSettled(rig, 60);
    const set = plantChanging(rig, 'p1', '?');
    await dyingRun(rig);
    after(set);
    for (let n = 0; n < 3; n++) await nextRun(rig);
    return rig;
  }

  test('that dies when it has told of a result loses no end of it', async () => {
    const rig = await told((set) => set('nack'));
    expect(rig.details().map(({ result }) => result.status)).toEqual(['pending', 'nack']);
    expect(rig.told().at(-1)).toBe('p1 null nack');
  });

  test('that dies repeats what it has told, as the same transition', async () => {
    const rig = await told(() => {});
    expect(lines(rig)).toEqual(['1 null pending', '1 null pending']);
    expect(new Set(ids(rig)).size).toBe(1);
  });

  test('that cannot tell a result loses no end of it either', async () => {
    const rig = await startRig({ maxAttempts: 1 });
    plantSettled(rig, 60);
    const set = plantChanging(rig, 'p1', '?');
    rig.eventBridge.fail('broken');
    expect(await nextRun(rig)).toMatchObject({ outcome: 'failed' });
    rig.eventBridge.fail(undefined);
    set('ack');
    for (let n = 0; n < 2; n++) await nextRun(rig);
    expect(lines(rig)).toEqual(['1 null ack']);
  });

  test('of a list that is oldest first tells what comes and settles while it is swept', async () => {
    const rig = await startRig({ maxAttempts: 1, dialect: { order: 'oldest-first' } });
    plantSettled(rig, 2300);
    plantPending(rig, 'p1');
    const session = sessionThrough(rig, (request, nth) => {
      // What is in progress, the first page, three of the last days and the second page.
      if (nth > 6) throw new DmapiError('unavailable', 'broken');
      return request;
    });
    const first = await rig.environment({ session })(inTime('first'));
    expect(first).toMatchObject({ outcome: 'failed', eventsPublished: 1 });
    expect(first.sweepOffset).toBeGreaterThan(0);
    rig.registrar.settle('p1', 'nack');
    rig.clock.nowMs += MINUTE_MS;
    rig.registrar.addResult({ svTrId: 'n1', atMs: rig.clock.nowMs });
    rig.registrar.addResult({ svTrId: 'n2', status: 'nack', atMs: rig.clock.nowMs });
    for (let n = 0; n < 2; n++) expect(await nextRun(rig)).toMatchObject({ outcome: 'completed' });
    expect(rig.told().sort()).toEqual([
      'n1 null ack',
      'n2 null nack',
      'p1 null pending',
      'p1 pending nack',
    ]);
  });

  test.each([0, 1, 60])(
    'of %i results, oldest first, takes none of them for new',
    async (count) => {
      const rig = await startRig({ dialect: { order: 'oldest-first' } });
      plantSettled(rig, count);
      await rig.run();
      expect(rig.told()).toEqual([]);
      rig.clock.nowMs += MINUTE_MS;
      rig.registrar.addResult({ svTrId: 'n1' });
      await rig.run();
      expect(rig.told()).toEqual(['n1 null ack']);
    },
  );
});
