import { DAY_MS } from './time/timestamp.ts';

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
}

/** The registrar keeps answers nobody fetched for so long, and then only their status. */
const CONTENT_KEPT_MS = 90 * DAY_MS;

const ACK_TEXTS: Readonly<Record<string, (result: Result) => string>> = {
  'domain-transfer-get-auth-id': ({ svTrId }) =>
    `The Authorization ID is: "sim-${svTrId.slice(-12)}"`,
};

/** The free text that can be retrieved now: none while in progress, deleted, or after 90 days. */
export function retrievableContent(result: Result, nowMs: number): string | null {
  return result.status === IN_PROGRESS || result.deleted || nowMs - result.atMs > CONTENT_KEPT_MS
    ? null
    : result.content;
}

/**
 * The free text of an answer. The Auth-ID sentence and the frame of a nack (from `error_text:` to
 * the dashes) are what programs look for in live answers; the other words are made up.
 */
export function writeContent(result: Result, status: SettledStatus): string {
  const { requestType, requestObject } = result;
  if (status === 'ack') {
    return ACK_TEXTS[requestType]?.(result) ?? `${requestType} of ${requestObject} is done.`;
  }
  return [
    'result_msg: Object status prohibits operation',
    'error_text:',
    `The registry refused ${requestType} of ${requestObject}.`,
    '----------',
  ].join('\n');
}

/** Ends the progress of a result with that status and its answer. */
export function settleResult(result: Result, status: SettledStatus): void {
  result.status = status;
  result.content = writeContent(result, status);
  result.settles = null;
}
