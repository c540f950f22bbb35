import { defineRequest } from '../action.ts';
import { readFields } from '../dmapi/fields.ts';
import { header } from '../dmapi/reply.ts';
import { readResultStatus } from '../dmapi/result-status.ts';
import { referenceParams, resultReference } from '../result-reference.ts';

export const action = defineRequest({
  name: 'result-retrieve',
  method: 'GET',
  access: 'read',
  summary: 'Fetches the answer to one asynchronous request, its content included.',
  input: resultReference,
  params: referenceParams,
  read(reply) {
    const { fields, rest } = readFields(reply.body);
    const { completionStatus, objectName, ...others } = fields;
    // Where the content is gone only the status comes, and it may stand among the headers.
    const status = completionStatus ?? header(reply, 'Completion-Status');
    return {
      status: status ? readResultStatus(status) : null,
      objectName: (objectName ?? header(reply, 'Object-Name')) || null,
      fields: others,
      content: rest.replace(/\r?\n$/, '') || null,
    };
  },
});
