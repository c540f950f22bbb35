import { InvalidInputError } from '../failure.ts';
import { ZoneError } from './zone-error.ts';

/** Entity tags of which one must be the zone's, or `*` for any. */
export type Precondition = '*' | readonly string[];

const IF_MATCH = 'If-Match';
const TAG = String.raw`(?:W/)?"[\x21\x23-\x7e]*"`;
const TAGS = new RegExp(`^${TAG}(?:[ \\t]*,[ \\t]*${TAG})*$`);

/**
 * Reads the header If-Match (RFC 9110, section 13.1.1).
 *
 * @throws InvalidInputError where it is none
 */
export function readIfMatch(header: string | undefined): Precondition | undefined {
  if (header === undefined) return undefined;
  const value = header.trim();
  if (value === '*') return value;
  if (TAGS.test(value)) return value.match(new RegExp(TAG, 'g')) ?? [];
  throw new InvalidInputError(
    IF_MATCH,
    'The header If-Match must be an ETag as dns-zone-get gives it, double quotes included, or *.',
  );
}

/** @throws ZoneError `precondition-failed` where the zone is another by now. Weak tags never match. */
export function check(precondition: Precondition | undefined, etag: string): void {
  if (precondition === undefined || precondition === '*' || precondition.includes(etag)) return;
  throw new ZoneError(
    'precondition-failed',
    'The zone is another by now than the one of If-Match: get it again. Nothing was changed.',
  );
}

export function preconditionRequired(): ZoneError {
  return new ZoneError(
    'precondition-required',
    'This replaces a whole zone and needs the header If-Match: the ETag of dns-zone-get, or * for whatever there is.',
  );
}
