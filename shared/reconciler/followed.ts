import { changesAmong } from './change.ts';
import type { Followed } from './ledger-entry.ts';
import { askedInVain, isGivenUp, isLookDue } from './missing.ts';
import { instantOf } from './newest-first.ts';
import { type Run, see, unseen } from './run.ts';

/** Requests for single results in one run, of those that are likely to be found. */
export const MAX_LOOKUPS = 25;
/** After so many in vain a run asks no more: what has vanished shall cost next to nothing. */
const MAX_MISSES = 3;
/** So many at a time. */
const AT_ONCE = 5;
/** The registrar lists 90 days unasked, on a clock whose zone nobody knows. */
const LISTED_MS = 88 * 86_400_000;

type Entry = [key: string, Followed];

/**
 * Tells what has become of results that are followed and that no list has shown: each is asked for
 * by its id. What there is no time for has its turn in another run, and what cannot be found is
 * asked for ever more rarely.
 */
export async function tellFollowed(run: Run): Promise<void> {
  await closeSettled(run);
  await noteFound(run);
  const turn = inTurn(run);
  let misses = 0;
  for (let at = 0; at < turn.length && misses < MAX_MISSES; ) {
    const asked = turn.slice(at, at + Math.min(AT_ONCE, MAX_MISSES - misses));
    at += asked.length;
    misses += await ask(run, asked);
  }
  run.vanished = unseen(run).filter(
    (entry) => !isBeyondList(run, entry) || isMissing(entry),
  ).length;
}

/** Whether it is too old to be listed unasked, so that nothing follows from not having been shown. */
export function isBeyondList({ now }: Run, [, { timestamp, sinceMs }]: Entry): boolean {
  return now() - (timestamp === null ? sinceMs : instantOf({ timestamp })) > LISTED_MS;
}

/** Asks for each of these, and tells what has become of them. @returns how many were not found */
async function ask(run: Run, asked: readonly Entry[]): Promise<number> {
  const { ledger, lists, teller, now } = run;
  const found = await Promise.all(
    asked.map((entry) => lists.find(entry[1], isBeyondList(run, entry) ? 'year' : 'recent')),
  );
  see(run, found.flat());
  await teller.tell(await changesAmong(found.flat(), ledger));
  let misses = 0;
  for (const [n, [key, { missing, old }]] of asked.entries()) {
    if (found[n]?.length === 0) {
      misses++;
      await ledger.recordMissing(key, askedInVain(missing, now()));
    } else if (old) {
      // All that share its svTrId have entries of their own now.
      if (ledger.open.has(key)) await ledger.close(key);
    } else if (missing) await ledger.recordMissing(key, null);
  }
  return misses;
}

/** A run that died while it recorded may have left them; and those that nobody hopes for any more. */
async function closeSettled(run: Run): Promise<void> {
  const left = unseen(run);
  const settled = await run.ledger.settled(left.map(([key]) => key));
  for (const [key, { missing }] of left) {
    const isOver = settled.has(key) || (missing && isGivenUp(missing, run.now()));
    if (isOver) await run.ledger.close(key);
  }
}

/** What a list shows again has not vanished. */
async function noteFound({ ledger, seenInProgress }: Run): Promise<void> {
  for (const entry of ledger.open) {
    const [key] = entry;
    if (isMissing(entry) && seenInProgress.has(key)) await ledger.recordMissing(key, null);
  }
}

/** First what was seen the last time, from elsewhere in every run; then what was not, for longest. */
function inTurn(run: Run): Entry[] {
  const left = unseen(run);
  const fresh = left.filter((entry) => !isMissing(entry));
  const from = (run.lease.fence * MAX_LOOKUPS) % Math.max(1, fresh.length);
  const missing = left
    .filter(([, followed]) => followed.missing && isLookDue(followed.missing, run.now()))
    .sort(([, a], [, b]) => (a.missing?.nextLookMs ?? 0) - (b.missing?.nextLookMs ?? 0));
  const first = [...fresh.slice(from), ...fresh.slice(0, from)].slice(0, MAX_LOOKUPS);
  return [...first, ...missing.slice(0, MAX_MISSES)];
}

function isMissing([, { missing }]: Entry): boolean {
  return missing !== null;
}
