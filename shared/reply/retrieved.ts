import * as z from 'zod/mini';
import { readFields } from '../dmapi/fields.ts';
import { header, type Reply } from '../dmapi/reply.ts';
import { type ResultStatus, readResultStatus } from '../dmapi/result-status.ts';

/** What result-retrieve tells of a result. Absent parts are null. */
export interface Retrieved {
  readonly status: ResultStatus | null;
  readonly objectName: string | null;
  readonly fields: Record<string, string>;
  readonly content: string | null;
}

/** The reply with one result. */
export const retrievedReply = () =>
  z.strictObject({
    status: z
      .nullable(z.enum(['ack', 'nack', 'pending', 'unknown']))
      .check(z.describe('null where the registrar tells none.')),
    objectName: z
      .nullable(z.string())
      .check(z.describe('What it is about, or what came of it: the handle of a new contact.')),
    fields: z
      .record(z.string(), z.string())
      .check(z.describe('What else the registrar tells by name.')),
    content: z.nullable(z.string()).check(z.describe('Its text. It can hold a transfer code.')),
  });

/** Reads the reply of result-retrieve: `Key: value` lines, a blank line, a text. */
export function readRetrieved(reply: Reply): Retrieved {
  const { fields, rest } = readFields(reply.body);
  const { completionStatus, objectName, ...others } = fields;
  // Where the content is gone only the status comes, and it may stand among the headers.
  const status = completionStatus ?? header(reply, 'Completion-Status');
  return {
    status: status ? readResultStatus(status) : null,
    objectName: (objectName ?? header(reply, 'Object-Name')) || null,
    fields: others,
    content: rest.replace(/\r?\n$/, '') || null,
  };
}
