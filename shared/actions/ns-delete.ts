import { defineQueued } from '../action.ts';
import { host } from '../input/domain-name.ts';
import { queuedExample, queuedReply } from '../reply/queued.ts';

export const reply = queuedReply;

export const example = () => queuedExample('ns-delete', { host: 'ns1.example.com' });

export const action = defineQueued({
  name: 'ns-delete',
  group: 'hosts',
  access: 'modify',
  summary: 'Deletes a name server host that no domain uses.',
  input: {
    host,
  },
});
