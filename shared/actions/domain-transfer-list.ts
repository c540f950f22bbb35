import * as z from 'zod/mini';
import { defineRequest } from '../action.ts';
import { domain } from '../input/domain-name.ts';
import * as cell from '../reply/cells.ts';
import { column, readList } from '../reply/list.ts';
import { listReply } from '../reply/list-reply.ts';

const COLUMNS = {
  domain: column(cell.key),
  state: column(cell.text),
  ownerEmail: column(cell.text),
  adminEmail: column(cell.text),
};

export const reply = () =>
  listReply('transfers', COLUMNS, {
    state: 'Such as FOA_BEEN_SENT or REGISTRY_REQUEST_SENT; not all are documented.',
  });

export const example = () => ({
  input: { domain: 'arriving.example' },
  reply: {
    transfers: [
      {
        domain: 'arriving.example',
        state: 'FOA_BEEN_SENT',
        ownerEmail: 'former.owner@example.net',
        adminEmail: 'alex@example.com',
      },
    ],
  },
});

export const action = defineRequest({
  name: 'domain-transfer-list',
  group: 'domains',
  method: 'GET',
  access: 'read',
  summary: 'Lists the inbound transfers that are under way, or shows one.',
  input: {
    domain: z.optional(domain),
  },
  request: 'domain-transfer-control',
  params: ({ domain }) => (domain === undefined ? { action: 'list' } : { action: 'show', domain }),
  read: (answer) => readList('transfers', COLUMNS, answer),
});
