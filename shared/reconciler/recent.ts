import type { Result } from '../dmapi/result.ts';
import { type Change, changesAmong } from './change.ts';
import { MAX_LOOKUPS } from './followed.ts';
import { areNewestFirst, oldestFirst } from './newest-first.ts';
import { FIRST_PAGE, larger, nextOffset, OVERLAP, PAGE } from './paging.ts';
import { openSweep, type Run, see, unseen } from './run.ts';

/** With more changes than this at the head of the list they are told page by page, in a sweep. */
const MAX_CHANGES = 5000;
/** To find results that are no longer in progress, so many rows are read rather than ask for each. */
const MAX_ROWS_FOR_UNSEEN = 5000;
/** How far back a list is read whose order says nothing. */
const UNORDERED_DAYS = 2;
const MAX_UNORDERED_ROWS = 20_000;

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
    const rows = await run.lists.page(offset, limit);
    const next = nextOffset(offset, rows);
    if (next !== undefined && !areNewestFirst(rows)) return 'unordered';
    await collect(run, rows, changes);
    if (isKnownBelow(run, rows, changes) && !isWorthReadingOn(run, changes, offset)) break;
    if (changes.size > MAX_CHANGES) return 'too many';
    offset = next;
  }
  return [...changes.values()];
}

/** Whatever the order, what is new is among the results of the last days. */
async function readLastDays(run: Run): Promise<Change[] | 'too many'> {
  const changes = new Map<string, Change>();
  for (let offset: number | undefined = 0; offset !== undefined; ) {
    const rows = await run.lists.page(offset, PAGE, UNORDERED_DAYS);
    await collect(run, rows, changes);
    offset = nextOffset(offset, rows);
    if ((offset ?? 0) > MAX_UNORDERED_ROWS) return 'too many';
  }
  return [...changes.values()];
}

async function collect(run: Run, rows: readonly Result[], changes: Map<string, Change>) {
  see(run, rows);
  for (const change of await changesAmong(rows, run.ledger)) {
    changes.set(change.result.svTrId, change);
  }
}

type Changes = ReadonlyMap<string, Change>;

/**
 * Whether the last of these rows prove that all below them is known. What is followed proves
 * nothing: it is known from elsewhere.
 */
function isKnownBelow({ ledger }: Run, rows: readonly Result[], changes: Changes): boolean {
  const proof = rows.filter(({ svTrId }) => !ledger.open.has(svTrId)).slice(-OVERLAP);
  return proof.length === OVERLAP && proof.every(({ svTrId }) => !changes.has(svTrId));
}

/** Whether too many are no longer in progress to ask for each of them. */
function isWorthReadingOn(run: Run, changes: Changes, offset: number): boolean {
  const missing = unseen(run).filter((svTrId) => !changes.has(svTrId));
  return offset < MAX_ROWS_FOR_UNSEEN && missing.length > MAX_LOOKUPS;
}
