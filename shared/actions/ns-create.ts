import * as z from 'zod/mini';
import { defineQueued } from '../action.ts';
import { host } from '../input/domain-name.ts';
import { ipv4, ipv6 } from '../input/ip-address.ts';
import { queuedExample, queuedReply } from '../reply/queued.ts';

export const reply = queuedReply;

export const example = () =>
  queuedExample('ns-create', { host: 'ns3.example.org', ipv4: '192.0.2.53' });

export const action = defineQueued({
  name: 'ns-create',
  group: 'hosts',
  access: 'modify',
  summary: 'Registers a name server host under a domain of the account.',
  input: {
    host,
    ipv4,
    ipv6: z.optional(ipv6),
  },
});
