import * as z from 'zod/mini';
import { defineRequest } from '../action.ts';
import { flag } from '../input/query.ts';
import { pattern } from '../input/text.ts';
import { toWire } from '../input/wire-names.ts';
import * as cell from '../reply/cells.ts';
import { column, namesOf, optional, readList } from '../reply/list.ts';
import { listReply } from '../reply/list-reply.ts';

const COLUMNS = {
  host: column(cell.key),
  ipv4: optional(cell.text),
  ipv6: optional(cell.text),
};

export const reply = () => listReply('nameServers', COLUMNS, { ipv4: 'Absent with full=false.' });

export const example = () => ({
  input: { pattern: 'ns2.*' },
  reply: {
    nameServers: [{ host: 'ns2.example.org', ipv4: '198.51.100.53', ipv6: '2001:db8::53' }],
  },
});

export const action = defineRequest({
  name: 'query-ns-list',
  group: 'hosts',
  method: 'GET',
  access: 'read',
  summary: 'Lists the name server hosts of the account with their addresses.',
  input: {
    pattern: z.optional(pattern),
    /** Whether addresses are told: they are, unless it is false. */
    full: z.optional(flag),
  },
  params: ({ full = true, ...input }) => toWire({ ...input, full }),
  emptyWhenNotFound: true,
  read: (answer, { full = true }) =>
    readList('nameServers', COLUMNS, answer, full ? namesOf(COLUMNS) : ['host']),
});
