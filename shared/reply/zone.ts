import * as z from 'zod/mini';
import { FORWARD_TYPES } from '../zones/forward.ts';
import { TYPE_NAMES } from '../zones/record-types.ts';

const described = <T extends z.ZodMiniType>(schema: T, text: string) =>
  schema.check(z.describe(text)) as T;

const name = () => described(z.string(), 'Relative to the zone; @ for the zone itself.');
const type = () => z.enum(TYPE_NAMES as [string, ...string[]]);
const ttl = () => described(z.int(), 'Seconds.');
const presentation = () =>
  described(z.string(), 'In the presentation form of its type; of a TXT the plain text.');

const forward = () =>
  z.strictObject({
    name: name(),
    type: z.enum(FORWARD_TYPES),
    target: z.string(),
    ttl: described(z.int(), 'Seconds. The registrar takes 60 whatever it says.'),
    httpHeaders: z.optional(z.string()),
    head: z.optional(z.string()),
    title: z.optional(z.string()),
    body: z.optional(z.string()),
    spamFilter: z.optional(z.boolean()),
  });

const dynDns = () => z.strictObject({ enabled: z.boolean(), username: z.nullable(z.string()) });

/** A zone, as dns-zone-get shows it. */
export const zoneReply = () =>
  z.strictObject({
    domain: z.string(),
    rrsets: z.array(
      z.strictObject({ name: name(), type: type(), ttl: ttl(), records: z.array(presentation()) }),
    ),
    forwards: z.array(forward()),
    dynDns: dynDns(),
    dnssec: described(z.nullable(z.boolean()), 'null where the zone says neither yes nor no.'),
    other: described(z.array(z.string()), 'The lines that are not understood, as they are.'),
  });

const changed = () =>
  z.array(
    z.union([
      z.strictObject({ name: name(), type: type(), ttl: ttl(), record: presentation() }),
      forward(),
      z.strictObject({ dynDns: dynDns() }),
      z.strictObject({ dnssec: z.string() }),
      z.strictObject({ other: z.string() }),
    ]),
  );

/** What has become of a zone that was to be written. */
export const writtenReply = () =>
  z.strictObject({
    changed: described(z.boolean(), 'Whether anything changed; with dryRun, whether it would.'),
    verified: described(z.boolean(), 'Whether the zone was read back and is as it was written.'),
    diff: described(
      z.nullable(z.strictObject({ added: changed(), removed: changed() })),
      'null where it is too large to be passed on.',
    ),
  });
