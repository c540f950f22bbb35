import * as z from 'zod/mini';
import { defineOrder } from '../action.ts';
import { onOrOff } from '../input/body.ts';
import { email } from '../input/contact-texts.ts';
import { domain } from '../input/domain-name.ts';
import { handle } from '../input/handle.ts';
import { nameServers } from '../input/name-servers.ts';
import { secret } from '../input/secret.ts';
import { oneOf } from '../input/text.ts';
import { queuedExample, queuedReply } from '../reply/queued.ts';

export const reply = queuedReply;

export const example = () =>
  queuedExample('domain-transfer-in-reseller', {
    domain: 'wanted.example',
    transferAuthId: 'an-auth-code',
    ownerContact: 'CCOM-1000007',
  });

export const action = defineOrder({
  name: 'domain-transfer-in-reseller',
  group: 'domains',
  access: 'cost',
  summary: 'Starts the transfer of a domain from another registrar.',
  terms: { operation: 'transfer', takesMaxPrice: true },
  input: {
    domain,
    transferAuthId: secret,
    ownerContact: handle,
    billingContact: z.optional(handle),
    adminContact: z.optional(handle),
    techContact: z.optional(handle),
    status: z.optional(oneOf(['production', 'lock'])),
    autoRenew: z.optional(onOrOff),
    nameServers: z.optional(nameServers),
    ownerEmail: z.optional(email),
    privacy: z.optional(oneOf(['basic', 'pro', 'none'])),
  },
  secrets: ['transferAuthId'],
});
