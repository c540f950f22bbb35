import { defineQueued } from '../action.ts';
import { handle } from '../input/handle.ts';
import { queuedExample, queuedReply } from '../reply/queued.ts';

export const reply = queuedReply;

export const example = () => queuedExample('contact-delete', { handle: 'CDE-1000009' });

export const action = defineQueued({
  name: 'contact-delete',
  group: 'contacts',
  access: 'modify',
  summary: 'Deletes a contact that no domain has.',
  input: {
    handle,
  },
});
