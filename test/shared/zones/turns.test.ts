import { expect, test } from '@jest/globals';
import type { Table } from '../../../shared/aws/table.ts';
import { openTurns } from '../../../shared/zones/turns.ts';
import { captureLog } from '../../captured-log.ts';
import { createStage } from '../orders/stage.ts';
import { startPlaying } from './playing.ts';
import { startZoneRig } from './zoning.ts';

captureLog();

const DOMAIN = 'example.net';
const ENTRY = `turn/${DOMAIN}`;
const START_MS = Date.parse('2026-11-27T12:00:00Z');
const PATIENCE_MS = 18_000;

interface Had {
  readonly who: string;
  readonly askedAtMs: number;
  readonly fromMs: number;
  readonly toMs: number;
}

/** Writers on one clock; whoever holds a turn holds it for a while. */
async function startTurns() {
  const rig = await startZoneRig();
  const stage = createStage(START_MS);
  const had: Had[] = [];
  const without: string[] = [];

  function turns(who: string, { table = rig.table, offMs = 0 }: { table?: Table; offMs?: number }) {
    const now = () => stage.now() + offMs;
    return openTurns(table, { now, newClaim: () => who, pause: stage.sleep });
  }

  async function write(who: string, holdsMs: number, how: Parameters<typeof turns>[1] = {}) {
    const askedAtMs = stage.now();
    try {
      const turn = await turns(who, how).take(DOMAIN, PATIENCE_MS);
      const fromMs = stage.now();
      await stage.sleep(holdsMs);
      await turn.end(undefined);
      had.push({ who, askedAtMs, fromMs, toMs: stage.now() });
    } catch (error) {
      expect([who, (error as { problem?: string }).problem]).toEqual([who, 'unavailable']);
      without.push(who);
    }
  }

  /** Takes the turn, and is never heard of again. */
  async function takeAndDie(who: string, offMs = 0) {
    await turns(who, { offMs }).take(DOMAIN, PATIENCE_MS);
  }

  /** Comes to the queue, and is never heard of again. */
  async function queueAndDie(who: string, offMs = 0) {
    const table: Table = {
      ...rig.table,
      get: () => {
        throw new Error('dead');
      },
    };
    await turns(who, { table, offMs })
      .take(DOMAIN, PATIENCE_MS)
      .catch(() => {});
  }

  const item = async () => await rig.table.get(ENTRY);
  return { rig, stage, had, without, turns, write, takeAndDie, queueAndDie, item };
}

function expectNoOverlap(had: readonly Had[]): void {
  const sorted = [...had].sort((a, b) => a.fromMs - b.fromMs || a.toMs - b.toMs);
  for (const [i, { fromMs, who }] of sorted.entries()) {
    const before = sorted[i - 1];
    if (before) expect([before.who, who, fromMs >= before.toMs]).toEqual([before.who, who, true]);
  }
}

test('forty writers have their turns one after another, in the order in which they have come', async () => {
  const { stage, had, without, write, item } = await startTurns();
  for (let i = 0; i < 40; i++) stage.at(START_MS + i, () => write(`w${i}`, 100));
  await stage.play();
  expect(had.map(({ who }) => who)).toEqual(Array.from({ length: 40 }, (_, i) => `w${i}`));
  expect(without).toEqual([]);
  expectNoOverlap(had);
  // Little time between turns is nobody's.
  expect(Math.max(...had.map(({ toMs }) => toMs)) - START_MS).toBeLessThan(40 * 350);
  expect((await item())?.waiters?.L).toEqual([]);
});

test('dead ones in the queue are passed over within seconds, and leave no hole', async () => {
  const { stage, had, write, queueAndDie, item } = await startTurns();
  stage.at(START_MS, () => write('first', 500));
  stage.at(START_MS + 1, () => queueAndDie('dead-1'));
  stage.at(START_MS + 2, () => queueAndDie('dead-2'));
  stage.at(START_MS + 3, () => write('second', 500));
  stage.at(START_MS + 4, () => queueAndDie('dead-3'));
  stage.at(START_MS + 5, () => write('third', 500));
  await stage.play();
  expect(had.map(({ who }) => who)).toEqual(['first', 'second', 'third']);
  expectNoOverlap(had);
  const [first, second, third] = had as [Had, Had, Had];
  expect(second.fromMs - first.toMs).toBeLessThan(2 * 2000 + 600);
  expect(third.fromMs - second.toMs).toBeLessThan(2000 + 600);
  expect((await item())?.waiters?.L).toEqual([]);
});

test('whoever gives up leaves no hole; a holder that died holds the zone no longer than its turn', async () => {
  const { stage, had, without, write, takeAndDie, item } = await startTurns();
  stage.at(START_MS, () => takeAndDie('dead'));
  for (let i = 0; i < 5; i++) stage.at(START_MS + 10 * i + 1, () => write(`early-${i}`, 100));
  for (let i = 0; i < 5; i++) stage.at(START_MS + 20_000 + i, () => write(`late-${i}`, 100));
  await stage.play(START_MS + 19_000);
  expect(without).toEqual(['early-0', 'early-1', 'early-2', 'early-3', 'early-4']);
  expect((await item())?.waiters?.L).toEqual([]);
  await stage.play();
  expect(had.map(({ who }) => who)).toEqual(['late-0', 'late-1', 'late-2', 'late-3', 'late-4']);
  expect(had[0]?.fromMs).toBeGreaterThanOrEqual(START_MS + 35_000);
  expect(had[0]?.fromMs).toBeLessThan(START_MS + 36_500);
});

const HOUR_MS = 3_600_000;

test.each([-HOUR_MS, HOUR_MS])(
  'a clock that is %d ms off holds no zone, neither from the queue nor by its turn',
  async (offMs) => {
    const { rig, stage, had, without, write, takeAndDie, queueAndDie } = await startTurns();
    stage.at(START_MS, () => takeAndDie('off', offMs));
    stage.at(START_MS + 1, () => queueAndDie('off-in-queue', offMs));
    for (let i = 0; i < 3; i++) stage.at(START_MS + 10 + i, () => write(`w${i}`, 100));
    await stage.play();
    expect([had.length, without]).toEqual([3, []]);
    // A turn that was held, or ended, by such a clock, and somebody of it in the queue.
    for (const turn of ['heldUntilMs', 'freeSinceMs']) {
      const waiters = { L: [{ S: `dead/${stage.now() + offMs + 18_000}` }] };
      const atMs = { N: String(stage.now() + offMs) };
      await rig.table.put(ENTRY, { waiters, heldBy: { S: 'off' }, [turn]: atMs });
      const askedAtMs = stage.now();
      stage.at(askedAtMs, () => write(turn, 100));
      await stage.play();
      expect((had.at(-1)?.fromMs ?? 0) - askedAtMs).toBeLessThan(3000);
    }
    expect([had.length, without]).toEqual([5, []]);
  },
);

test('who was stopped until its turn had run out sends nothing, whether another had it or not', async () => {
  const { stage, turns, rig } = await startTurns();
  const writes = { after: '"b"', formers: [{ etag: '"a"', atMs: START_MS }] };
  stage.at(START_MS, async () => {
    const turn = await turns('stopped', {}).take(DOMAIN, PATIENCE_MS);
    await stage.sleep(36_000);
    await expect(turn.send(writes)).rejects.toMatchObject({ problem: 'unavailable' });
    const next = await turns('next', {}).take(DOMAIN, PATIENCE_MS);
    await expect(turn.send(writes)).rejects.toMatchObject({ problem: 'unavailable' });
    await turn.end(writes);
    expect(next.lastWrites).toBeUndefined();
    await next.send(writes);
    expect((await rig.table.get(ENTRY))?.heldBy?.S).toBe('next');
  });
  await stage.play();
});

test.each([1, 2, 3, 4, 5])(
  'answers of the table that are lost give nobody the turn twice (%d)',
  async (lost) => {
    const { rig, stage, had, without, write, item } = await startTurns();
    let calls = 0;
    rig.dynamoDb.intercept(() => (++calls % (lost + 1) === 0 ? 'after' : undefined));
    for (let i = 0; i < 8; i++) stage.at(START_MS + 5 * i, () => write(`w${i}`, 300));
    await stage.play();
    expectNoOverlap(had);
    expect([had.length, without]).toEqual([8, []]);
    expect((await item())?.waiters?.L).toEqual([]);
  },
);

test('a patch that nobody is in the way of takes few calls of the table, however many versions there are', async () => {
  const rig = await startZoneRig();
  const playing = startPlaying(rig);
  const counts: number[] = [];
  playing.stage.at(START_MS, async () => {
    for (let i = 0; i < 24; i++) {
      const before = [...rig.dynamoDb.calls.values()].reduce((a, b) => a + b, 0);
      expect((await playing.add(DOMAIN, `n${i}`, 'v')).status).toBe(200);
      counts.push([...rig.dynamoDb.calls.values()].reduce((a, b) => a + b, 0) - before);
    }
  });
  await playing.stage.play();
  // The turn, its text and the facts of it, the turn once more, old versions, the turn's end.
  expect(counts[0]).toBe(6);
  // And the oldest version in two.
  expect(counts.at(-1)).toBe(8);
});
