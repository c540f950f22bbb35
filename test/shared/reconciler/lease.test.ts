import { describe, expect, test } from '@jest/globals';
import type { Attributes } from '../../../shared/aws/table.ts';
import {
  acquireLease,
  LEASE_ENTRY,
  type Lease,
  LeaseLostError,
  type Progress,
} from '../../../shared/reconciler/lease.ts';
import type { ReconcilerOptions } from '../../../shared/reconciler/reconcile.ts';
import { plantSettled } from './planting.ts';
import { DAY_MS, everything, inTime, MINUTE_MS, type Rig, startRig } from './reconciling.ts';
import { createPause, type Pause, sessionThrough } from './sessions.ts';

const LEASE_MS = inTime('any').leaseMs;
const NO_PROGRESS: Progress = {
  sweepOffset: null,
  sweepAnchor: null,
  sweptAtMs: null,
  unpublishedSinceMs: null,
  baselineUntil: null,
  searchedAtMs: null,
  identities: 'old',
};

function acquire({ table, clock }: Rig, holder = 'dead', durationMs = LEASE_MS) {
  return acquireLease(table, { holder, durationMs, now: () => clock.nowMs });
}

async function acquired(rig: Rig, holder?: string): Promise<Lease> {
  return (await acquire(rig, holder)) as Lease;
}

const ledger = ({ table }: Rig): Promise<Attributes[]> => everything(table);

describe('the lease', () => {
  test('goes to one run at a time', async () => {
    const rig = await startRig();
    const pause = createPause();
    const run = (id: string) =>
      rig
        .environment({
          session: sessionThrough(rig, async (request) => {
            await pause.wait();
            return request;
          }),
        })(inTime(id))
        .finally(pause.resume);
    const outcomes = await Promise.all(['a', 'b'].map(run));
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['busy', 'completed']);
    expect(outcomes.find(({ outcome }) => outcome === 'busy')).toMatchObject({
      reason: null,
      account: null,
      resultsSeen: 0,
      requestsMade: 0,
      stillPending: null,
      oldestUnpublishedSeconds: null,
    });
  });

  test('is free again as soon as a run ends', async () => {
    const rig = await startRig();
    expect(await rig.run()).toMatchObject({ outcome: 'completed' });
    expect(await rig.run()).toMatchObject({ outcome: 'completed' });
  });

  test('of a run that has died ends by the clock', async () => {
    const rig = await startRig();
    await acquire(rig);
    rig.clock.nowMs += LEASE_MS - 1;
    expect(await rig.run()).toMatchObject({ outcome: 'busy' });
    rig.clock.nowMs += 1;
    expect(await rig.run()).toMatchObject({ outcome: 'completed' });
  });

  test('that was given by a clock far ahead does not outlast it', async () => {
    const rig = await startRig();
    rig.clock.nowMs += 365 * DAY_MS;
    await acquire(rig);
    rig.clock.nowMs -= 365 * DAY_MS;
    expect(await rig.run()).toMatchObject({ outcome: 'completed' });
  });

  test('that was given by a clock a little ahead lasts no longer than two', async () => {
    const rig = await startRig();
    rig.clock.nowMs += LEASE_MS - 1;
    await acquire(rig);
    rig.clock.nowMs -= LEASE_MS - 1;
    expect(await rig.run()).toMatchObject({ outcome: 'busy' });
    rig.clock.nowMs += 2 * LEASE_MS;
    expect(await rig.run()).toMatchObject({ outcome: 'completed' });
  });

  test('is given again to a holder that did not hear of it', async () => {
    const rig = await startRig();
    const first = await acquired(rig, 'same');
    const second = await acquired(rig, 'same');
    expect(second.fence).toBeGreaterThan(first.fence);
    await second.confirm();
    expect(await acquire(rig, 'other')).toBeUndefined();
  });

  test('is had by a run whose first try was lost on the way back', async () => {
    const rig = await startRig();
    let lost = false;
    rig.dynamoDb.intercept((operation) => {
      if (operation !== 'UpdateItem' || lost) return undefined;
      lost = true;
      return 'after';
    });
    expect(await rig.run()).toMatchObject({ outcome: 'completed' });
    expect(lost).toBe(true);
  });

  test('has a fence that grows each time', async () => {
    const rig = await startRig();
    const fences: number[] = [];
    for (let n = 0; n < 3; n++) {
      const lease = await acquired(rig, `run-${n}`);
      fences.push(lease.fence);
      await lease.release(NO_PROGRESS);
    }
    expect(fences).toEqual([1, 2, 3]);
  });

  test('that is lost lets nothing more be done', async () => {
    const rig = await startRig();
    const old = await acquired(rig, 'old');
    rig.clock.nowMs += LEASE_MS;
    const next = await acquired(rig, 'new');
    for (const act of [old.confirm, () => old.save(NO_PROGRESS), () => old.release(NO_PROGRESS)]) {
      await expect(act()).rejects.toThrow(LeaseLostError);
    }
    await next.confirm();
  });

  test('that is not in the table any more is lost', async () => {
    const rig = await startRig();
    const lease = await acquired(rig);
    await rig.table.delete(LEASE_ENTRY, {
      condition: 'holder = :holder',
      values: { ':holder': { S: 'dead' } },
    });
    await expect(lease.confirm()).rejects.toThrow(LeaseLostError);
    await expect(lease.save(NO_PROGRESS)).rejects.toThrow(LeaseLostError);
    expect(await ledger(rig)).toEqual([]);
  });
});

describe('the progress', () => {
  const progress: Progress = {
    sweepOffset: 950,
    sweepAnchor: 'r000949/7',
    sweptAtMs: 1_700_000_000_000,
    unpublishedSinceMs: 1,
    baselineUntil: '2026-11-01T11:59:58',
    searchedAtMs: 2,
    identities: 'sweeping',
  };

  test('is nothing at first', async () => {
    expect((await acquired(await startRig())).progress).toEqual(NO_PROGRESS);
  });

  test.each([[progress], [NO_PROGRESS], [{ ...progress, sweepOffset: 0 }]])(
    'is handed to the next run: %j',
    async (it) => {
      const rig = await startRig();
      await (await acquired(rig)).release(it);
      expect((await acquired(rig)).progress).toEqual(it);
    },
  );

  test('is kept also by a run that dies', async () => {
    const rig = await startRig();
    await (await acquired(rig)).save(progress);
    rig.clock.nowMs += LEASE_MS;
    expect((await acquired(rig, 'next')).progress).toEqual(progress);
  });
});

/** Where a run is stopped until another has taken over. */
interface Stop {
  readonly where: string;
  stop(rig: Rig, pause: Pause): Partial<ReconcilerOptions>;
  /** What it still does: an answer that is on its way when the lease is lost. */
  readonly published: number;
}

const STOPS: readonly Stop[] = [
  {
    where: 'before it reads',
    stop: (rig, pause) => ({ session: stopAtRequest(rig, pause, 1) }),
    published: 0,
  },
  {
    where: 'before it reads on',
    stop: (rig, pause) => ({ session: stopAtRequest(rig, pause, 2) }),
    published: 0,
  },
  {
    where: 'while it publishes',
    stop: ({ publish }, pause) => ({
      publish: async (events, deadline) => {
        if (events.length > 0) await pause.wait();
        return publish(events, deadline);
      },
    }),
    published: 2,
  },
];

function stopAtRequest(rig: Rig, pause: Pause, at: number) {
  return sessionThrough(rig, async (request, nth) => {
    if (nth === at) await pause.wait();
    return request;
  });
}

describe('a run that another has taken over from', () => {
  test.each(STOPS)('$where ends, and records nothing more', async ({ stop, published }) => {
    const rig = await startRig();
    plantSettled(rig, 60);
    await rig.run();
    rig.clock.nowMs += MINUTE_MS;
    rig.registrar.addResult({ svTrId: 'n1' });
    rig.registrar.addResult({ svTrId: 'n2', status: 'nack' });

    const pause = createPause();
    const stale = rig.environment(stop(rig, pause))(inTime('stale'));
    await pause.reached;
    rig.clock.nowMs += LEASE_MS;
    expect(await rig.run()).toMatchObject({ outcome: 'completed', eventsPublished: 2 });
    const before = await ledger(rig);
    pause.resume();

    expect(await stale).toMatchObject({
      outcome: 'superseded',
      reason: 'Another run has taken over.',
      eventsPublished: published,
    });
    expect(await ledger(rig)).toEqual(before);
    expect(rig.details()).toHaveLength(2 + published);
    expect(new Set(rig.details().map(({ id }) => id)).size).toBe(2);
    expect(await rig.run()).toMatchObject({ outcome: 'completed', eventsPublished: 0 });
  });

  test('does not replace what the other has recorded since', async () => {
    const rig = await startRig();
    plantSettled(rig, 60);
    await rig.run();
    rig.registrar.addResult({ svTrId: 'n1', procId: '1' });
    const { pause, stale } = startStoppedBeforeRecording(rig, 'settled/n1/1');
    await pause.reached;
    rig.registrar.settle('n1', 'nack');
    rig.clock.nowMs += LEASE_MS;
    await rig.run();
    pause.resume();

    expect(await stale).toMatchObject({
      outcome: 'superseded',
      reason: 'Another run has written to the ledger since.',
    });
    expect(await rig.table.get('settled/n1/1')).toMatchObject({ status: { S: 'nack' } });
    await rig.run();
    expect(rig.told()).toEqual(['n1 null ack', 'n1 null nack']);
  });

  test('does not have a result followed that has settled since', async () => {
    const rig = await startRig();
    plantSettled(rig, 60);
    await rig.run();
    rig.registrar.addResult({ svTrId: 'p1', procId: '1', status: '?' });
    const { pause, stale } = startStoppedBeforeRecording(rig, 'open/p1/1');
    await pause.reached;
    rig.registrar.settle('p1', 'ack');
    rig.clock.nowMs += LEASE_MS;
    await rig.run();
    pause.resume();
    await stale;

    rig.clock.nowMs += DAY_MS;
    expect(await rig.run()).toMatchObject({ outcome: 'completed', eventsPublished: 0 });
    expect(await rig.run()).toMatchObject({ stillPending: 0 });
    expect(await rig.table.get('open/p1/1')).toBeUndefined();
    expect(rig.told().at(-1)).toMatch(/^p1 .* ack$/);
  });
});

/** A run that is stopped when it has published and is about to record. */
function startStoppedBeforeRecording(rig: Rig, entry: string) {
  const pause = createPause();
  const reconcile = rig.environment({
    openTable: (account, deadline) => {
      const table = rig.openTable(account, deadline);
      return {
        ...table,
        put: async (...args) => {
          if (args[0] === entry) await pause.wait();
          return table.put(...args);
        },
      };
    },
  });
  return { pause, stale: reconcile(inTime('stale')) };
}
