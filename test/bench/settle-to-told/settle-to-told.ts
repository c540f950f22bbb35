import { keptOrThrow } from '../promises.ts';
import { percentile, round } from '../statistics.ts';
import type { Row, Table } from '../table.ts';
import { REQUEST_MS, startWorld, type World } from './world.ts';

const ORDERS = 1000;
const SECOND = 1000;
const MINUTE = 60_000;
const SOONEST_MS = 2 * SECOND;
const LATEST_MS = 10 * MINUTE;
/** The promise: of so many, so soon. */
const SHARE = 0.95;
const SOON_MS = 10 * SECOND;

interface Way {
  readonly what: string;
  /** Over how long the orders are placed. */
  readonly overMs: number;
  /** Whether whoever places one wakes the reconciler. */
  readonly wakes: boolean;
}

const WAYS: readonly Way[] = [
  { what: 'woken, over half an hour', overMs: 30 * MINUTE, wakes: true },
  { what: 'schedule alone, over half an hour', overMs: 30 * MINUTE, wakes: false },
  { what: 'woken, all within a minute', overMs: MINUTE, wakes: true },
];

/**
 * From settling to the event, for orders that settle at random between two seconds and ten minutes,
 * on a clock that is played: the reconciler, its tables and the registrar are the real ones, and a
 * request to the registrar is taken to last as long as one over the net. Beside the schedule alone,
 * and beside a program that asks for each order every second.
 *
 * @throws Error when a promise is not kept, with the tables
 */
export async function benchSettleToTold(): Promise<Table[]> {
  const broken: string[] = [];
  const rows: Row[] = [];
  for (const way of WAYS) {
    const { row, soon } = await measure(way);
    rows.push(row);
    if (way.wakes && soon < SHARE) {
      broken.push(`${way.what}: only ${round(100 * soon, 1)} % were told within ten seconds.`);
    }
  }
  const title = `Settle to told: ${ORDERS} orders that settle after 2 s to 10 min, ${REQUEST_MS} ms a request, clock played`;
  return keptOrThrow([{ title, rows }], broken);
}

async function measure(way: Way) {
  const world = await startWorld();
  try {
    // The baseline, as a bundle that is at work has it.
    world.stage.at(world.stage.now(), () => world.invoke({}));
    await world.stage.play();
    return await measureIn(world, way);
  } finally {
    await world.close();
  }
}

async function measureIn(world: World, { what, overMs, wakes }: Way) {
  const { stage, told, cost, tableCalls } = world;
  const settlesAtMs = new Map<string, number>();
  const beginMs = stage.now();
  const before = { ...cost, tables: sum(tableCalls) };
  const random = createRandom();
  let openMs = 0;
  for (let n = 0; n < ORDERS; n++) {
    const afterMs = SOONEST_MS + random() * (LATEST_MS - SOONEST_MS);
    openMs += afterMs;
    stage.at(beginMs + random() * overMs, async () => {
      const settledAtMs = stage.now() + afterMs;
      settlesAtMs.set(await world.place(afterMs), settledAtMs);
      if (wakes) await world.invoke({ placed: true });
    });
  }
  const untilMs = beginMs + overMs + LATEST_MS + 2 * MINUTE;
  for (let ms = beginMs; ms < untilMs; ms += MINUTE) {
    stage.at(ms, () => world.invoke({ stay: wakes }));
  }
  await stage.play();

  const delays = [...settlesAtMs].map(([svTrId, ms]) => (told.get(svTrId) ?? Infinity) - ms);
  const seconds = (share: number) => round(percentile(delays, share) / SECOND, 1);
  const soon = delays.filter((ms) => ms <= SOON_MS).length / ORDERS;
  const each = (total: number) => round(total / ORDERS, 2);
  const row: Row = {
    what,
    'p50 s': seconds(0.5),
    'p95 s': seconds(0.95),
    'p99 s': seconds(0.99),
    'in 10 s %': round(100 * soon, 1),
    'requests/order': each(cost.requests - before.requests),
    'polled each second': round(openMs / SECOND / ORDERS, 2),
    calls: cost.calls - before.calls,
    'function s': round((cost.staysMs - before.staysMs) / SECOND),
    'table calls/order': each(sum(tableCalls) - before.tables),
  };
  return { row, soon };
}

function sum(calls: ReadonlyMap<string, number>): number {
  return [...calls.values()].reduce((total, count) => total + count, 0);
}

/** The same numbers at every run and for every way: mulberry32. */
function createRandom(): () => number {
  let state = 20_261_127;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
