import * as z from 'zod/mini';
import { defineQueued } from '../action.ts';
import { domain } from '../input/domain-name.ts';
import { dsRecords } from '../input/ds-records.ts';
import { handle } from '../input/handle.ts';
import { nameServers } from '../input/name-servers.ts';
import { atLeastOne } from '../input/rules.ts';
import { text } from '../input/text.ts';
import { queuedExample, queuedReply } from '../reply/queued.ts';

export const reply = queuedReply;

export const example = () =>
  queuedExample('domain-modify', {
    domain: 'example.org',
    nameServers: ['ns1.example.com', 'ns2.example.org'],
  });

export const action = defineQueued({
  name: 'domain-modify',
  group: 'domains',
  access: 'modify',
  summary: 'Changes contacts, name servers or DNSSEC data of a domain.',
  input: {
    domain,
    billingContact: z.optional(handle),
    adminContact: z.optional(handle),
    techContact: z.optional(handle),
    nameServers: z.optional(nameServers),
    registrarTag: z.optional(text()),
    dsRecords: z.optional(dsRecords),
  },
  rule: atLeastOne(
    'billingContact',
    'adminContact',
    'techContact',
    'nameServers',
    'registrarTag',
    'dsRecords',
  ),
});
