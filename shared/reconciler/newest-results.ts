import type { Result } from '../dmapi/result.ts';
import { instantOf } from './newest-first.ts';
import { nextOffset, PAGE } from './paging.ts';
import type { Page } from './result-lists.ts';
import type { Run } from './run.ts';

/** How far back a list is read whose order says nothing. */
const LAST_DAYS = 2;
const MAX_ROWS = 20_000;
const DAY_MS = 86_400_000;
const NEVER = '9999-12-31T23:59:59';

/** All results of the last days, or `too many`: whatever the order, what is new is among them. */
export async function resultsOfLastDays({ lists }: Run): Promise<Result[] | 'too many'> {
  const results: Result[] = [];
  for (let offset: number | undefined = 0; offset !== undefined; ) {
    const page: Page = await lists.page(offset, PAGE, LAST_DAYS);
    results.push(...page.rows);
    offset = nextOffset(offset, page);
    if ((offset ?? 0) > MAX_ROWS) return 'too many';
  }
  return results;
}

/** The newest results there are now, and their time, as the registrar writes it. */
export interface Newest {
  readonly results: readonly Result[];
  readonly timestamp: string;
}

/** The newest results of a list whose order says nothing. */
export async function newestResults(run: Run): Promise<Newest> {
  const results = await resultsOfLastDays(run);
  // The registrar lists more than it was asked for: what is new cannot be told from what is old.
  if (results === 'too many') return { results: [], timestamp: NEVER };
  const [first, ...others] = results;
  // All are older than that on any clock, and what is to come is younger.
  if (!first)
    return { results, timestamp: new Date(run.now() - DAY_MS).toISOString().slice(0, 19) };
  const newest = others.reduce((a, b) => (instantOf(b) > instantOf(a) ? b : a), first);
  const isNewest = (result: Result) => instantOf(result) === instantOf(newest);
  return { results: results.filter(isNewest), timestamp: newest.timestamp };
}
