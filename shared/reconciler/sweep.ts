import type { Result } from '../dmapi/result.ts';
import type { SettledResult } from './baseline.ts';
import { type Change, changesAmong, isSettled } from './change.ts';
import { oldestFirst } from './newest-first.ts';
import { nextOffset, PAGE } from './paging.ts';
import { isTakingBaseline, type Run } from './run.ts';

const DAY_MS = 86_400_000;

/**
 * Goes through the whole list, page by page, if that is due: once a day as a safety net, after too
 * many changes to be told at once, and in the beginning. What is not done in this run is carried on
 * in the next.
 *
 * Until it is done for the first time, what has settled is not told but becomes the baseline,
 * unless history is asked for.
 */
export async function sweep(run: Run): Promise<void> {
  if (!isDue(run)) return;
  const { lists, ledger, lease, teller, now } = run;
  for (let offset: number | undefined = run.progress.sweepOffset ?? 0; offset !== undefined; ) {
    const rows = await lists.page(offset, PAGE);
    const changes = await changesAmong(rows, ledger);
    const quiet = await settledBefore(run, offset, rows, changes);
    await teller.tell(oldestFirst(changes.filter((change) => !quiet.has(change))));
    await addToBaseline(run, quiet, offset);
    offset = nextOffset(offset, rows);
    run.progress =
      offset === undefined
        ? { ...run.progress, sweepOffset: null, sweptAtMs: now() }
        : { ...run.progress, sweepOffset: offset };
    await lease.save(run.progress);
  }
}

/** A clock that has been set back must not put the next sweep off for longer than a day. */
function isDue({ progress: { sweepOffset, sweptAtMs }, now }: Run): boolean {
  return sweepOffset !== null || sweptAtMs === null || Math.abs(now() - sweptAtMs) >= DAY_MS;
}

/**
 * Those of the changes that had settled before the first run, while that is not known yet: a settled
 * result that is not in the ledger is an old one then, and no news.
 */
async function settledBefore(
  run: Run,
  offset: number,
  rows: readonly Result[],
  changes: readonly Change[],
): Promise<ReadonlySet<Change>> {
  if (!isTakingBaseline(run)) return new Set();
  const since = offset === 0 ? await aboveBaseline(run, rows) : [];
  return new Set(
    changes.filter(
      ({ result, previous }) =>
        previous === undefined && isSettled(result) && !since.includes(result),
    ),
  );
}

/** A run that died early may have left a baseline: what is above it has come since. */
async function aboveBaseline({ baseline }: Run, rows: readonly Result[]): Promise<Result[]> {
  if (await baseline.isEmpty()) return [];
  const statuses = await Promise.all(rows.map(({ svTrId }) => baseline.statusOf(svTrId)));
  const first = statuses.findIndex((status) => status !== undefined);
  return first === -1 ? [...rows] : rows.slice(0, first);
}

async function addToBaseline(run: Run, changes: Iterable<Change>, offset: number): Promise<void> {
  const results = Array.from(changes, ({ result }) => result as SettledResult);
  if (results.length === 0) return;
  await run.lease.confirm();
  await run.baseline.add(results, offset);
}
