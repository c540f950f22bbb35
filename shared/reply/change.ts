import * as z from 'zod/mini';
import type { Reply } from '../dmapi/reply.ts';
import { readTracking } from './queued.ts';

/** The reply of an action that changes something at once. */
export const changeReply = () =>
  z.strictObject({
    procId: z.nullable(z.string()).check(z.describe("The registrar's number of the request.")),
    svTrId: z.nullable(z.string()).check(z.describe("The registrar's tracking id of the request.")),
  });

/** What the reply to a change tells: how the registrar calls it. */
export function readChange(reply: Reply) {
  const { procId, svTrId } = readTracking(reply);
  return { procId, svTrId };
}
