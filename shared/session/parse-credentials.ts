import { CredentialsRejectedError } from '../failure.ts';

/** What DMAPI's login accepts: an API key, or a user name and a password. */
export type Credentials =
  | { readonly apiKey: string }
  | { readonly username: string; readonly password: string };

const FORM = '{"apiKey": "…"} or {"username": "…", "password": "…"}';

/** A secret that CDK makes holds a random text. */
const PLAIN_TEXT = 'it is plain text: a bare key, or what the deployment has put there at first';

type Property = 'apiKey' | 'username' | 'password';

/** How else people write the names, in lower case and without what joins words. */
const MISSPELT: ReadonlyMap<string, Property> = new Map([
  ...(['apikey', 'dmapikey', 'key', 'token', 'apitoken'] as const).map(
    (it) => [it, 'apiKey'] as const,
  ),
  ...(['username', 'user', 'login', 'email'] as const).map((it) => [it, 'username'] as const),
  ...(['password', 'pass', 'passwd', 'pwd'] as const).map((it) => [it, 'password'] as const),
]);

/**
 * Reads the value of a secret: JSON, `{"apiKey"}` or `{"username", "password"}`. A byte order mark
 * before it is ignored, and so is white space around an API key, which `echo` and editors leave
 * there. A password is taken as it is, since blanks can be a part of it.
 *
 * @throws CredentialsRejectedError that tells what is wrong with which property. It quotes no value,
 *   nor a name that could be one.
 */
export function parseCredentials(text: string): Credentials {
  const properties = readObject(text.replace(/^\ufeff/, ''));
  refuseUnknown(Object.keys(properties));
  const apiKey = readProperty(properties, 'apiKey');
  const username = readProperty(properties, 'username');
  const password = readProperty(properties, 'password');
  if (apiKey !== undefined) {
    if (username !== undefined || password !== undefined) {
      throw wrong('it has an "apiKey" and also a "username" or a "password"');
    }
    // Format characters cannot be seen, and come along with what is pasted.
    if (/\s|\p{Cf}/u.test(apiKey)) throw wrong('"apiKey" has white space within');
    return { apiKey };
  }
  if (username === undefined && password === undefined) throw wrong('it has no "apiKey"');
  if (username === undefined) throw wrong('"username" is missing');
  if (password === undefined) throw wrong('"password" is missing');
  if (username !== username.trim()) throw wrong('"username" begins or ends with white space');
  return { username, password };
}

function readObject(text: string): Readonly<Record<string, unknown>> {
  if (text.trim() === '') throw wrong('it is empty, or binary');
  const value = readJson(text);
  if (value === undefined) {
    throw wrong(/^\s*[{["]/.test(text) ? 'it is no valid JSON' : PLAIN_TEXT);
  }
  if (typeof value === 'string') {
    throw wrong(readJson(value) === undefined ? 'it is a text in quotes' : 'it is quoted twice');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw wrong('it is no JSON object');
  }
  return value as Record<string, unknown>;
}

/** `undefined` for what is no JSON: the parser's own error would quote the secret. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refuseUnknown(names: readonly string[]): void {
  const known: ReadonlySet<string> = new Set(MISSPELT.values());
  for (const name of names.filter((it) => !known.has(it))) {
    const meant = MISSPELT.get(name.toLowerCase().replace(/[ _-]/g, ''));
    throw wrong(
      meant ? `"${name}" must be called "${meant}"` : 'it has a property of another name',
    );
  }
}

/** A property without what must not be there; `undefined` where there is none. */
function readProperty(
  properties: Readonly<Record<string, unknown>>,
  name: Property,
): string | undefined {
  if (!Object.hasOwn(properties, name)) return undefined;
  const value = properties[name];
  if (typeof value !== 'string') throw wrong(`"${name}" is no text`);
  if (value.trim() === '') throw wrong(`"${name}" is empty`);
  const text = name === 'apiKey' ? value.trim() : value;
  if (/\p{Cc}/u.test(text)) throw wrong(`"${name}" has a line break or another control character`);
  // A form cannot hold it, and it could not be blanked out.
  if (/\p{Surrogate}/u.test(text)) throw wrong(`"${name}" is no valid Unicode`);
  return text;
}

function wrong(what: string): CredentialsRejectedError {
  return new CredentialsRejectedError(
    `The secret does not hold DMAPI credentials: ${what}. Its value must be JSON, ${FORM}.`,
  );
}
