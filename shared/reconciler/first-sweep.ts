import type { Result } from '../dmapi/result.ts';
import { type Change, isSettled } from './change.ts';
import { isTakingBaseline, type Run } from './run.ts';

/** Picks out of a page's changes those that had settled before the first run. Takes page by page. */
export type SettledBefore = (
  rows: readonly Result[],
  changes: readonly Change[],
) => Promise<ReadonlySet<Change>>;

/**
 * Until a sweep has been through the whole list, a settled result that is not in the ledger is an
 * old one: it was settled before the first run.
 *
 * But where that sweep is carried on, results may have come since it began and have pushed the
 * others down. They stand above what earlier runs have swept, and are news.
 */
export async function openFirstSweep(run: Run): Promise<SettledBefore> {
  if (!isTakingBaseline(run)) return async () => new Set();
  const { baseline } = run;
  const { sweepAnchor } = run.progress;
  let isAbove = sweepAnchor !== null || !(await baseline.isEmpty());

  async function isSwept({ svTrId }: Result): Promise<boolean> {
    return svTrId === sweepAnchor || (await baseline.statusOf(svTrId)) !== undefined;
  }

  return async (rows, changes) => {
    const since = new Set<Result>();
    for (const row of rows) {
      isAbove &&= !(await isSwept(row));
      if (!isAbove) break;
      since.add(row);
    }
    return new Set(
      changes.filter(
        ({ result, previous }) => previous === undefined && isSettled(result) && !since.has(result),
      ),
    );
  };
}
