import * as z from 'zod/mini';
import { defineRequest } from '../action.ts';
import { domain } from '../input/domain-name.ts';
import { ROLES } from '../input/roles.ts';
import { oneOf, text } from '../input/text.ts';
import { changeReply, readChange } from '../reply/change.ts';

export const reply = changeReply;

export const example = () => ({
  input: { domain: 'example.com', role: '@tech', scope: '@domain', type: 'grant' },
  reply: { procId: null, svTrId: '01dd7b869f55890188e4b0864bdc4c95' },
});

export const action = defineRequest({
  name: 'grants-revoke',
  group: 'rights',
  method: 'POST',
  access: 'modify',
  summary: 'Takes back a role on a domain, or an invitation to one.',
  input: {
    domain,
    role: oneOf(ROLES),
    /** As grants-list shows it. */
    scope: text(),
    type: oneOf(['grant', 'invitation']),
    clientUid: z.optional(text(32)),
  },
  read: readChange,
});
