import * as z from 'zod/mini';
import { defineRequest } from '../action.ts';
import { unreadable } from '../dmapi/error.ts';
import { readFields } from '../dmapi/fields.ts';
import { lines } from '../dmapi/lines.ts';

export const action = defineRequest({
  name: 'query-profile',
  method: 'GET',
  access: 'read',
  summary: "Reads the reseller's profile, the account's balance included.",
  input: z.strictObject({}),
  params: () => ({}),
  read(reply) {
    const { fields, rest } = readFields([...lines(reply.body)].join('\n'));
    if (rest !== '') throw unreadable('a line of the profile has no key');
    return { profile: fields };
  },
});
