import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { SIMULATED_API_KEY } from '../../../infra/local/registrar/credentials.ts';
import { readEndpoint } from '../../../shared/dmapi/endpoint.ts';
import { DmapiError } from '../../../shared/dmapi/error.ts';
import { AwsUnavailableError } from '../../../shared/failure.ts';
import type { Session, SessionRequest } from '../../../shared/session/session.ts';
import { openSession } from '../http/serving.ts';
import { DAY_MS, id, inTime, MINUTE_MS, type Rig, startRig } from './reconciling.ts';

/** Settled results, one a second, the newest an hour ago. */
function plantSettled(rig: Rig, count: number) {
  const newestMs = rig.clock.nowMs - 60 * MINUTE_MS;
  for (let n = 0; n < count; n++) {
    rig.registrar.addResult({ svTrId: id(n, 'old'), atMs: newestMs - (count - n) * 1000 });
  }
}

type Change = (request: SessionRequest, nth: number) => SessionRequest;

/** A session whose requests are changed or refused. */
function watched(rig: Rig, change: Change): Session {
  const session = openSession(readEndpoint(rig.registrar.url), async () => ({
    apiKey: SIMULATED_API_KEY,
  }));
  let nth = 0;
  return {
    ...session,
    send: async (request, deadline) => session.send(change(request, ++nth), deadline),
  };
}

function failing(...numbers: number[]): Change {
  return (request, nth) => {
    if (numbers.includes(nth)) throw new DmapiError('unavailable', 'broken');
    return request;
  };
}

test('what is new below a screenful of new ones in progress is told at once', async () => {
  const rig = await startRig();
  plantSettled(rig, 200);
  await rig.run();
  for (let n = 0; n < 20; n++)
    rig.registrar.addResult({ svTrId: id(n, 'new'), atMs: rig.clock.nowMs + n * 1000 });
  for (let n = 0; n < 100; n++) {
    rig.registrar.addResult({
      svTrId: id(n, 'p'),
      status: '?',
      atMs: rig.clock.nowMs + (20 + n) * 1000,
    });
  }
  rig.clock.nowMs += 5 * MINUTE_MS;
  const summary = await rig.run();
  expect(summary.outcome).toBe('completed');
  expect(rig.told().filter((line) => line.startsWith('new'))).toHaveLength(20);
});

test('a result is followed no longer once it is settled, also near the head of the list', async () => {
  const rig = await startRig({ maxAttempts: 1 });
  rig.registrar.addResult({ svTrId: 'p1', status: '?' });
  await rig.run();
  rig.registrar.settle('p1', 'ack');
  rig.dynamoDb.intercept((operation) => (operation === 'DeleteItem' ? 'before' : undefined));
  await rig.run();
  rig.dynamoDb.intercept(undefined);
  for (let n = 0; n < 3; n++) {
    rig.clock.nowMs += MINUTE_MS;
    expect(await rig.run()).toMatchObject({
      outcome: 'completed',
      stillPending: n ? 0 : expect.anything(),
    });
  }
});

describe('an interrupted first run', () => {
  test('tells nothing that had settled before, when many in progress settle meanwhile', async () => {
    const rig = await startRig();
    plantSettled(rig, 2500);
    for (let n = 0; n < 30; n++) {
      rig.registrar.addResult({
        svTrId: id(n, 'p'),
        status: '?',
        atMs: rig.clock.nowMs - 20 * DAY_MS - n,
      });
    }
    const summary = await rig.environment({ session: watched(rig, failing(3)) })(inTime('first'));
    expect(summary).toMatchObject({ outcome: 'failed', sweepOffset: 950 });
    for (let n = 0; n < 30; n++) rig.registrar.settle(id(n, 'p'), 'ack');
    rig.clock.nowMs += MINUTE_MS;
    await rig.run();
    expect(rig.told().filter((line) => line.startsWith('old'))).toEqual([]);
  });

  test('tells nothing that had settled before, when the list is oldest first', async () => {
    const rig = await startRig({ dialect: { order: 'oldest-first' } });
    plantSettled(rig, 2500);
    await rig.environment({ session: watched(rig, failing(3)) })(inTime('first'));
    rig.clock.nowMs += MINUTE_MS;
    await rig.run();
    expect(rig.told().filter((line) => line.startsWith('old'))).toEqual([]);
  });
});

describe('a registrar that does not honour the filter', () => {
  const all = (rig: Rig) =>
    watched(rig, (request) => {
      const { status, ...params } = request.params;
      return { ...request, params };
    });

  test('the first run tells nothing that had settled before', async () => {
    const rig = await startRig();
    plantSettled(rig, 60);
    await rig.environment({ session: all(rig) })(inTime('first'));
    expect(rig.told()).toEqual([]);
  });

  test('a burst is told at once', async () => {
    const rig = await startRig();
    plantSettled(rig, 60);
    const run = rig.environment({ session: all(rig), publishHistory: true });
    await run(inTime('first'));
    for (let n = 0; n < 1100; n++)
      rig.registrar.addResult({ svTrId: id(n, 'new'), atMs: rig.clock.nowMs + n * 100 });
    rig.clock.nowMs += 5 * MINUTE_MS;
    const summary = await run(inTime('second'));
    expect(summary.outcome).toBe('completed');
    expect(rig.told().filter((line) => line.startsWith('new'))).toHaveLength(1100);
  });
});

test('what a run that was overtaken has left as followed is told, though others took it for old', async () => {
  const rig = await startRig();
  rig.registrar.addResult({ svTrId: 'p1', procId: '1', status: 'ack' });
  await rig.run();
  // The first run told it pending, paused beyond its lease, and recorded it after the run above.
  await rig.table.put('open/p1/1', {
    ...{ svTrId: { S: 'p1' }, procId: { S: '1' }, status: { S: 'pending' }, sequence: { N: '1' } },
    fence: { N: '0' },
  });
  rig.clock.nowMs += MINUTE_MS;
  await rig.run();
  expect(rig.told()).toEqual(['p1 pending ack']);
  rig.clock.nowMs += MINUTE_MS;
  expect(await rig.run()).toMatchObject({ stillPending: 0 });
});

test.each([
  { mostRows: 1000, burst: 1010 },
  { mostRows: 120, burst: 100 },
])('$burst new ones while the first sweep is unfinished are told', async ({ mostRows, burst }) => {
  const rig = await startRig();
  plantSettled(rig, 2 * mostRows);
  const reconcile = rig.environment({ session: watched(rig, capped(mostRows, failing(3))) });
  expect(await reconcile(inTime('1'))).toMatchObject({ sweepOffset: mostRows - 50 });
  for (let n = 0; n < burst; n++) {
    rig.registrar.addResult({ svTrId: id(n, 'new'), atMs: rig.clock.nowMs + n * 100 });
  }
  for (const run of ['2', '3']) {
    rig.clock.nowMs += 5 * MINUTE_MS;
    expect(await reconcile(inTime(run))).toMatchObject({ outcome: 'completed' });
  }
  expect(rig.told().filter((line) => line.startsWith('new'))).toHaveLength(burst);
});

function capped(mostRows: number, change: Change): Change {
  return (request, nth) => {
    const limit = String(Math.min(mostRows, Number(request.params.limit)));
    return change({ ...request, params: { ...request.params, limit } }, nth);
  };
}

test('a run writes nothing any more once it has released its lease', async () => {
  const rig = await startRig();
  for (let n = 0; n < 5; n++) rig.registrar.addResult({ svTrId: id(n, 'p'), status: '?' });
  let underWay = 0;
  const reconcile = rig.environment({
    openTable: (account, deadline) => {
      const table = rig.openTable(account, deadline);
      return {
        ...table,
        async put(entry, ...rest) {
          if (entry.startsWith('open/p000000/')) throw new AwsUnavailableError('Throttled.');
          underWay++;
          await sleep(100);
          return table.put(entry, ...rest).finally(() => underWay--);
        },
      };
    },
  });
  expect(await reconcile(inTime('1'))).toMatchObject({ outcome: 'failed' });
  expect(underWay).toBe(0);
});
