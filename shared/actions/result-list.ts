import * as z from 'zod/mini';
import { defineRequest, type ReplyOf } from '../action.ts';
import { unreadable } from '../dmapi/error.ts';
import { refuseIllegible } from '../dmapi/list.ts';
import { type Result, readCount, readResults } from '../dmapi/result.ts';
import { date } from '../input/date.ts';
import { flag, integer } from '../input/query.ts';
import { oneOf, pattern } from '../input/text.ts';
import { toWire } from '../input/wire-names.ts';
import { unreadableRowsReply } from '../reply/list-reply.ts';

const MAX_DAYS = 36_500;
const MAX_ROWS = 1_000_000_000;

export const reply = () =>
  z.union([
    z.strictObject({
      results: z.array(
        z.strictObject({
          timestamp: z
            .string()
            .check(z.describe('YYYY-MM-DDThh:mm:ss, with a zone only if the registrar wrote one.')),
          svTrId: z.string(),
          procId: z.string(),
          requestType: z
            .string()
            .check(z.describe('A DMAPI request, or a web order such as create-com-order.')),
          requestObject: z.nullable(z.string()).check(z.describe('null where the row has none.')),
          status: z.enum(['ack', 'nack', 'pending', 'unknown']),
          clTrId: z.nullable(z.string()).check(z.describe("The caller's own id of the request.")),
        }),
      ),
      rowCount: z
        .number()
        .check(z.describe('How many there are, beyond offset and limit as well.')),
      unreadableRows: unreadableRowsReply(),
    }),
    z.strictObject({ count: z.number() }),
  ]);

export const example = () => ({
  input: { requestType: 'domain-*', limit: '1' },
  reply: {
    results: [
      {
        timestamp: '2026-11-23T20:10:02',
        svTrId: '01dd7b8f013764167ed0e21db8e4e555',
        procId: '104000007',
        requestType: 'domain-register',
        requestObject: 'first-steps.example',
        status: 'ack',
        clTrId: 'first-steps',
      },
    ],
    rowCount: 1,
  },
});

const FILTERS = {
  status: z.optional(oneOf(['ack', 'nack', 'pending'])),
  requestType: z.optional(pattern),
  requestObject: z.optional(pattern),
  procId: z.optional(pattern),
  svTrId: z.optional(pattern),
  clTrId: z.optional(pattern),
};

/** The filters have names of their own: here procId is not `proc-id`. */
const NAMES = {
  showAll: 'showall',
  requestType: 'rtype',
  requestObject: 'objid',
  procId: 'procid',
};

export const action = defineRequest({
  name: 'result-list',
  group: 'account',
  method: 'GET',
  access: 'read',
  summary: 'Lists or counts the results of asynchronous requests, newest first.',
  names: NAMES,
  input: {
    pending: z.optional(flag),
    showAll: z.optional(flag),
    countOnly: z.optional(flag),
    period: z.optional(integer(1, MAX_DAYS)),
    offset: z.optional(integer(0, MAX_ROWS)),
    limit: z.optional(integer(1, MAX_ROWS)),
    date: z.optional(date),
    ...FILTERS,
  },
  params: (input) =>
    toWire(
      {
        ...input,
        // Without `pending` the registrar leaves out what is still in progress.
        pending: input.pending ?? input.status === 'pending',
        status: input.status === 'pending' ? '?' : input.status,
      },
      NAMES,
    ),
  read(answer, input): ReplyOf<typeof reply> {
    const count = readCount(answer);
    if (input.countOnly) {
      if (count === undefined) throw unreadable('it does not tell the number of results');
      return { count };
    }
    const list = readResults(answer);
    if (!input.offset && !isFiltered(input)) refuseIllegible(list);
    const { rows, unreadable: unreadableRows, received } = list;
    return {
      results: rows.sort(newestFirst),
      rowCount: count ?? received,
      ...(unreadableRows.length > 0 && { unreadableRows: [...unreadableRows] }),
    };
  },
});

/** Whether only results of some kind are asked for: few, perhaps, and odd by themselves. */
function isFiltered(input: object): boolean {
  return Object.keys(FILTERS).some((name) => name in input);
}

const UNZONED = 'YYYY-MM-DDThh:mm:ss'.length;

/** The registrar has changed its order before. Results of one second stay as they came. */
function newestFirst(a: Result, b: Result): number {
  if (a.timestamp.length > UNZONED && b.timestamp.length > UNZONED) {
    return Date.parse(b.timestamp) - Date.parse(a.timestamp);
  }
  if (a.timestamp === b.timestamp) return 0;
  return a.timestamp < b.timestamp ? 1 : -1;
}
