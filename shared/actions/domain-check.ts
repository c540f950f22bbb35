import * as z from 'zod/mini';
import { defineRequest, type ReplyOf } from '../action.ts';
import { domain } from '../input/domain-name.ts';
import { language } from '../input/language.ts';
import { wholeYears } from '../input/query.ts';
import { oneOf } from '../input/text.ts';
import { readAvailability } from '../reply/availability.ts';

export const reply = () =>
  z.strictObject({
    domain: z.string(),
    availability: z.enum(['available', 'premium', 'unavailable', 'unknown']),
    reason: z.nullable(z.string()).check(z.describe('Why it is so, where the registrar says.')),
    class: z.nullable(z.string()).check(z.describe("The registry's price class of the name.")),
    prices: z
      .record(
        z.string(),
        z.strictObject({ amount: z.string(), currency: z.string(), years: z.number() }),
      )
      .check(z.describe('By operation: create, renew, transfer, restore, promo.')),
  });

export const example = () => ({
  input: { domain: 'new.example', checkPrice: 'create' },
  reply: {
    domain: 'new.example',
    availability: 'available',
    reason: null,
    class: 'standard',
    prices: { create: { amount: '9.90', currency: 'EUR', years: 1 } },
  },
});

export const action = defineRequest({
  name: 'domain-check',
  group: 'domains',
  method: 'GET',
  access: 'read',
  summary: 'Tells whether a domain can be registered, and at what price.',
  input: {
    domain,
    checkPrice: z.optional(oneOf(['create', 'renew', 'transfer', 'restore'])),
    /** Whole years of them: here alone the registrar takes nothing else. */
    periodMonths: z.optional(wholeYears),
    language: z.optional(language),
  },
  read: (answer, { domain: name }): ReplyOf<typeof reply> => ({
    domain: name,
    ...readAvailability(answer),
  }),
});
