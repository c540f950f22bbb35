import * as z from 'zod/mini';
import { defineQueued } from '../action.ts';
import { domain } from '../input/domain-name.ts';
import { money } from '../input/money.ts';
import { expiryYear, periodMonths } from '../input/period.ts';
import { exactlyOne } from '../input/rules.ts';
import { oneOf } from '../input/text.ts';
import { queuedExample, queuedReply } from '../reply/queued.ts';

export const reply = queuedReply;

export const example = () =>
  queuedExample('domain-renew', { domain: 'example.org', periodMonths: 12 });

export const action = defineQueued({
  name: 'domain-renew',
  group: 'domains',
  access: 'cost',
  summary: 'Extends the registration of a domain.',
  input: {
    domain,
    periodMonths: z.optional(periodMonths),
    expiryYear: z.optional(expiryYear),
    privacy: z.optional(oneOf(['basic', 'pro', 'none', 'keep', 'off'])),
    maxPrice: z.optional(money),
  },
  rule: exactlyOne('periodMonths', 'expiryYear'),
});
