import * as z from 'zod/mini';
import { defineRequest } from '../action.ts';
import { header } from '../dmapi/reply.ts';
import { namesOne, referenceParams, resultReference } from '../input/result-reference.ts';

export const reply = () => z.strictObject({ message: z.string() });

export const example = () => ({
  input: { svTrId: '01dd7b8f013764167ed0e21db8e4e555' },
  reply: { message: 'Result 01dd7b8f013764167ed0e21db8e4e555 has been deleted.' },
});

export const action = defineRequest({
  name: 'result-delete',
  group: 'account',
  method: 'POST',
  access: 'modify',
  summary: 'Deletes the content of one result and hides it from result-list; its status stays.',
  input: resultReference,
  rule: namesOne,
  params: referenceParams,
  read: (answer) => ({ message: answer.body.trim() || (header(answer, 'Status-Text') ?? '') }),
});
