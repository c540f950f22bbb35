import { defineQueued } from '../action.ts';
import { domain } from '../input/domain-name.ts';
import { queuedExample, queuedReply } from '../reply/queued.ts';

export const reply = queuedReply;

export const example = () => queuedExample('domain-lock', { domain: 'example.org' });

export const action = defineQueued({
  name: 'domain-lock',
  group: 'domains',
  access: 'modify',
  summary: 'Sets the transfer lock of a domain.',
  input: {
    domain,
  },
});
