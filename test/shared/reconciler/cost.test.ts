import { expect, test } from '@jest/globals';
import { DAY_MS, id, MINUTE_MS, type Rig, startRig } from './reconciling.ts';

const WINDOW_MS = 85 * DAY_MS;

/** An account with so many settled results in the window, and 20 in progress for ten days. */
async function startAccount(settled: number): Promise<Rig> {
  const rig = await startRig();
  const { registrar, clock } = rig;
  const oldestMs = clock.nowMs - WINDOW_MS;
  for (let n = 0; n < settled; n++) {
    const atMs = oldestMs + (n * WINDOW_MS) / settled;
    registrar.addResult({ svTrId: id(n), status: n % 9 ? 'ack' : 'nack', atMs });
  }
  for (let n = 0; n < 20; n++) {
    const atMs = clock.nowMs - 10 * DAY_MS + n * MINUTE_MS;
    registrar.addResult({ svTrId: id(n, 'p'), status: '?', atMs });
  }
  return rig;
}

/** What a run costs: requests and rows at the registrar, writes to the ledger. */
async function cost(rig: Rig) {
  const before = { requests: listed(rig), writes: writes(rig) };
  rig.clock.nowMs += MINUTE_MS;
  const { outcome, resultsSeen, eventsPublished } = await rig.run();
  return {
    outcome,
    events: eventsPublished,
    rows: resultsSeen,
    requests: listed(rig) - before.requests,
    writes: writes(rig) - before.writes,
  };
}

function listed({ registrar }: Rig): number {
  return registrar.requests.filter(({ name }) => name === 'result-list').length;
}

function writes({ dynamoDb: { calls } }: Rig): number {
  return ['PutItem', 'UpdateItem', 'DeleteItem'].reduce((sum, op) => sum + (calls.get(op) ?? 0), 0);
}

test('a run costs by what has changed, not by what there is', async () => {
  const rig = await startAccount(100_000);
  const { registrar } = rig;

  const first = await rig.run();
  expect(first).toMatchObject({ outcome: 'completed', eventsPublished: 20, stillPending: 20 });

  const quiet = await cost(rig);
  expect(quiet).toMatchObject({ outcome: 'completed', events: 0 });
  expect(quiet.rows).toBeLessThanOrEqual(600);
  expect(quiet.requests).toBeLessThanOrEqual(6);

  for (let n = 0; n < 5; n++) {
    registrar.addResult({ svTrId: id(n, 'n') });
    registrar.settle(id(n, 'p'), n % 2 ? 'ack' : 'nack');
  }
  const changed = await cost(rig);
  expect(changed).toMatchObject({ outcome: 'completed', events: 10 });
  expect(changed.rows).toBeLessThanOrEqual(2000);
  expect(changed.requests).toBeLessThanOrEqual(40);
  expect(changed.writes).toBeLessThanOrEqual(3 * 10);
});
