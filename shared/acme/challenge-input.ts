import * as z from 'zod/mini';
import { toAscii } from '../input/domain-name.ts';
import { textLike } from '../input/text.ts';

/** RFC 8555, section 8.4: where a challenge is answered. */
const PREFIX = '_acme-challenge.';
/** RFC 1035; here with a final dot. */
const MAX_LENGTH = 254;

/** The name of a challenge: as the client has written it, and as lower-case ASCII without a final dot. */
export interface ChallengeName {
  readonly given: string;
  readonly ascii: string;
}

const NAME_MESSAGE = `must be ${PREFIX} and a domain name, such as ${PREFIX}example.com`;

/** The name at which a challenge is answered, in any case, with or without a final dot. */
export const challengeName = z.pipe(
  z.string(NAME_MESSAGE).check(z.maxLength(MAX_LENGTH, NAME_MESSAGE)),
  z.transform((given: string, context): ChallengeName => {
    const ascii = readName(given);
    if (ascii !== undefined) return { given, ascii };
    context.issues.push({ code: 'custom', input: given, message: NAME_MESSAGE });
    return z.NEVER;
  }),
);

/** What a challenge is answered with: a digest by RFC 8555, but clients test a door with other words. */
export const challengeValue = textLike(
  /^[!#-[\]-~]{1,255}$/,
  '1 to 255 visible ASCII characters without a double quote and a backslash',
);

function readName(given: string): string | undefined {
  if (given.slice(0, PREFIX.length).toLowerCase() !== PREFIX) return undefined;
  const domain = toAscii(given.slice(PREFIX.length));
  if (!domain?.includes('.')) return undefined;
  const ascii = PREFIX + domain;
  return ascii.length < MAX_LENGTH ? ascii : undefined;
}
