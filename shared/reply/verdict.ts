import * as z from 'zod/mini';
import { DmapiError } from '../dmapi/error.ts';
import { readFields } from '../dmapi/fields.ts';
import type { Reply } from '../dmapi/reply.ts';

/** The reply of an action that the registrar judges by `Result`. A refusal is a problem. */
export const verdictReply = () => z.strictObject({ accepted: z.literal(true) });

/**
 * What is left of a verdict once refusals are out: a `Result: NACK` among the headers has been taken
 * for one already, and some have seen the line in the body.
 *
 * @throws DmapiError `refused`
 */
export function readVerdict(reply: Reply): { accepted: true } {
  const { result = '' } = readFields(reply.body).fields;
  if (result.trim().toUpperCase() !== 'NACK') return { accepted: true };
  throw new DmapiError('refused', 'The registrar answered Result NACK.', { reply });
}
