import type { Result } from '../dmapi/result.ts';
import { type Change, changesAmong } from './change.ts';
import { isBeyondList, MAX_LOOKUPS } from './followed.ts';
import { keyOf } from './identity.ts';
import { areNewestFirst, oldestFirst } from './newest-first.ts';
import { resultsOfLastDays } from './newest-results.ts';
import { FIRST_PAGE, larger, nextOffset, OVERLAP } from './paging.ts';
import type { Page } from './result-lists.ts';
import { openSweep, type Run, see, unseen } from './run.ts';

/** With more changes than this at the head of the list they are told page by page, in a sweep. */
const MAX_CHANGES = 5000;
/** To find results that are no longer in progress, so many rows are read rather than ask for each. */
const MAX_ROWS_FOR_UNSEEN = 5000;
/** For so long that is not done again where it was in vain. */
const SEARCH_EVERY_MS = 60 * 60_000;

/**
 * Tells of what has changed at the head of the list: it is newest first, so reading stops where
 * nothing is new any more.
 *
 * The changes are told from the oldest to the newest, after all of them have been found. What a
 * crash leaves untold is then at the head again, above all that is known.
 */
export async function tellRecent(run: Run): Promise<void> {
  const head = await readHead(run);
  const changes = head === 'unordered' ? await readLastDays(run) : head;
  if (changes === 'too many') await openSweep(run);
  else await run.teller.tell(oldestFirst(changes));
}

async function readHead(run: Run): Promise<Change[] | 'unordered' | 'too many'> {
  const changes = new Map<string, Change>();
  let limit = FIRST_PAGE;
  for (let offset: number | undefined = 0; offset !== undefined; limit = larger(limit)) {
    const page: Page = await run.lists.page(offset, limit);
    const next = nextOffset(offset, page);
    if (next !== undefined && !areNewestFirst(page.rows)) return 'unordered';
    await collect(run, page.rows, changes);
    if (isKnownBelow(run, page.rows, changes) && !isWorthReadingOn(run, changes, offset)) break;
    if (changes.size > MAX_CHANGES) return 'too many';
    offset = next;
  }
  if (areManyLost(run, changes)) noteSearch(run);
  return [...changes.values()];
}

/** What all these rows have not shown may be gone for good. */
function noteSearch(run: Run): void {
  if (!hasSearched(run)) run.progress = { ...run.progress, searchedAtMs: run.now() };
}

async function readLastDays(run: Run): Promise<Change[] | 'too many'> {
  const results = await resultsOfLastDays(run);
  if (results === 'too many') return results;
  const changes = new Map<string, Change>();
  await collect(run, results, changes);
  return [...changes.values()];
}

async function collect(run: Run, rows: readonly Result[], changes: Map<string, Change>) {
  see(run, rows);
  for (const change of await changesAmong(rows, run.ledger)) {
    changes.set(keyOf(change.result), change);
  }
}

type Changes = ReadonlyMap<string, Change>;

/**
 * Whether the last of these rows prove that all below them is known. What is followed proves
 * nothing: it is known from elsewhere.
 */
function isKnownBelow({ ledger }: Run, rows: readonly Result[], changes: Changes): boolean {
  const proof = rows
    .map(keyOf)
    .filter((key) => !ledger.open.has(key))
    .slice(-OVERLAP);
  return proof.length === OVERLAP && proof.every((key) => !changes.has(key));
}

/** Whether too many are no longer in progress to ask for each of them. */
function isWorthReadingOn(run: Run, changes: Changes, offset: number): boolean {
  return offset < MAX_ROWS_FOR_UNSEEN && !hasSearched(run) && areManyLost(run, changes);
}

function hasSearched({ progress: { searchedAtMs }, now }: Run): boolean {
  return searchedAtMs !== null && Math.abs(now() - searchedAtMs) < SEARCH_EVERY_MS;
}

function areManyLost(run: Run, changes: Changes): boolean {
  const lost = unseen(run).filter(
    (entry) => !changes.has(entry[0]) && !entry[1].missing && !isBeyondList(run, entry),
  );
  return lost.length > MAX_LOOKUPS;
}
