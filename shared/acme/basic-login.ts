/** A user name and a password, as a client sends them. */
export interface Login {
  readonly username: string;
  readonly password: string;
}

/** The scheme in any case, and `token68` in the padded form, which is all of base64. */
const BASIC = /^Basic +([A-Za-z\d+/]+={0,2})$/i;

/**
 * Reads the value of an Authorization header by RFC 7617, its texts as UTF-8: what comes before the
 * first colon is the user name. `undefined` for what is of another scheme, or malformed.
 */
export function readBasicLogin(authorization: string): Login | undefined {
  const [, base64 = ''] = BASIC.exec(authorization) ?? [];
  const text = readUtf8(base64) ?? '';
  const colon = text.indexOf(':');
  if (colon < 0) return undefined;
  return { username: text.slice(0, colon), password: text.slice(colon + 1) };
}

function readUtf8(base64: string): string | undefined {
  const bytes = Buffer.from(base64, 'base64');
  // Node reads what is only nearly base64, too.
  if (bytes.toString('base64') !== base64) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
