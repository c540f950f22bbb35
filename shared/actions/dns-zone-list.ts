import * as z from 'zod/mini';
import { defineRequest } from '../action.ts';
import { pattern } from '../input/text.ts';
import * as cell from '../reply/cells.ts';
import { column, readList } from '../reply/list.ts';
import { listReply } from '../reply/list-reply.ts';

const COLUMNS = {
  domain: column(cell.key),
  expirationDate: column(cell.day),
};

export const reply = () => listReply('zones', COLUMNS);

export const example = () => ({
  input: { pattern: 'example.o*' },
  reply: { zones: [{ domain: 'example.org', expirationDate: '2029-02-20' }] },
});

export const action = defineRequest({
  name: 'dns-zone-list',
  group: 'zones',
  method: 'GET',
  access: 'read',
  summary: "Lists the zones that the registrar's name servers serve.",
  input: {
    pattern: z.optional(pattern),
  },
  emptyWhenNotFound: true,
  read: (answer) => readList('zones', COLUMNS, answer),
});
