import type { Result } from '../dmapi/result.ts';
import type { Baseline } from './baseline.ts';
import { isSettled } from './change.ts';
import { keyOf } from './identity.ts';
import type { Lease, Progress } from './lease.ts';
import type { Ledger } from './ledger.ts';
import type { Followed } from './ledger-entry.ts';
import type { ResultLists } from './result-lists.ts';
import type { Teller } from './teller.ts';

/** What the parts of one run work with. */
export interface Run {
  /** The registrar's UID. */
  readonly account: string;
  readonly lists: ResultLists;
  readonly ledger: Ledger;
  readonly baseline: Baseline;
  readonly lease: Lease;
  readonly teller: Teller;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Whether the first run tells also of what had settled before it. */
  readonly publishHistory: boolean;
  /** The keys of the results that the registrar has shown to be in progress in this run. */
  readonly seenInProgress: Set<string>;
  /** How many of the followed ones it has not shown at all; null until all of them were due. */
  vanished: number | null;
  /** How far the reconciler has come; each part keeps its own. */
  progress: Progress;
}

/** Notes which of these are in progress. */
export function see(run: Run, results: readonly Result[]): void {
  for (const result of results) {
    if (!isSettled(result)) run.seenInProgress.add(keyOf(result));
  }
}

/** What is followed and has not been seen to be in progress still. */
export function unseen({ ledger, seenInProgress }: Run): [key: string, Followed][] {
  return [...ledger.open].filter(([key]) => !seenInProgress.has(key));
}

/**
 * Whether what had settled before the first run is not known yet, because no sweep has been through
 * the whole list.
 */
export function isTakingBaseline({
  progress,
  publishHistory,
}: Pick<Run, 'progress' | 'publishHistory'>): boolean {
  return progress.sweptAtMs === null && !publishHistory;
}

/** Has the whole list read from its head, in this run and the next ones, before it is trusted again. */
export async function openSweep(run: Run): Promise<void> {
  run.progress = { ...run.progress, sweepOffset: 0, sweepAnchor: null };
  await run.lease.save(run.progress);
}
