import * as z from 'zod/mini';
import { defineRequest, type ReplyOf } from '../action.ts';
import { unreadable } from '../dmapi/error.ts';
import { readFields } from '../dmapi/fields.ts';
import { lines } from '../dmapi/lines.ts';

export const reply = () =>
  z.strictObject({
    profile: z
      .record(z.string(), z.string())
      .check(z.describe('Every key that the registrar sends, in camel case.')),
  });

export const example = () => ({
  input: {},
  reply: {
    profile: {
      customerId: '1000001',
      organization: 'Example Reselling Ltd',
      balance: '100.0',
    },
  },
});

export const action = defineRequest({
  name: 'query-profile',
  group: 'account',
  method: 'GET',
  access: 'read',
  summary: "Reads the reseller's profile, the account's balance included.",
  input: {},
  read(answer): ReplyOf<typeof reply> {
    const { fields, rest } = readFields([...lines(answer.body)].join('\n'));
    if (rest !== '') throw unreadable('a line of the profile has no key');
    return { profile: fields };
  },
});
