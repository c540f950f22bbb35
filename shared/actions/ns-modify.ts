import * as z from 'zod/mini';
import { defineQueued } from '../action.ts';
import { host } from '../input/domain-name.ts';
import { emptiable } from '../input/emptied.ts';
import { ipv4, ipv6 } from '../input/ip-address.ts';
import { queuedExample, queuedReply } from '../reply/queued.ts';

export const reply = queuedReply;

export const example = () =>
  queuedExample('ns-modify', { host: 'ns1.example.org', ipv4: '192.0.2.54', ipv6: null });

/** What DMAPI writes for an address that there is none of. */
const NONE = '-';

export const action = defineQueued({
  name: 'ns-modify',
  group: 'hosts',
  access: 'modify',
  summary: 'Sets the addresses of a name server host; null removes one.',
  input: {
    host,
    ipv4: emptiable(ipv4, NONE),
    ipv6: emptiable(ipv6, NONE),
  },
  rule: z.refine<{ readonly ipv4: string; readonly ipv6: string }>(
    ({ ipv4: four, ipv6: six }) => four !== NONE || six !== NONE,
    {
      path: ['ipv4'],
      error: 'or ipv6 must be an address',
    },
  ),
});
