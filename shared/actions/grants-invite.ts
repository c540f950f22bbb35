import * as z from 'zod/mini';
import { defineRequest } from '../action.ts';
import { email } from '../input/contact-texts.ts';
import { domain } from '../input/domain-name.ts';
import { ROLES } from '../input/roles.ts';
import { oneOf, text } from '../input/text.ts';
import { changeReply, readChange } from '../reply/change.ts';

export const reply = changeReply;

export const example = () => ({
  input: { domain: 'example.org', email: 'partner@agency.example', role: '@tech' },
  reply: { procId: null, svTrId: '01dd7b869f55890188e4b0864bdc4c95' },
});

export const action = defineRequest({
  name: 'grants-invite',
  group: 'rights',
  method: 'POST',
  access: 'modify',
  summary: 'Offers another user a role on a domain. With their clientUid it is given at once.',
  input: {
    domain,
    email,
    /** @creator moves the whole domain to that account. */
    role: oneOf(ROLES),
    clientUid: z.optional(text(32)),
    nickname: z.optional(text()),
  },
  read: readChange,
});
