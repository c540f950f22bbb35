import * as z from 'zod/mini';
import { defineRequest } from '../action.ts';
import { unreadable } from '../dmapi/error.ts';
import { refuseIllegible } from '../dmapi/list.ts';
import { type Result, readCount, readResults } from '../dmapi/result.ts';
import { wireParams } from '../dmapi/wire-params.ts';
import { date, flag, integer, pattern } from '../input.ts';

const MAX_DAYS = 36_500;
const MAX_ROWS = 1_000_000_000;

const filters = z.object({
  status: z.optional(z.enum(['ack', 'nack', 'pending'], 'must be ack, nack or pending')),
  requestType: z.optional(pattern),
  requestObject: z.optional(pattern),
  procId: z.optional(pattern),
  svTrId: z.optional(pattern),
  clTrId: z.optional(pattern),
});

const input = z.strictObject({
  pending: z.optional(flag),
  showAll: z.optional(flag),
  countOnly: z.optional(flag),
  period: z.optional(integer(1, MAX_DAYS)),
  offset: z.optional(integer(0, MAX_ROWS)),
  limit: z.optional(integer(1, MAX_ROWS)),
  date: z.optional(date),
  ...filters.shape,
});

export const action = defineRequest({
  name: 'result-list',
  method: 'GET',
  access: 'read',
  summary: 'Lists or counts the results of asynchronous requests, newest first.',
  input,
  params: (input) =>
    wireParams({
      // Without `pending` the registrar leaves out what is still in progress.
      pending: input.pending ?? input.status === 'pending',
      showall: input.showAll,
      'count-only': input.countOnly,
      period: input.period,
      offset: input.offset,
      limit: input.limit,
      date: input.date,
      status: input.status === 'pending' ? '?' : input.status,
      rtype: input.requestType,
      objid: input.requestObject,
      procid: input.procId,
      svtrid: input.svTrId,
      cltrid: input.clTrId,
    }),
  read(reply, input) {
    const count = readCount(reply);
    if (input.countOnly) {
      if (count === undefined) throw unreadable('it does not tell the number of results');
      return { count };
    }
    const list = readResults(reply);
    if (!input.offset && !isFiltered(input)) refuseIllegible(list);
    const { rows, unreadable: unreadableRows, received } = list;
    return {
      results: rows.sort(newestFirst),
      rowCount: count ?? received,
      ...(unreadableRows.length > 0 && { unreadableRows }),
    };
  },
});

/** Whether only results of some kind are asked for: few, perhaps, and odd by themselves. */
function isFiltered(input: z.output<typeof filters>): boolean {
  return Object.keys(filters.shape).some((name) => name in input);
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
