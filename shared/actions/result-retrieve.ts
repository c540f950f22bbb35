import { defineRequest } from '../action.ts';
import { namesOne, referenceParams, resultReference } from '../input/result-reference.ts';
import { readRetrieved, retrievedReply } from '../reply/retrieved.ts';

export const reply = retrievedReply;

export const example = () => ({
  input: { procId: '104000007' },
  reply: {
    status: 'ack',
    objectName: 'first-steps.example',
    fields: {},
    content:
      'order number: 104000007\nrequest_state: SUCCESS\nresult_msg: Command completed successfully',
  },
});

export const action = defineRequest({
  name: 'result-retrieve',
  group: 'account',
  method: 'GET',
  access: 'read',
  summary: 'Fetches the answer to one asynchronous request, its content included.',
  input: resultReference,
  rule: namesOne,
  params: referenceParams,
  read: readRetrieved,
});
