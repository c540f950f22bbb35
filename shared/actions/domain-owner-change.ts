import * as z from 'zod/mini';
import { defineOrder } from '../action.ts';
import { flag } from '../input/body.ts';
import { contactFields, namedAndOfTld } from '../input/contact-fields.ts';
import { domain, tld } from '../input/domain-name.ts';
import { queuedExample, queuedReply } from '../reply/queued.ts';

export const reply = queuedReply;

export const example = () =>
  queuedExample('domain-owner-change', {
    domain: 'example.org',
    name: 'Erika Mustermann',
    email: 'erika@example.com',
    address1: 'Heidestraße 17',
    city: 'Köln',
    postalCode: '51147',
    country: 'DE',
    phone: '+49.221123456',
  });

export const action = defineOrder({
  name: 'domain-owner-change',
  group: 'domains',
  access: 'modify',
  summary:
    'Replaces the owner of a domain. For some TLDs it costs money, and it may need a confirmation.',
  terms: { operation: 'owner-change', takesMaxPrice: false },
  input: {
    domain,
    tld: z.optional(tld),
    /** Leaves out the lock of 60 days that follows a change of owner. */
    lockOptOut: z.optional(flag),
    ...contactFields,
  },
  rule: namedAndOfTld,
});
