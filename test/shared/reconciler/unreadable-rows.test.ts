import { describe, expect, test } from '@jest/globals';
import { captureLog } from '../../captured-log.ts';
import { plantChanging, plantPending, plantSettled } from './planting.ts';
import { DAY_MS, id, inTime, MINUTE_MS, type Rig, startRig } from './reconciling.ts';
import { sessionWith, sessionWithRows } from './sessions.ts';

const log = captureLog();

/** A rig whose first run is over, and an environment that gets the list with these rows in it. */
async function startWith(change: (rows: readonly string[]) => readonly string[], settled = 60) {
  const rig = await startRig();
  plantSettled(rig, settled);
  await rig.run();
  rig.clock.nowMs += MINUTE_MS;
  // As with every list: the filter for what is in progress leaves out what has settled.
  const session = sessionWithRows(sessionWith(rig), (rows, { params }) =>
    params.status ? rows : change(rows),
  );
  const reconcile = rig.environment({ session });
  return { rig, run: () => reconcile(inTime('run')) };
}

const second = (row: string) => (rows: readonly string[]) => [
  ...rows.slice(0, 1),
  row,
  ...rows.slice(1),
];

const CANARY = 'canary.example';

describe('a row that cannot be read', () => {
  test.each([
    ['without a time', `- aaaa1111 603776501 domain-register ${CANARY} ack -`],
    ['of the time zero', `00000000000000 aaaa 1 domain-register ${CANARY} ack -`],
    ['with a long cell', `2026-11-01T12:00:30 aaaa 1 domain-register ${CANARY.repeat(80)} ack -`],
    ['of three cells', `2026-11-01T12:00:30 aaaa ${CANARY}`],
    ['with a broken id', `2026-11-01T12:00:30 aa\ufffd 1 domain-register ${CANARY} ack -`],
  ])('%s is counted and logged by its place, and the others are told', async (_what, row) => {
    const { rig, run } = await startWith(second(row));
    rig.registrar.addResult({ svTrId: 'n1', atMs: rig.clock.nowMs - 2000 });
    rig.registrar.addResult({ svTrId: 'n2', status: 'nack' });
    expect(await run()).toMatchObject({
      outcome: 'completed',
      eventsPublished: 2,
      rowsUnreadable: 1,
    });
    expect(rig.told()).toEqual(['n1 null ack', 'n2 null nack']);
    expect(log.entries()).toContainEqual(
      expect.objectContaining({
        level: 'WARN',
        message: 'rows of result-list cannot be read',
        count: 1,
        rows: [{ row: 2, reason: expect.stringMatching(/^(it|its timestamp) /) }],
      }),
    );
    expect(log.text()).not.toContain(CANARY);
    expect(await run()).toMatchObject({ outcome: 'completed', eventsPublished: 0 });
  });

  test('keeps no run busy where the registrar gives the same few at every offset', async () => {
    const rig = await startRig();
    const session = sessionWithRows(sessionWith(rig), () => ['Key: value', 'of another list']);
    const { outcome, requestsMade } = await rig.environment({ session })(inTime('run'));
    expect(outcome).toBe('completed');
    expect(requestsMade).toBeLessThan(30);
  });

  test('is told as soon as it can be', async () => {
    const broken = { is: true };
    const { rig, run } = await startWith((rows) =>
      rows.map((row) => (broken.is ? row.replace(/^\S+ n1 /, '0000 n1 ') : row)),
    );
    rig.registrar.addResult({ svTrId: 'n1' });
    expect(await run()).toMatchObject({ eventsPublished: 0, rowsUnreadable: 1 });
    broken.is = false;
    expect(await run()).toMatchObject({ eventsPublished: 1, rowsUnreadable: 0 });
  });

  test('among those in progress does not end the run, also where there is no other', async () => {
    const rig = await startRig();
    const session = sessionWithRows(sessionWith(rig), (rows, { params }) =>
      params.status ? Array(12).fill('x y z') : rows,
    );
    rig.registrar.addResult({ svTrId: 'n1' });
    const run = rig.environment({ session, publishHistory: true });
    expect(await run(inTime('run'))).toMatchObject({ outcome: 'completed', eventsPublished: 1 });
  });

  test('spoils neither paging nor the end of the list', async () => {
    const { rig, run } = await startWith(
      (rows) => rows.map((row, n) => (n > 700 || n % 10 === 3 ? `# ${row}` : row)),
      1800,
    );
    rig.registrar.addResult({ svTrId: 'late', atMs: rig.clock.nowMs - 1.5 * DAY_MS });
    rig.clock.nowMs += DAY_MS;
    const summary = await run();
    expect(summary).toMatchObject({ outcome: 'completed', sweepOffset: null });
    // Row 701 to the end of a page of a thousand cannot be read, and the next page begins at 951.
    const sweep = rig.registrar.requests.filter(({ params }) => params.get('limit') === '1000');
    expect(sweep.map(({ params }) => params.get('offset'))).toEqual(
      expect.arrayContaining(['0', '950']),
    );
  });

  test('and eleven like it are no list, where they are all there is', async () => {
    const { run } = await startWith(() => Array(11).fill('x y z'));
    expect(await run()).toMatchObject({
      outcome: 'failed',
      reason: "The registrar's reply is not DMAPI: none of its rows can be read.",
    });
  });

  test('and ten like it are a short list of odd rows', async () => {
    const { run } = await startWith(() => Array(10).fill('x y z'));
    expect(await run()).toMatchObject({ outcome: 'completed', rowsUnreadable: 10 });
  });
});

test('a result without an object is told without one', async () => {
  const { rig, run } = await startWith((rows) =>
    rows.map((row) => row.replace(' n1 7 contact-create x.example', ' n1 7 contact-create')),
  );
  rig.registrar.addResult({
    svTrId: 'n1',
    procId: '7',
    requestType: 'contact-create',
    requestObject: 'x.example',
  });
  expect(await run()).toMatchObject({ eventsPublished: 1 });
  expect(rig.details()[0]?.result).toMatchObject({ requestObject: null, status: 'ack' });
  expect(rig.eventBridge.delivered[0]?.resources).toEqual(['contact-create']);
});

describe('a status that nobody knows', () => {
  async function startOdd(): Promise<[Rig, (word: string) => void]> {
    const rig = await startRig();
    plantSettled(rig, 60);
    await rig.run();
    return [rig, plantChanging(rig, 'odd', 'processing')];
  }

  test('is counted, and so is how long it lasts', async () => {
    const [rig, set] = await startOdd();
    plantPending(rig, 'p1');
    const ages: (number | null)[] = [];
    for (let n = 0; n < 3; n++) {
      const summary = await rig.run();
      expect(summary).toMatchObject({ stillPending: 2, statusUnknown: 1 });
      ages.push(summary.oldestUnknownSeconds);
      rig.clock.nowMs += 31 * MINUTE_MS;
    }
    expect(ages).toEqual([0, 1860, 3720]);
    set('ack');
    expect(await rig.run()).toMatchObject({ statusUnknown: 0, oldestUnknownSeconds: 0 });
  });

  test('counts anew when it comes again', async () => {
    const [rig, set] = await startOdd();
    await rig.run();
    for (const word of ['?', 'checking']) {
      rig.clock.nowMs += 31 * MINUTE_MS;
      set(word);
      expect(await rig.run()).toMatchObject({ oldestUnknownSeconds: 0 });
    }
  });
});

test('rows that were read in several pages are counted once', async () => {
  const { rig, run } = await startWith(second('x y z'), 120);
  for (let n = 0; n < 60; n++) rig.registrar.addResult({ svTrId: id(n) });
  expect((await run()).rowsUnreadable).toBeLessThanOrEqual(2);
});
