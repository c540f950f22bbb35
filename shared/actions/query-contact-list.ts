import * as z from 'zod/mini';
import { defineRequest } from '../action.ts';
import { tld } from '../input/domain-name.ts';
import { flag, position } from '../input/query.ts';
import { pattern } from '../input/text.ts';
import * as cell from '../reply/cells.ts';
import { column, namesOf, optional, readList } from '../reply/list.ts';
import { listReply } from '../reply/list-reply.ts';

const COLUMNS = {
  handle: column(cell.key),
  name: optional(cell.text),
  organization: optional(cell.text),
  email: optional(cell.text),
};

export const reply = () =>
  listReply('contacts', COLUMNS, { name: 'With extendedFormat, as the next two.' });

export const example = () => ({
  input: { pattern: 'CDE-*' },
  reply: { contacts: [{ handle: 'CDE-1000009' }] },
});

export const action = defineRequest({
  name: 'query-contact-list',
  group: 'contacts',
  method: 'GET',
  access: 'read',
  summary: 'Lists the contacts of the account by their handles.',
  input: {
    pattern: z.optional(pattern),
    from: z.optional(position),
    to: z.optional(position),
    tld: z.optional(tld),
    extendedFormat: z.optional(flag),
  },
  emptyWhenNotFound: true,
  read: (answer, { extendedFormat }) =>
    readList('contacts', COLUMNS, answer, extendedFormat ? namesOf(COLUMNS) : ['handle']),
});
