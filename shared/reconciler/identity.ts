import type { Result } from '../dmapi/result.ts';

/** What tells a result from all others of the account. */
export type Identity = Pick<Result, 'svTrId' | 'procId'>;

/**
 * The same text for the same result, in every run: its svTrId and its procId, since two results can
 * share a svTrId. The procId alone where the registrar gives no svTrId (nothing, or a dash).
 */
export function keyOf(result: Identity): string {
  const { svTrId, procId } = identityOf(result);
  // A slash within the first part would let two results come to the same text.
  return `${svTrId.replace(/[%/]/g, encodeURIComponent)}/${procId}`;
}

/** The two parts, each empty where the registrar gives none. */
export function identityOf({ svTrId, procId }: Identity): Identity {
  return { svTrId: svTrId === '-' ? '' : svTrId, procId: procId === '-' ? '' : procId };
}
