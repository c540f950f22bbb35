import type { Result } from '../dmapi/result.ts';
import type { SettledResult } from './baseline.ts';
import type { KnownStatus, Ledger } from './ledger.ts';
import { DETAIL_TYPES, type ToldStatus } from './result-event.ts';

/** A result whose status is not the one in the ledger. */
export interface Change {
  readonly result: Result;
  /** `undefined` where the ledger does not know the result. */
  readonly previous: KnownStatus | undefined;
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
  const changes = new Map<string, Change>();
  for (const result of rows) {
    const previous = known.get(result.svTrId);
    if (changes.has(result.svTrId) || previous === result.status) continue;
    if (isSettled({ status: previous }) && !isSettled(result)) continue;
    changes.set(result.svTrId, { result, previous });
  }
  return [...changes.values()];
}

/** Whether it has come to an end. */
export function isSettled(result: Result): result is SettledResult;
export function isSettled(result: { readonly status: KnownStatus | undefined }): boolean;
export function isSettled({ status }: { readonly status: KnownStatus | undefined }): boolean {
  return status === 'ack' || status === 'nack';
}

/** Whether consumers are told. A status that nobody can read is followed, and no news. */
export function isTold(change: Change): change is ToldChange {
  return change.result.status in DETAIL_TYPES;
}
