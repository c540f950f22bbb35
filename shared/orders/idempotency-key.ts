import { createHash } from 'node:crypto';

/** 1 to 255 visible ASCII characters, bare. */
const BARE = /^[\x21-\x7e]{1,255}$/;
/** RFC 8941, section 3.3.3: a string in quotes, where a quote and a backslash are escaped. */
const QUOTED = /^"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"$/;

/**
 * The value of an `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header): a quoted string, as
 * the draft has it, or the same without quotes, as most clients send it. `undefined` for anything
 * else.
 */
export function readIdempotencyKey(header: string): string | undefined {
  const quoted = QUOTED.exec(header.trim())?.[1];
  const key = quoted === undefined ? header.trim() : quoted.replace(/\\(["\\])/g, '$1');
  return BARE.test(key) && (quoted !== undefined || !key.startsWith('"')) ? key : undefined;
}

/** Who sends a request: the principal, without the name of a session that changes from task to task. */
export function callerOf(identityCaller: unknown): string {
  const [principal = ''] = typeof identityCaller === 'string' ? identityCaller.split(':', 1) : [];
  return principal || 'anyone';
}

/** What is remembered of a key: a digest, since callers put what they like into it. */
export function keyDigest(caller: string, key: string): string {
  return digest([caller, key]);
}

/** Of a validated input: the same for the same input, whatever the order of its members. */
export function fingerprintOf(input: unknown): string {
  return digest(sorted(input));
}

/** The transaction id that an order is sent with where the caller gives none. */
export function derivedClTrId(account: string, route: string, keyed: string): string {
  return digest([account, route, keyed]).slice(0, 32);
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, member]) => [name, sorted(member)]));
}
