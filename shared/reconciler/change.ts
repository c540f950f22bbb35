import type { Result } from '../dmapi/result.ts';
import type { SettledResult } from './baseline.ts';
import { keyOf } from './identity.ts';
import type { Ledger } from './ledger.ts';
import type { Known, KnownStatus } from './ledger-entry.ts';
import { DETAIL_TYPES, type ToldStatus } from './result-event.ts';

/** A result that the ledger does not know as it is. */
export interface Change {
  readonly result: Result;
  /** `undefined` where the ledger does not know the result. */
  readonly previous: Known | undefined;
}

/** A change that consumers are told. */
export type ToldChange = Change & { readonly result: Result & { readonly status: ToldStatus } };

/**
 * The changes among these rows of a list, in its order, each result once.
 *
 * What has settled is final but for the other way to settle: a list that shows it in progress again
 * is an old view, from a replica of the registrar's perhaps, and not a change.
 */
export async function changesAmong(rows: readonly Result[], ledger: Ledger): Promise<Change[]> {
  const known = await ledger.known(rows);
  const shared = sharedIds(rows);
  const changes = new Map<string, Change>();
  for (const result of rows) {
    const key = keyOf(result);
    const previous = known.get(key);
    if (changes.has(key) || !isChange(result, previous, shared)) continue;
    changes.set(key, { result, previous });
  }
  return [...changes.values()];
}

function isChange(result: Result, previous: Known | undefined, shared: ReadonlySet<string>) {
  if (!previous) return true;
  if (isSettled(previous) && !isSettled(result)) return false;
  // It gets an entry of its own.
  if (previous.old === 'open') return true;
  // Version 0.1.0 took the two for one, and has told both, in turns, again and again.
  if (previous.old === 'settled' && shared.has(result.svTrId)) return false;
  return previous.status !== result.status;
}

/** The svTrIds that several of these results have. */
function sharedIds(rows: readonly Result[]): ReadonlySet<string> {
  const keys = new Map<string, string>();
  const shared = rows.filter((row) => {
    const key = keyOf(row);
    const first = keys.get(row.svTrId) ?? key;
    keys.set(row.svTrId, first);
    return first !== key;
  });
  return new Set(shared.map(({ svTrId }) => svTrId));
}

/** Whether it has come to an end. */
export function isSettled(result: Result): result is SettledResult;
export function isSettled(result: { readonly status: KnownStatus | undefined }): boolean;
export function isSettled({ status }: { readonly status: KnownStatus | undefined }): boolean {
  return status === 'ack' || status === 'nack';
}

/** Whether consumers are told. A status that nobody can read is followed, and no news. */
export function isTold(change: Change): change is ToldChange {
  const { result, previous } = change;
  return result.status in DETAIL_TYPES && result.status !== previous?.status;
}

/** How many transitions of the result have been told, once this one has been. */
export function sequenceOf(change: Change): number {
  return (change.previous?.sequence ?? 0) + (isTold(change) ? 1 : 0);
}
