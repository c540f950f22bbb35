import * as z from 'zod/mini';
import { defineAction } from '../action.ts';
import { flag } from '../input/body.ts';
import { domain } from '../input/domain-name.ts';
import { atLeastOne } from '../input/rules.ts';
import { additions, removals, rrsets } from '../input/zone.ts';
import { writtenReply } from '../reply/zone.ts';
import { toWritten } from '../zones/written.ts';

export const reply = writtenReply;

export const example = () => ({
  input: {
    domain: 'example.net',
    add: [{ name: 'www', type: 'A', ttl: 3600, record: '192.0.2.7' }],
  },
  reply: {
    changed: true,
    verified: true,
    diff: { added: [{ name: 'www', type: 'A', ttl: 3600, record: '192.0.2.7' }], removed: [] },
  },
});

export const action = defineAction({
  name: 'dns-zone-patch',
  group: 'zones',
  method: 'POST',
  access: 'modify',
  summary: 'Changes RRsets or single records of a zone and leaves all else alone.',
  ifMatch: 'honoured',
  isTagged: true,
  zoneTable: 'write',
  input: z
    .strictObject({
      domain,
      set: z.optional(rrsets),
      add: z.optional(additions),
      remove: z.optional(removals),
      force: z.optional(flag),
      dryRun: z.optional(flag),
    })
    .check(atLeastOne('set', 'add', 'remove')),
  async run(_session, { domain: name, force, dryRun, ...patch }, deadline, { ifMatch, zones }) {
    const change = { domain: name, force, dryRun, ifMatch, deadline };
    return toWritten(await (await zones()).patch(change, patch));
  },
});
