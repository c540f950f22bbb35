import { defineQueued } from '../action.ts';
import { contactFields, namedAndOfTld } from '../input/contact-fields.ts';
import { tld } from '../input/domain-name.ts';
import { queuedExample, queuedReply } from '../reply/queued.ts';

export const reply = queuedReply;

export const example = () =>
  queuedExample('contact-create', {
    tld: 'com',
    name: 'Erika Mustermann',
    email: 'erika@example.com',
    address1: 'Heidestraße 17',
    city: 'Köln',
    postalCode: '51147',
    country: 'DE',
    phone: '+49.221123456',
  });

export const action = defineQueued({
  name: 'contact-create',
  group: 'contacts',
  access: 'modify',
  summary: 'Creates a contact. Its result has the handle.',
  input: {
    tld,
    ...contactFields,
  },
  rule: namedAndOfTld,
});
