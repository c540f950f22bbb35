import * as z from 'zod/mini';
import { defineRequest, type ReplyOf } from '../action.ts';
import { unreadable } from '../dmapi/error.ts';
import { email } from '../input/contact-texts.ts';

export const reply = () =>
  z.strictObject({
    status: z
      .string()
      .check(
        z.describe('verified, unverified, pending or invalid; the last two can be unverified.'),
      ),
  });

export const example = () => ({
  input: { email: 'alex@example.com' },
  reply: { status: 'verified' },
});

export const action = defineRequest({
  name: 'wa-email-query-status',
  group: 'verification',
  method: 'GET',
  access: 'read',
  summary: 'Tells whether an address of an owner is verified.',
  input: { email },
  read({ body }): ReplyOf<typeof reply> {
    const status = body.trim().split(/[\s:]/).at(-1)?.toLowerCase() ?? '';
    if (!/^[a-z]{1,32}$/.test(status)) throw unreadable('it does not tell the status');
    return { status };
  },
});
