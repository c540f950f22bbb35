import { defineRequest } from '../action.ts';
import * as cell from '../reply/cells.ts';
import { column, readList } from '../reply/list.ts';
import { listReply } from '../reply/list-reply.ts';

const COLUMNS = {
  email: column(cell.key),
  domain: column(cell.text),
  verificationExpires: column(cell.moment, 'verification-expires'),
};

export const reply = () => listReply('emails', COLUMNS);

export const example = () => ({
  input: {},
  reply: {
    emails: [
      {
        email: 'office@example.org',
        domain: 'example.org',
        verificationExpires: '2026-12-08T20:10:02',
      },
    ],
  },
});

export const action = defineRequest({
  name: 'wa-email-list',
  group: 'verification',
  method: 'GET',
  access: 'read',
  summary: 'Lists the owner addresses that are still to be verified.',
  input: {},
  emptyWhenNotFound: true,
  read: (answer) => readList('emails', COLUMNS, answer),
});
