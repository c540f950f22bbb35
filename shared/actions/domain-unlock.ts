import { defineQueued } from '../action.ts';
import { domain } from '../input/domain-name.ts';
import { queuedExample, queuedReply } from '../reply/queued.ts';

export const reply = queuedReply;

export const example = () => queuedExample('domain-unlock', { domain: 'example.com' });

export const action = defineQueued({
  name: 'domain-unlock',
  group: 'domains',
  access: 'modify',
  summary: 'Lifts the transfer lock of a domain, so that it can be moved to another registrar.',
  input: {
    domain,
  },
});
