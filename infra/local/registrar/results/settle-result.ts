import { authIdText } from '../domains/auth-id.ts';
import { IN_PROGRESS, type Result, type SettledStatus } from '../result.ts';
import { DAY_MS } from '../time/timestamp.ts';

/** The registrar keeps answers nobody fetched for so long, and then only their status. */
const CONTENT_KEPT_MS = 90 * DAY_MS;

/** The free text that can be retrieved now: none while in progress, deleted, or after 90 days. */
export function retrievableContent(result: Result, nowMs: number): string | null {
  return result.status === IN_PROGRESS || result.deleted || nowMs - result.atMs > CONTENT_KEPT_MS
    ? null
    : result.content;
}

/**
 * The free text of an answer. Programs look for the sentence with the Auth-ID, for `request_state`
 * and `order number`, and in a nack for what stands from `error_text:` to the dashes; the other
 * words are made up.
 */
export function writeContent(result: Result, status: SettledStatus, reason?: string): string {
  const { requestType, requestObject, procId, svTrId } = result;
  if (status === 'ack') {
    if (requestType === 'domain-transfer-get-auth-id')
      return authIdText(`sim-${svTrId.slice(-12)}`);
    return [
      `order number: ${procId}`,
      'request_state: SUCCESS',
      'result_msg: Command completed successfully',
    ].join('\n');
  }
  return [
    `order number: ${procId}`,
    'request_state: FAILURE',
    'result_msg: Object status prohibits operation',
    'error_text:',
    reason ?? `The registry refused ${requestType} of ${requestObject}.`,
    '----------',
  ].join('\n');
}

/** Ends the progress of a result: what was asked for is done now, if it can be and is wanted. */
export function settleResult(result: Result, wanted: SettledStatus, atMs: number): void {
  const { status, text, reason } = result.carryOut?.(wanted, atMs) ?? { status: wanted };
  result.status = status;
  result.content = text ?? writeContent(result, status, reason);
  result.settles = null;
}
