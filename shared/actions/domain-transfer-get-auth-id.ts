import { defineQueued } from '../action.ts';
import { domain } from '../input/domain-name.ts';
import { queuedExample, queuedReply } from '../reply/queued.ts';

export const reply = queuedReply;

export const example = () =>
  queuedExample('domain-transfer-get-auth-id', { domain: 'example.org' });

export const action = defineQueued({
  name: 'domain-transfer-get-auth-id',
  group: 'domains',
  access: 'modify',
  summary:
    'Asks for the code that lets a domain move to another registrar; earlier codes end. Its result has it.',
  input: {
    domain,
  },
});
