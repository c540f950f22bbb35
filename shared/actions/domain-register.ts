import * as z from 'zod/mini';
import { defineOrder } from '../action.ts';
import { onOrOff } from '../input/body.ts';
import { domain } from '../input/domain-name.ts';
import { handle } from '../input/handle.ts';
import { language } from '../input/language.ts';
import { nameServers } from '../input/name-servers.ts';
import { periodMonths } from '../input/period.ts';
import { oneOf, text } from '../input/text.ts';
import { queuedExample, queuedReply } from '../reply/queued.ts';

export const reply = queuedReply;

export const example = () =>
  queuedExample('domain-register', {
    domain: 'new.example',
    periodMonths: 12,
    ownerContact: 'CCOM-1000007',
    billingContact: 'CCOM-1000007',
    adminContact: 'CCOM-1000007',
    techContact: 'CCOM-1000007',
    nameServers: ['ns1.example.org', 'ns2.example.org'],
  });

export const action = defineOrder({
  name: 'domain-register',
  group: 'domains',
  access: 'cost',
  summary: 'Registers a domain.',
  terms: { operation: 'create', takesMaxPrice: true, takesClTrId: true },
  input: {
    domain,
    periodMonths,
    ownerContact: handle,
    billingContact: handle,
    adminContact: handle,
    techContact: handle,
    nameServers,
    autoRenew: z.optional(onOrOff),
    language: z.optional(language),
    registrarTag: z.optional(text()),
    privacy: z.optional(oneOf(['basic', 'pro', 'none'])),
  },
  params: () => ({ status: 'production' }),
});
