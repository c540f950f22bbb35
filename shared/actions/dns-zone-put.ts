import * as z from 'zod/mini';
import { defineAction } from '../action.ts';
import { flag } from '../input/body.ts';
import { domain } from '../input/domain-name.ts';
import { dynDns, forwards, other, rrsets } from '../input/zone.ts';
import { writtenReply } from '../reply/zone.ts';
import { toWritten } from '../zones/written.ts';

export const reply = writtenReply;

export const example = () => ({
  input: {
    domain: 'example.net',
    rrsets: [
      { name: 'localhost', type: 'A', ttl: 3600, records: ['127.0.0.1'] },
      { name: 'docs', type: 'CNAME', ttl: 3600, records: ['docs.example.org.'] },
    ],
    forwards: [],
  },
  reply: {
    changed: true,
    verified: true,
    diff: {
      added: [{ name: 'docs', type: 'CNAME', ttl: 3600, record: 'docs.example.org.' }],
      removed: [{ name: 'docs', type: 'CNAME', ttl: 3600, record: 'docs.example.com.' }],
    },
  },
});

export const action = defineAction({
  name: 'dns-zone-put',
  group: 'zones',
  method: 'POST',
  access: 'modify',
  summary: 'Replaces a zone by these RRsets and forwards; lines that stay keep their place.',
  ifMatch: 'needed',
  isTagged: true,
  zoneTable: 'write',
  input: z.strictObject({
    domain,
    rrsets,
    forwards,
    dynDns: z.optional(dynDns),
    other: z.optional(other),
    force: z.optional(flag),
    dryRun: z.optional(flag),
  }),
  async run(_session, { domain: name, force, dryRun, ...input }, deadline, { ifMatch, zones }) {
    const change = { domain: name, force, dryRun, ifMatch, deadline };
    return toWritten(await (await zones()).put(change, input));
  },
});
