import type { Result } from '../dmapi/result.ts';
import { type Change, changesAmong, isSettled } from './change.ts';
import { keyOf } from './identity.ts';
import { areNewestFirst, instantOf } from './newest-first.ts';
import { newestResults } from './newest-results.ts';
import { isTakingBaseline, type Run } from './run.ts';
import { takeForOld } from './take-for-old.ts';

const NOTHING: ReadonlySet<string> = new Set();

/** Picks out of a page's changes those that had settled before the first run. Takes page by page. */
export type SettledBefore = (
  rows: readonly Result[],
  changes: readonly Change[],
) => Promise<ReadonlySet<Change>>;

/**
 * Until a sweep has been through the whole list, a settled result that is not in the ledger is an
 * old one: it was settled before the first run. But results may have come since that sweep began,
 * and those are news.
 */
export async function openFirstSweep(run: Run): Promise<SettledBefore> {
  if (!isTakingBaseline(run)) return async () => new Set();
  const findAbove = await openAbove(run);
  return async (rows, changes) => {
    const isToBeNoted = run.progress.baselineUntil === null && !areNewestFirst(rows);
    const taken = isToBeNoted ? await noteNewest(run) : NOTHING;
    const { baselineUntil } = run.progress;
    const above = await findAbove(rows);
    const isNews = (result: Result) => {
      if (baselineUntil === null) return above.has(result);
      return isSince(result, baselineUntil) && !taken.has(keyOf(result));
    };
    return new Set(
      changes.filter(
        ({ result, previous }) => previous === undefined && isSettled(result) && !isNews(result),
      ),
    );
  };
}

/**
 * In a list that is newest first, what has come since has pushed the others down: it stands above
 * what earlier runs have swept.
 */
async function openAbove({ baseline, progress }: Run) {
  const { sweepAnchor, identities } = progress;
  let isAbove = sweepAnchor !== null || !(await baseline.isEmpty());

  async function isSwept(result: Result): Promise<boolean> {
    const key = keyOf(result);
    const names = identities === 'own' ? [key] : [key, result.svTrId];
    const statuses = await Promise.all(names.map(baseline.statusOf));
    return key === sweepAnchor || statuses.some((status) => status !== undefined);
  }

  return async (rows: readonly Result[]): Promise<ReadonlySet<Result>> => {
    const since = new Set<Result>();
    for (const row of rows) {
      isAbove &&= !(await isSwept(row));
      if (!isAbove) break;
      since.add(row);
    }
    return since;
  };
}

/**
 * In any other list it can stand anywhere, so the time of the newest result is noted before anything
 * is taken for old. Those of the same second are taken at once. @returns their keys
 */
async function noteNewest(run: Run): Promise<ReadonlySet<string>> {
  const { results, timestamp } = await newestResults(run);
  const changes = await changesAmong(results, run.ledger);
  const unknown = changes.filter(({ previous }) => previous === undefined);
  const taken = unknown.map(({ result }) => result);
  await takeForOld(run, taken, 'newest');
  run.progress = { ...run.progress, baselineUntil: timestamp };
  await run.lease.save(run.progress);
  return new Set(taken.map(keyOf));
}

function isSince(result: Result, timestamp: string): boolean {
  return instantOf(result) >= instantOf({ timestamp });
}
