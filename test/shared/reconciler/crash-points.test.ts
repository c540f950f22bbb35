import { describe, expect, test } from '@jest/globals';
import { SIMULATED_API_KEY } from '../../../infra/local/registrar/credentials.ts';
import { readEndpoint } from '../../../shared/dmapi/endpoint.ts';
import { openSession } from '../http/serving.ts';
import { type Crash, type Crashing, createCrashing } from './crashing.ts';
import {
  closeRigs,
  DAY_MS,
  id,
  inTime,
  MINUTE_MS,
  type Rig,
  startRig,
  toLine,
} from './reconciling.ts';

/** A situation: what there is before the run that is to break, and what has to be told in the end. */
interface Situation {
  readonly name: string;
  readonly crashes: readonly Crash[];
  /** Of very many calls that are alike, only every so manieth is broken. @default 1 */
  readonly every?: number;
  prepare(rig: Rig, run: () => Promise<unknown>): Promise<void>;
  readonly told: readonly string[];
  /** What the ledger holds in the end, `<place>/<svTrId> <status>`. */
  readonly ledger: readonly string[];
}

const firstRun: Situation = {
  name: 'the first run',
  crashes: ['fails', 'answer lost', 'dies'],
  async prepare(rig) {
    plantSettled(rig, 60);
    plantPending(rig, ['p1', 'p2', 'p3']);
  },
  told: ['p1 null pending', 'p2 null pending', 'p3 null pending'],
  ledger: ['open/p1 pending', 'open/p2 pending', 'open/p3 pending'],
};

const changes: Situation = {
  name: 'a run with changes of every kind',
  crashes: ['fails', 'answer lost', 'dies'],
  async prepare(rig, run) {
    plantSettled(rig, 120);
    plantPending(rig, ['p1', 'p2', 'p3', 'p4']);
    await run();
    rig.clock.nowMs += MINUTE_MS;
    for (let n = 0; n < 6; n++) rig.registrar.addResult({ svTrId: id(n, 'a') });
    rig.registrar.addResult({ svTrId: 'n1', status: 'nack' });
    plantPending(rig, ['q1', 'q2']);
    rig.registrar.addResult({ svTrId: 'odd', status: 'processing' });
    rig.registrar.settle('p1', 'ack');
    rig.registrar.settle('p2', 'nack');
  },
  told: [
    ...Array.from({ length: 6 }, (_, n) => `${id(n, 'a')} null ack`),
    'n1 null nack',
    'p1 null pending',
    'p1 pending ack',
    'p2 null pending',
    'p2 pending nack',
    'p3 null pending',
    'p4 null pending',
    'q1 null pending',
    'q2 null pending',
  ],
  ledger: [
    'open/odd unknown',
    'open/p3 pending',
    'open/p4 pending',
    'open/q1 pending',
    'open/q2 pending',
    ...Array.from({ length: 6 }, (_, n) => `settled/${id(n, 'a')} ack`),
    'settled/n1 nack',
    'settled/p1 ack',
    'settled/p2 nack',
  ],
};

const turns: Situation = {
  name: 'a run with results that settle the other way or share their svTrId',
  crashes: ['answer lost', 'dies'],
  every: 2,
  async prepare(rig, run) {
    plantSettled(rig, 60);
    const flips = rig.registrar.addResult({ svTrId: 'f1', procId: '1' });
    for (const [n, status] of ['?', 'ack', '?'].entries()) {
      rig.registrar.addResult({ svTrId: 'both', procId: `${n + 2}`, status });
    }
    await run();
    rig.clock.nowMs += MINUTE_MS;
    Object.assign(flips, { status: 'nack' });
    rig.registrar.settle(id(59, 'old'), 'nack');
    rig.registrar.settle('both', 'nack');
    rig.registrar.addResult({ svTrId: 'both', procId: '5', status: '?' });
  },
  told: [
    'both null pending',
    'both null pending',
    'both null pending',
    'both pending nack',
    'f1 ack nack',
    `${id(59, 'old')} ack nack`,
  ],
  ledger: [
    'open/both pending',
    'open/both pending',
    'settled/both nack',
    'settled/f1 nack',
    `settled/${id(59, 'old')} nack`,
  ],
};

const burst: Situation = {
  name: 'a run with more changes than one page and one group',
  crashes: ['dies'],
  every: 7,
  async prepare(rig, run) {
    plantSettled(rig, 60);
    await run();
    for (let n = 0; n < 60; n++) {
      rig.clock.nowMs += 1000;
      rig.registrar.addResult({ svTrId: id(n, 'b') });
    }
  },
  told: Array.from({ length: 60 }, (_, n) => `${id(n, 'b')} null ack`),
  ledger: Array.from({ length: 60 }, (_, n) => `settled/${id(n, 'b')} ack`),
};

function plantSettled(rig: Rig, count: number) {
  const newestMs = rig.clock.nowMs - 60 * MINUTE_MS;
  for (let n = 0; n < count; n++) {
    rig.registrar.addResult({ svTrId: id(n, 'old'), atMs: newestMs - (count - n) * MINUTE_MS });
  }
}

function plantPending(rig: Rig, svTrIds: readonly string[]) {
  svTrIds.forEach((svTrId, n) => {
    rig.registrar.addResult({ svTrId, status: '?', atMs: rig.clock.nowMs - 10 * DAY_MS + n });
  });
}

async function prepare(situation: Situation) {
  const rig = await startRig({ maxAttempts: 1, randomSeed: 1 });
  const crashing = createCrashing(rig);
  await situation.prepare(rig, () => runOnce(rig, crashing));
  return { rig, crashing };
}

let runs = 0;

/** Each run is one of another execution environment: the one before has died, for all we know. */
function runOnce(rig: Rig, crashing: Crashing) {
  const session = openSession(readEndpoint(rig.registrar.url), async () => ({
    apiKey: SIMULATED_API_KEY,
  }));
  return rig.environment({ session: crashing.watch(session) })(inTime(`run-${++runs}`));
}

/** Goes on, a run a minute, until one finds nothing to tell. */
async function recover(rig: Rig, crashing: Crashing) {
  for (let tick = 0; tick < 5; tick++) {
    rig.clock.nowMs += MINUTE_MS;
    const summary = await runOnce(rig, crashing);
    if (summary.outcome === 'completed' && summary.eventsPublished === 0) return summary;
  }
  throw new Error('The reconciler does not come to rest.');
}

/** What has been told, repeats dropped by their id as consumers do. */
function told(rig: Rig): string[] {
  const byId = new Map(rig.details().map((detail) => [detail.id, toLine(detail)]));
  return [...byId.values()].sort();
}

async function ledger({ table }: Rig): Promise<string[]> {
  const items = [...(await table.query('open/')), ...(await table.query('settled/'))];
  return items.map(({ entry, status }) => `${entry?.S?.replace(/\/\d+$/, '')} ${status?.S}`);
}

describe.each([firstRun, changes, turns, burst])('$name', (situation) => {
  test('needs no help to tell everything once', async () => {
    const { rig, crashing } = await prepare(situation);
    await runOnce(rig, crashing);
    expect(told(rig)).toEqual([...situation.told].sort());
    expect(rig.details()).toHaveLength(situation.told.length);
    expect(await ledger(rig)).toEqual(situation.ledger);
  });

  test.each(situation.crashes)('loses nothing when any one of its calls %s', async (crash) => {
    for (let call = 1; ; call += situation.every ?? 1) {
      const { rig, crashing } = await prepare(situation);
      crashing.arm(call, crash);
      const summary = await runOnce(rig, crashing);
      if (crashing.disarm() < call) break;
      const rest = await recover(rig, crashing);

      const context = `call ${call}: ${JSON.stringify(summary)}`;
      expect([context, ...told(rig)]).toEqual([context, ...[...situation.told].sort()]);
      expect([context, ...(await ledger(rig))]).toEqual([context, ...situation.ledger]);
      expect(new Set(rig.details().map((detail) => detail.id)).size).toBe(situation.told.length);
      expect(rest.oldestUnpublishedSeconds).toBe(0);
      await closeRigs();
    }
  });
});
