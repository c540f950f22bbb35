import * as z from 'zod/mini';
import { defineOrder } from '../action.ts';
import { domain } from '../input/domain-name.ts';
import { expiryYear, periodMonths } from '../input/period.ts';
import { atMostOne } from '../input/rules.ts';
import { oneOf } from '../input/text.ts';
import { queuedExample, queuedReply } from '../reply/queued.ts';

export const reply = queuedReply;

export const example = () =>
  queuedExample('domain-privacy-order', { domain: 'example.org', privacy: 'basic' });

export const action = defineOrder({
  name: 'domain-privacy-order',
  group: 'domains',
  access: 'cost',
  summary: 'Buys whois privacy for a domain of the account.',
  terms: { operation: 'privacy', takesMaxPrice: false },
  input: {
    domain,
    privacy: oneOf(['basic', 'pro']),
    periodMonths: z.optional(periodMonths),
    expiryYear: z.optional(expiryYear),
  },
  rule: atMostOne('periodMonths', 'expiryYear'),
});
