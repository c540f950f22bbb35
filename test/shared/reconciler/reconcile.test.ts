import { describe, expect, test } from '@jest/globals';
import type { Attributes } from '../../../shared/aws/table.ts';
import { stubRegistrar } from '../../stub-registrar.ts';
import { loginAnswer, openSession } from '../http/serving.ts';
import { plantChanging, plantPending, plantSettled } from './planting.ts';
import { ACCOUNT, DAY_MS, id, inTime, MINUTE_MS, type Rig, startRig } from './reconciling.ts';
import { sessionThrough, withParams } from './sessions.ts';

/** A rig whose first run is over, with so many results that had settled before it. */
async function startRunning(settled = 60): Promise<Rig> {
  const rig = await startRig();
  plantSettled(rig, settled);
  expect(await rig.run()).toMatchObject({ outcome: 'completed', eventsPublished: 0 });
  return rig;
}

/** The run that comes a minute later, and what it has told. */
async function nextRun(rig: Rig): Promise<string[]> {
  const before = rig.told();
  rig.clock.nowMs += MINUTE_MS;
  expect(await rig.run()).toMatchObject({ outcome: 'completed', oldestUnpublishedSeconds: 0 });
  return rig.told().filter((line) => !before.includes(line));
}

const lookUps = ({ registrar }: Rig) =>
  registrar.requests.flatMap(({ params }) => params.get('svtrid') ?? []);

const periods = ({ registrar }: Rig) =>
  registrar.requests.flatMap(({ params }) => params.get('period') ?? []);

describe('the first run', () => {
  test('tells what is in progress and nothing that had settled before', async () => {
    const rig = await startRig();
    plantSettled(rig, 1200);
    plantPending(rig, 'p1');
    plantPending(rig, 'p2', 0);
    expect(await rig.run()).toEqual({
      outcome: 'completed',
      reason: null,
      account: ACCOUNT,
      resultsSeen: expect.any(Number),
      rowsUnreadable: 0,
      eventsPublished: 2,
      stillPending: 2,
      statusUnknown: 0,
      oldestUnknownSeconds: 0,
      vanished: 0,
      requestsMade: rig.registrar.requests.length - rig.registrar.logins,
      durationMs: expect.any(Number),
      sweepOffset: null,
      oldestUnpublishedSeconds: 0,
    });
    expect(rig.told()).toEqual(['p1 null pending', 'p2 null pending']);
    expect(await nextRun(rig)).toEqual([]);
  });

  test('of an account without results has nothing to tell', async () => {
    const rig = await startRig();
    expect(await rig.run()).toMatchObject({
      outcome: 'completed',
      resultsSeen: 0,
      stillPending: 0,
    });
    rig.registrar.addResult({ svTrId: 'n1' });
    expect(await nextRun(rig)).toEqual(['n1 null ack']);
  });

  test('finds nothing where the registrar answers that there is nothing', async () => {
    const rig = await startRig();
    const { endpoint, requests } = await stubRegistrar(loginAnswer(), {
      text: 'Status-Code: 2303\nStatus-Text: Object does not exist\n\n',
    });
    const summary = await rig.environment({ session: openSession(endpoint) })(inTime('empty'));
    expect(summary).toMatchObject({ outcome: 'completed', resultsSeen: 0 });
    expect(requests.length).toBeGreaterThan(1);
  });

  test('tells everything, oldest first, if history is asked for', async () => {
    const rig = await startRig({ publishHistory: true });
    for (let n = 0; n < 9; n++) {
      const atMs = rig.clock.nowMs - (9 - n) * DAY_MS;
      rig.registrar.addResult({ svTrId: id(n), status: n % 3 ? 'ack' : 'nack', atMs });
    }
    expect(await nextRun(rig)).toEqual(
      Array.from({ length: 9 }, (_, n) => `${id(n)} null ${n % 3 ? 'ack' : 'nack'}`),
    );
    expect(await nextRun(rig)).toEqual([]);
  });

  test('tells a long history once each', async () => {
    const rig = await startRig({ publishHistory: true });
    plantSettled(rig, 130);
    expect(await nextRun(rig)).toHaveLength(130);
    expect(rig.details()).toHaveLength(130);
  });
});

describe('a result', () => {
  test.each(['ack', 'nack'] as const)('in progress that comes to %s is told twice', async (end) => {
    const rig = await startRunning();
    rig.registrar.addResult({ svTrId: 'p1', status: '?' });
    expect(await nextRun(rig)).toEqual(['p1 null pending']);
    expect(await nextRun(rig)).toEqual([]);
    rig.registrar.settle('p1', end);
    expect(await nextRun(rig)).toEqual([`p1 pending ${end}`]);
    expect(await nextRun(rig)).toEqual([]);
    expect(rig.details()).toHaveLength(2);
  });

  test('that is first seen when it has settled is told once', async () => {
    const rig = await startRunning();
    rig.registrar.addResult({ svTrId: 'n1' });
    rig.registrar.addResult({ svTrId: 'n2', status: 'nack' });
    expect(await nextRun(rig)).toEqual(['n1 null ack', 'n2 null nack']);
    expect(await nextRun(rig)).toEqual([]);
  });

  test('that has been deleted is seen all the same', async () => {
    const rig = await startRunning();
    rig.registrar.addResult({ svTrId: 'gone', deleted: true });
    expect(await nextRun(rig)).toEqual(['gone null ack']);
  });

  test('whose status nobody can read is followed, and told once it can be read', async () => {
    const rig = await startRunning();
    const set = plantChanging(rig, 'odd', 'processing');
    expect(await nextRun(rig)).toEqual([]);
    expect(await rig.run()).toMatchObject({ stillPending: 1, eventsPublished: 0 });
    set('?');
    expect(await nextRun(rig)).toEqual(['odd unknown pending']);
    set('checking');
    expect(await nextRun(rig)).toEqual([]);
    set('ack');
    expect(await nextRun(rig)).toEqual(['odd unknown ack']);
    expect(await rig.run()).toMatchObject({ stillPending: 0 });
  });

  test('that has settled and is shown in progress again is no news', async () => {
    const rig = await startRunning();
    const set = plantChanging(rig, 'n1', 'ack');
    expect(await nextRun(rig)).toEqual(['n1 null ack']);
    for (const word of ['?', 'processing', 'ack']) {
      set(word);
      expect(await nextRun(rig)).toEqual([]);
    }
    expect(await rig.run()).toMatchObject({ stillPending: 0 });
  });

  test('that settles the other way after all is told again', async () => {
    const rig = await startRunning();
    const set = plantChanging(rig, 'n1', 'ack');
    await nextRun(rig);
    set('nack');
    expect(await nextRun(rig)).toEqual(['n1 ack nack']);
    set('ack');
    expect(await nextRun(rig)).toEqual(['n1 nack ack']);
  });

  test('of before the first run that settles the other way is told too', async () => {
    const rig = await startRunning();
    rig.registrar.settle(id(59, 'old'), 'nack');
    expect(await nextRun(rig)).toEqual([`${id(59, 'old')} ack nack`]);
  });
});

describe('events', () => {
  test('go from the oldest to the newest', async () => {
    const rig = await startRunning();
    for (let n = 0; n < 6; n++) {
      const atMs = rig.clock.nowMs + n * 1000;
      rig.registrar.addResult({ svTrId: id(n), status: n % 2 ? 'ack' : 'nack', atMs });
    }
    expect(await nextRun(rig)).toEqual(
      Array.from({ length: 6 }, (_, n) => `${id(n)} null ${n % 2 ? 'ack' : 'nack'}`),
    );
  });

  test('go group by group, where there are many', async () => {
    const rig = await startRunning();
    for (let n = 0; n < 130; n++) {
      rig.registrar.addResult({ svTrId: id(n), atMs: rig.clock.nowMs + n * 100 });
    }
    const groups: number[][] = [];
    await rig.environment({
      publish: async (events, deadline) => {
        groups.push(events.map(({ detail }) => Number(detail.result.svTrId.slice(1))));
        return rig.publish(events, deadline);
      },
    })(inTime('watched'));
    expect(groups.length).toBeGreaterThan(1);
    expect(groups.flat().filter((n, i) => n !== i)).toEqual([]);
  });
});

describe('an old result in progress', () => {
  test('is told by looking it up, below thousands of younger ones', async () => {
    const rig = await startRig();
    plantPending(rig, 'p1', 30);
    plantPending(rig, 'p2', 30);
    plantSettled(rig, 3000);
    await rig.run();
    rig.registrar.settle('p1', 'nack');
    const seen = rig.registrar.requests.length;
    expect(await nextRun(rig)).toEqual(['p1 pending nack']);
    expect(lookUps(rig)).toEqual(['p1']);
    expect(rig.registrar.requests.length - seen).toBeLessThanOrEqual(5);
    expect(await rig.run()).toMatchObject({ stillPending: 1 });
  });

  test('is followed also when it is older than the list goes back', async () => {
    const rig = await startRunning();
    rig.registrar.addResult({ svTrId: 'p1', status: '?' });
    await nextRun(rig);
    rig.clock.nowMs += 91 * DAY_MS;
    expect(await nextRun(rig)).toEqual([]);
    rig.registrar.settle('p1', 'ack');
    expect(await nextRun(rig)).toEqual(['p1 pending ack']);
    expect(periods(rig)).toContain('365');
  });

  test('that the registrar does not show any more does no harm', async () => {
    const rig = await startRunning();
    rig.registrar.addResult({ svTrId: 'p1', status: '?' });
    await nextRun(rig);
    rig.clock.nowMs += 366 * DAY_MS;
    expect(await nextRun(rig)).toEqual([]);
    expect(await rig.run()).toMatchObject({ outcome: 'completed', stillPending: 1 });
  });

  test('does no harm where the registrar refuses to look back a year', async () => {
    const rig = await startRunning();
    plantPending(rig, 'p1', 0);
    await nextRun(rig);
    rig.clock.nowMs += 91 * DAY_MS;
    rig.registrar.addResult({ svTrId: 'n1' });
    const session = sessionThrough(rig, (request) =>
      request.params.period === '365' ? withParams(request, { period: 'a-year' }) : request,
    );
    const summary = await rig.environment({ session })(inTime('refused'));
    expect(summary).toMatchObject({ outcome: 'completed', stillPending: 1, eventsPublished: 1 });
    expect(periods(rig)).toContain('a-year');
  });

  test('has its turn, where there are more than a run looks up', async () => {
    const rig = await startRig();
    plantSettled(rig, 200);
    for (let n = 0; n < 60; n++) plantPending(rig, id(n, 'p'), 91 - n / 1000);
    await rig.environment({ session: sessionThrough(rig, allYear) })(inTime('first'));
    rig.clock.nowMs += 2 * DAY_MS;
    rig.registrar.settle(id(0, 'p'), 'ack');
    rig.registrar.settle(id(59, 'p'), 'nack');
    const told = [...(await nextRun(rig)), ...(await nextRun(rig)), ...(await nextRun(rig))];
    expect(told.sort()).toEqual([`${id(0, 'p')} pending ack`, `${id(59, 'p')} pending nack`]);
  });
});

/** Lists further back than the registrar does unasked. */
function allYear(request: Parameters<typeof withParams>[0]) {
  return withParams(request, { period: '365' });
}

describe('once a day', () => {
  test('the whole list is read, and a result told that came late and deep', async () => {
    const rig = await startRunning(300);
    rig.clock.nowMs += MINUTE_MS;
    rig.registrar.addResult({ svTrId: 'late', atMs: rig.clock.nowMs - DAY_MS });
    expect(await nextRun(rig)).toEqual([]);
    rig.clock.nowMs += DAY_MS;
    expect(await nextRun(rig)).toEqual(['late null ack']);
    const rows = (await rig.run()).resultsSeen;
    expect(rows).toBeLessThan(300);
  });

  test('it is, also when the clock was a year ahead the last time', async () => {
    const rig = await startRig();
    rig.clock.nowMs += 365 * DAY_MS;
    await rig.run();
    rig.clock.nowMs -= 365 * DAY_MS;
    plantSettled(rig, 110);
    expect(await nextRun(rig)).toHaveLength(110);
    rig.registrar.addResult({ svTrId: 'late', atMs: rig.clock.nowMs - DAY_MS });
    expect(await nextRun(rig)).toEqual([]);
    rig.clock.nowMs += DAY_MS;
    expect(await nextRun(rig)).toEqual(['late null ack']);
  });
});

describe('many changes at once', () => {
  test('are all told, once each, over a few pages', async () => {
    const rig = await startRunning();
    for (let n = 0; n < 220; n++) {
      rig.registrar.addResult({ svTrId: id(n), atMs: rig.clock.nowMs + n * 100 });
    }
    expect(await nextRun(rig)).toHaveLength(220);
    expect(rig.details()).toHaveLength(220);
    expect(await nextRun(rig)).toEqual([]);
  });

  test('more than 5000 are told page by page, and none is lost', async () => {
    const rig = await startRunning();
    for (let n = 0; n < 5300; n++) {
      rig.registrar.addResult({ svTrId: id(n), atMs: rig.clock.nowMs + n * 10 });
    }
    const { told, ...inMemory } = keepInMemory(rig);
    const run = rig.environment(inMemory);
    rig.clock.nowMs += MINUTE_MS;
    expect(await run(inTime('burst'))).toMatchObject({ outcome: 'completed', sweepOffset: null });
    expect(new Set(told).size).toBe(5300);
    expect(told).toHaveLength(5300);
    // Within a page from the oldest to the newest.
    expect(told.slice(0, 3)).toEqual([id(4300), id(4301), id(4302)]);
    expect(await run(inTime('quiet'))).toMatchObject({ outcome: 'completed', eventsPublished: 0 });
  });
});

/** Keeps events and settled results in memory: thousands of calls would prove nothing more. */
function keepInMemory(rig: Rig) {
  const told: string[] = [];
  const settled = new Map<string, Attributes>();
  const options: Partial<Parameters<Rig['environment']>[0]> = {
    publish: async (events) => {
      told.push(...events.map(({ detail }) => detail.result.svTrId));
      return [];
    },
    openTable: (account, deadline) => {
      const table = rig.openTable(account, deadline);
      return {
        ...table,
        put: async (entry, attributes, only) => {
          if (!entry.startsWith('settled/')) return table.put(entry, attributes, only);
          settled.set(entry, { ...attributes, entry: { S: entry } });
          return true;
        },
        getAll: async (entries) =>
          entries.map((entry) => settled.get(entry)).filter((item) => item !== undefined),
      };
    },
  };
  return { ...options, told };
}
