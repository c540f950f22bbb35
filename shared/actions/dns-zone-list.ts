import * as z from 'zod/mini';
import { defineRequest } from '../action.ts';
import { pattern } from '../input/text.ts';
import { readList } from '../reply/list.ts';
import { listReply } from '../reply/list-reply.ts';
import { ZONE_COLUMNS } from '../reply/zone-list.ts';

export const reply = () => listReply('zones', ZONE_COLUMNS);

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
  read: (answer) => readList('zones', ZONE_COLUMNS, answer),
});
