import { defineRequest } from '../action.ts';
import * as cell from '../reply/cells.ts';
import { column, readList } from '../reply/list.ts';
import { listReply } from '../reply/list-reply.ts';

const COLUMNS = { tld: column(cell.key) };

export const reply = () => listReply('tlds', COLUMNS);

export const example = () => ({ input: {}, reply: { tlds: [{ tld: 'com' }] } });

export const action = defineRequest({
  name: 'query-tld-list',
  group: 'catalogue',
  method: 'GET',
  access: 'read',
  summary: 'Lists the top level domains that the registrar knows.',
  input: {},
  read: (answer) => readList('tlds', COLUMNS, answer),
});
