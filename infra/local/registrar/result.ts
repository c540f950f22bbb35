/** What a request in progress comes to in the end. */
export type SettledStatus = 'ack' | 'nack';

/** The status of a request that is still in progress. */
export const IN_PROGRESS = '?';

/** One asynchronous request and what became of it. */
export interface Result {
  readonly svTrId: string;
  readonly procId: string;
  readonly requestType: string;
  readonly requestObject: string;
  /** The caller's own id, `-` when none was given. */
  readonly clTrId: string;
  /** When the request was made, epoch milliseconds. */
  readonly atMs: number;
  /** `?`, `ack` or `nack`; any other text a test plants is listed as it is. */
  status: string;
  /** The free text of the answer; null when there is none (any more). */
  content: string | null;
  /** Hidden by result-delete. */
  deleted: boolean;
  /** When it settles by itself and to what; null when it has settled, or waits to be told. */
  settles: { readonly atMs: number; readonly status: SettledStatus } | null;
  /** Does what was asked for, at that moment, and tells what came of it. What is planted has none. */
  readonly carryOut?: (wanted: SettledStatus, atMs: number) => CarriedOut;
}

/** What came of a request, and the words of its answer where they are not the usual ones. */
export interface CarriedOut {
  readonly status: SettledStatus;
  readonly text?: string | undefined;
  readonly reason?: string | undefined;
}
