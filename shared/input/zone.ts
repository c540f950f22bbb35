import * as z from 'zod/mini';

/**
 * The shapes of what is written to a zone. What a record may hold is judged later, beside the zone that
 * it goes to: what is there already may be odd.
 */
const text = z.string('must be a text');
const ttl = z.optional(z.int('must be a whole number of seconds'));

function list<T extends z.core.SomeType>(item: T) {
  return z.array(item, 'must be a list');
}

export const rrsets = list(
  z.strictObject({ name: text, type: text, ttl, records: list(text) }, 'must be an RRset'),
);

export const additions = list(
  z.strictObject({ name: text, type: text, ttl, record: text }, 'must be a record'),
);

export const removals = list(
  z.strictObject({ name: text, type: text, record: z.optional(text) }, 'must be a record'),
);

export const forwards = list(
  z.strictObject(
    {
      name: text,
      type: text,
      target: text,
      ttl,
      httpHeaders: z.optional(text),
      head: z.optional(text),
      title: z.optional(text),
      body: z.optional(text),
      spamFilter: z.optional(z.boolean('must be true or false')),
    },
    'must be a forward',
  ),
);

export const dynDns = z.strictObject(
  {
    enabled: z.boolean('must be true or false'),
    username: z.optional(z.nullable(text)),
    password: z.optional(text),
  },
  'must be an object with enabled, username and password',
);

export const other = list(text);
