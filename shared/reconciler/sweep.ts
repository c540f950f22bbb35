import type { SettledResult } from './baseline.ts';
import { type Change, changesAmong, isSettled } from './change.ts';
import { oldestFirst } from './newest-first.ts';
import { nextOffset, PAGE } from './paging.ts';
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
  const { lists, ledger, lease, teller, now } = run;
  for (let offset: number | undefined = run.progress.sweepOffset ?? 0; offset !== undefined; ) {
    const rows = await lists.page(offset, PAGE);
    const changes = await changesAmong(rows, ledger);
    await teller.tell(oldestFirst(changes.filter((change) => !isQuiet(change, run))));
    await addToBaseline(run, quietAmong(changes, run), offset);
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

function quietAmong(changes: readonly Change[], run: Run): SettledResult[] {
  return changes
    .filter((change) => isQuiet(change, run))
    .map(({ result }) => result as SettledResult);
}

function isQuiet({ result, previous }: Change, { progress, publishHistory }: Run): boolean {
  const isFirst = progress.sweptAtMs === null && !publishHistory;
  return isFirst && previous === undefined && isSettled(result);
}

async function addToBaseline(run: Run, results: readonly SettledResult[], offset: number) {
  if (results.length === 0) return;
  await run.lease.confirm();
  await run.baseline.add(results, offset);
}
