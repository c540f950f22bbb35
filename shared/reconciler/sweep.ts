import type { Result } from '../dmapi/result.ts';
import type { SettledResult } from './baseline.ts';
import { type Change, changesAmong } from './change.ts';
import { openFirstSweep } from './first-sweep.ts';
import type { Progress } from './lease.ts';
import { oldestFirst } from './newest-first.ts';
import { nextOffsetToEnd, PAGE } from './paging.ts';
import type { Run } from './run.ts';

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
  const { lists, ledger, lease, teller } = run;
  const settledBefore = await openFirstSweep(run);
  let before: readonly Result[] = [];
  for (let offset: number | undefined = run.progress.sweepOffset ?? 0; offset !== undefined; ) {
    const rows = await lists.page(offset, PAGE);
    const changes = await changesAmong(rows, ledger);
    const old = await settledBefore(rows, changes);
    await teller.tell(oldestFirst(changes.filter((change) => !old.has(change))));
    await addToBaseline(run, old, offset);
    offset = nextOffsetToEnd(offset, rows, before);
    before = rows;
    run.progress = advance(run, offset, rows);
    await lease.save(run.progress);
  }
}

/** A clock that has been set back must not put the next sweep off for longer than a day. */
function isDue({ progress: { sweepOffset, sweptAtMs }, now }: Run): boolean {
  return sweepOffset !== null || sweptAtMs === null || Math.abs(now() - sweptAtMs) >= DAY_MS;
}

function advance(
  { progress, now }: Run,
  offset: number | undefined,
  rows: readonly Result[],
): Progress {
  const isDone = offset === undefined;
  return {
    ...progress,
    sweepOffset: offset ?? null,
    sweepAnchor: isDone ? null : (rows.at(-1)?.svTrId ?? null),
    sweptAtMs: isDone ? now() : progress.sweptAtMs,
  };
}

async function addToBaseline(run: Run, changes: Iterable<Change>, offset: number): Promise<void> {
  const results = Array.from(changes, ({ result }) => result as SettledResult);
  if (results.length === 0) return;
  await run.lease.confirm();
  await run.baseline.add(results, offset);
}
