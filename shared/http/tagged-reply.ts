import type { Tagged } from '../action.ts';
import { DmapiError } from '../dmapi/error.ts';
import { jsonReply } from './json-reply.ts';

/**
 * A reply with an ETag. A write that has been done is told as done, however much it has changed: a diff
 * that is too large is left out.
 */
export function taggedReply({ etag, body }: Tagged<object>) {
  try {
    return jsonReply(200, body, { etag });
  } catch (error) {
    if (!(error instanceof DmapiError) || !('diff' in body)) throw error;
    return jsonReply(200, { ...body, diff: null }, { etag });
  }
}
