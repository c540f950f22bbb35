import { defineRequest } from '../action.ts';
import { header } from '../dmapi/reply.ts';
import { referenceParams, resultReference } from '../result-reference.ts';

export const action = defineRequest({
  name: 'result-delete',
  method: 'POST',
  access: 'modify',
  summary: 'Deletes the content of one result and hides it from result-list; its status stays.',
  input: resultReference,
  params: referenceParams,
  read: (reply) => ({ message: reply.body.trim() || (header(reply, 'Status-Text') ?? '') }),
});
