import * as z from 'zod/mini';
import { defineOrder } from '../action.ts';
import { date } from '../input/date.ts';
import { domain } from '../input/domain-name.ts';
import { expiryYear, periodMonths } from '../input/period.ts';
import { exactlyOne } from '../input/rules.ts';
import { oneOf } from '../input/text.ts';
import { queuedExample, queuedReply } from '../reply/queued.ts';

export const reply = queuedReply;

export const example = () =>
  queuedExample('domain-renew', { domain: 'example.org', periodMonths: 12 });

export const action = defineOrder({
  name: 'domain-renew',
  group: 'domains',
  access: 'cost',
  summary: 'Extends the registration of a domain.',
  terms: { operation: 'renew', takesMaxPrice: true },
  input: {
    domain,
    periodMonths: z.optional(periodMonths),
    expiryYear: z.optional(expiryYear),
    /** Nothing is sent if the domain expires on another day. */
    currentExpiry: z.optional(date),
    privacy: z.optional(oneOf(['basic', 'pro', 'none', 'keep', 'off'])),
  },
  rule: exactlyOne('periodMonths', 'expiryYear'),
});
