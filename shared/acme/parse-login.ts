import type { Login } from './basic-login.ts';

/**
 * Reads the value of the secret: JSON, `{"username", "password"}`, the name without a colon, since HTTP
 * has no way to send one.
 *
 * @throws Error that tells what is wrong with which property. It quotes no value.
 */
export function parseLogin(text: string): Login {
  const properties = readJson(text);
  const username = readText(properties, 'username');
  if (username.includes(':')) throw wrong('"username" has a colon');
  return { username, password: readText(properties, 'password') };
}

/** The parser's own error would quote the secret. */
function readJson(text: string): object {
  try {
    return Object(JSON.parse(text));
  } catch {
    throw wrong('it is no JSON');
  }
}

function readText(properties: object, name: keyof Login): string {
  const value: unknown = Object.hasOwn(properties, name)
    ? properties[name as keyof object]
    : undefined;
  if (value === undefined) throw wrong(`"${name}" is missing`);
  if (typeof value !== 'string') throw wrong(`"${name}" is no text`);
  if (value === '') throw wrong(`"${name}" is empty`);
  return value;
}

function wrong(what: string): Error {
  return new Error(
    `The secret does not hold what ACME clients log in with: ${what}. Its value must be JSON, {"username": "…", "password": "…"}.`,
  );
}
