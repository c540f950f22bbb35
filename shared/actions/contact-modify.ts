import { defineQueued } from '../action.ts';
import { changedContactFields, changesSomething } from '../input/contact-fields.ts';
import { handle } from '../input/handle.ts';
import { queuedExample, queuedReply } from '../reply/queued.ts';

export const reply = queuedReply;

export const example = () =>
  queuedExample('contact-modify', { handle: 'CCOM-1000008', phone: '+49.221654321', fax: null });

export const action = defineQueued({
  name: 'contact-modify',
  group: 'contacts',
  access: 'modify',
  summary: 'Changes a contact: what is left out stays as it is, null empties a field.',
  input: {
    handle,
    ...changedContactFields,
  },
  rule: changesSomething,
});
