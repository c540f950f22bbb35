import type { Result } from '../dmapi/result.ts';
import { changesAmong } from './change.ts';
import { openFirstSweep } from './first-sweep.ts';
import { keyOf } from './identity.ts';
import type { Progress } from './lease.ts';
import { oldestFirst } from './newest-first.ts';
import { nextOffsetToEnd, PAGE } from './paging.ts';
import type { Page } from './result-lists.ts';
import type { Run } from './run.ts';
import { takeForOld } from './take-for-old.ts';

const DAY_MS = 86_400_000;
/** After so many pages in a row of which nothing can be read, the list is taken to be at its end. */
const MAX_ILLEGIBLE = 20;

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
  if (run.progress.identities === 'old') beginWithOldLedger(run);
  const settledBefore = await openFirstSweep(run);
  let before: Page | undefined;
  let illegible = 0;
  for (let offset: number | undefined = run.progress.sweepOffset ?? 0; offset !== undefined; ) {
    const page: Page = await lists.page(offset, PAGE);
    const changes = await changesAmong(page.rows, ledger);
    const old = await settledBefore(page.rows, changes);
    await teller.tell(oldestFirst(changes.filter((change) => !old.has(change))));
    const knownOfOld = await onlyKnownOfOld(run, page.rows);
    await takeForOld(run, [...Array.from(old, ({ result }) => result), ...knownOfOld], offset);
    illegible = page.rows.length === 0 ? illegible + 1 : 0;
    // A registrar that gives the same page for ever, and one that nobody can read, has no end.
    offset = illegible > MAX_ILLEGIBLE ? undefined : nextOffsetToEnd(offset, page, before);
    before = page;
    run.progress = advance(run, offset, page.rows);
    await lease.save(run.progress);
  }
}

/** A clock that has been set back must not put the next sweep off for longer than a day. */
function isDue({ progress: { sweepOffset, sweptAtMs, identities }, now }: Run): boolean {
  const isInTime = sweptAtMs !== null && Math.abs(now() - sweptAtMs) < DAY_MS;
  return sweepOffset !== null || identities !== 'own' || !isInTime;
}

/** Version 0.1.0 may have been in the middle of a sweep, which did not give each result its own key. */
function beginWithOldLedger(run: Run): void {
  run.progress = { ...run.progress, sweepOffset: 0, sweepAnchor: null, identities: 'sweeping' };
}

/**
 * What is known by its svTrId alone, from version 0.1.0, is taken into the baseline by what identifies
 * it. Once all have been, those entries count no more, so that another result with the same svTrId is
 * not taken for this one.
 */
async function onlyKnownOfOld(
  { progress, ledger }: Run,
  rows: readonly Result[],
): Promise<Result[]> {
  if (progress.identities === 'own') return [];
  const known = await ledger.known(rows);
  return rows.filter((row) => known.get(keyOf(row))?.old === 'settled');
}

function advance(
  { progress, now }: Run,
  offset: number | undefined,
  rows: readonly Result[],
): Progress {
  if (offset === undefined) {
    const done = { sweepOffset: null, sweepAnchor: null, sweptAtMs: now(), baselineUntil: null };
    return { ...progress, ...done, identities: 'own' };
  }
  const last = rows.at(-1);
  return { ...progress, sweepOffset: offset, sweepAnchor: last ? keyOf(last) : null };
}
