import * as z from 'zod/mini';
import { unreadable } from '../dmapi/error.ts';
import { lines, splitField } from '../dmapi/lines.ts';
import type { Reply } from '../dmapi/reply.ts';

/** The reply with the value of a property. */
export const propertyReply = () =>
  z.strictObject({
    property: z.string(),
    value: z
      .union([z.boolean(), z.string(), z.null()])
      .check(
        z.describe('true or false for autorenew and whois-opt-out; null where it is the default.'),
      ),
  });

/** Reads the one line `name: value`. @throws DmapiError `unreadable-reply` for anything else */
export function readProperty({ body }: Reply, property: string) {
  const [line = ''] = lines(body);
  const value = splitField(line)?.[1].trim();
  if (value === undefined) throw unreadable('it does not tell the property');
  const isFlag = property !== 'privacy' && /^[01]$/.test(value);
  return { property, value: isFlag ? value === '1' : value || null };
}
