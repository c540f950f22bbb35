import { defineRequest } from '../action.ts';
import * as cell from '../reply/cells.ts';
import { column, readList } from '../reply/list.ts';
import { listReply } from '../reply/list-reply.ts';

const COLUMNS = { request: column(cell.key) };

export const reply = () => listReply('requests', COLUMNS);

export const example = () => ({ input: {}, reply: { requests: [{ request: 'login' }] } });

export const action = defineRequest({
  name: 'query-request-list',
  group: 'catalogue',
  method: 'GET',
  access: 'read',
  summary: 'Lists the requests that the key may send.',
  input: {},
  read: (answer) => readList('requests', COLUMNS, answer),
});
