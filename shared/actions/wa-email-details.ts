import { defineRequest } from '../action.ts';
import { secret } from '../input/secret.ts';
import * as cell from '../reply/cells.ts';
import { column, readList } from '../reply/list.ts';
import { listReply } from '../reply/list-reply.ts';

const COLUMNS = {
  status: column(cell.text),
  email: column(cell.key),
  domain: column(cell.text),
};

export const reply = () => listReply('details', COLUMNS);

export const example = () => ({
  input: { key: 'a-key-from-a-mail' },
  reply: { details: [{ status: 'pending', email: 'office@example.org', domain: 'example.org' }] },
});

export const action = defineRequest({
  name: 'wa-email-details',
  group: 'verification',
  method: 'POST',
  access: 'read',
  summary: 'Tells what a verification key is for.',
  input: {
    /** It came by mail. */
    key: secret,
  },
  secrets: ['key'],
  read: (answer) => readList('details', COLUMNS, answer),
});
