import * as z from 'zod/mini';
import { defineAction } from '../action.ts';
import { flag, wholeNumber } from '../input/body.ts';
import { domain } from '../input/domain-name.ts';
import { writtenReply } from '../reply/zone.ts';
import { toWritten } from '../zones/written.ts';

export const reply = writtenReply;

export const example = () => ({
  input: { domain: 'example.net', version: 12 },
  reply: {
    changed: true,
    verified: true,
    diff: { added: [], removed: [{ name: 'www', type: 'A', ttl: 3600, record: '192.0.2.7' }] },
  },
});

export const action = defineAction({
  name: 'dns-zone-restore',
  group: 'zones',
  method: 'POST',
  access: 'modify',
  summary: 'Writes a zone back as it was; the DynDNS password and the addresses of routers stay.',
  ifMatch: 'needed',
  isTagged: true,
  zoneTable: 'write',
  input: z.strictObject({
    domain,
    version: wholeNumber(1, Number.MAX_SAFE_INTEGER),
    force: z.optional(flag),
    dryRun: z.optional(flag),
  }),
  async run(_session, { domain: name, version, ...how }, deadline, { ifMatch, zones }) {
    const change = { domain: name, ...how, ifMatch, deadline };
    return toWritten(await (await zones()).restore(change, version));
  },
});
