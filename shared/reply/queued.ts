import * as z from 'zod/mini';
import { header, type Reply, trackingId } from '../dmapi/reply.ts';

/** A request that the registrar has accepted. What became of it is told later, in result-list. */
export interface Queued {
  readonly status: 'pending';
  /** The DMAPI request name. */
  readonly requestType: string;
  /** The domain, host or contact it is about; null where the request names none. */
  readonly requestObject: string | null;
  readonly svTrId: string | null;
  readonly procId: string | null;
  /** The caller's own id of it. */
  readonly clTrId: string | null;
}

/** What of an input names the object of the request. */
interface About {
  readonly domain?: string;
  readonly host?: string;
  readonly handle?: string;
  readonly clTrId?: string | undefined;
}

/** What the reply to a request that is queued tells. */
export function readQueued(reply: Reply, requestType: string, input: object): Queued {
  const { domain, host, handle, clTrId } = input as About;
  return {
    status: 'pending',
    requestType,
    requestObject: domain ?? host ?? handle ?? null,
    ...readTracking(reply),
    clTrId: clTrId ?? null,
  };
}

/** How the registrar calls a request; null where it does not tell. */
export function readTracking(reply: Reply) {
  return { svTrId: trackingId(reply), procId: header(reply, 'Proc-ID')?.trim() || null };
}

/** The reply of an action that is queued. */
export const queuedReply = () =>
  z.strictObject({
    status: z
      .enum(['pending', 'ack', 'nack'])
      .check(
        z.describe(
          'How far it has come: pending with 202, otherwise, if it was waited for, ack or nack.',
        ),
      ),
    requestType: z.string(),
    requestObject: z
      .nullable(z.string())
      .check(z.describe('What it is about; null where the request names nothing.')),
    svTrId: z.nullable(z.string()).check(z.describe("The registrar's tracking id of the request.")),
    procId: z.nullable(z.string()).check(z.describe("The registrar's number of the request.")),
    clTrId: z.nullable(z.string()).check(z.describe("The caller's own id of the request.")),
    objectName: z
      .optional(z.nullable(z.string()))
      .check(
        z.describe('Once it has settled: what came of it, such as the handle of a new contact.'),
      ),
    fields: z
      .optional(z.record(z.string(), z.string()))
      .check(z.describe('Once it has settled: what result-retrieve tells by name.')),
    content: z
      .optional(z.nullable(z.string()))
      .check(z.describe('Once it has settled: the text of the result.')),
  });

/** An example of an action that is queued. */
export const queuedExample = (
  requestType: string,
  input: About & Readonly<Record<string, unknown>>,
) => ({
  input,
  reply: {
    status: 'pending',
    requestType,
    requestObject: input.domain ?? input.host ?? input.handle ?? null,
    svTrId: '01dd7b8f013764167ed0e21db8e4e555',
    procId: '104000007',
    clTrId: input.clTrId ?? null,
  },
});
