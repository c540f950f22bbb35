import { toAscii } from '../input/domain-name.ts';

/** RFC 1035: 255 octets on the wire are 253 characters. */
const MAX_LENGTH = 253;
const LABEL = /^[a-z\d_]([a-z\d_-]{0,61}[a-z\d_])?$/;

/**
 * A name within a zone as it goes on the wire: lower-case ASCII, relative, `@` for the zone itself, a
 * `*` only in front. `undefined` for what is none; a final dot would make it absolute.
 */
export function relativeName(name: string, domain: string): string | undefined {
  if (name === '@') return name;
  const [first = '', ...others] = name.split('.');
  const front = first === '*' ? first : asciiLabel(first);
  const labels = [front, ...others.map(asciiLabel)];
  const ascii = labels.join('.');
  const isName = labels.every((label) => label !== undefined);
  return isName && `${ascii}.${domain}`.length <= MAX_LENGTH ? ascii : undefined;
}

/** A host name with its final dot, which says that it is absolute; read as lower-case ASCII with it. */
export function absoluteHost(host: string): string | undefined {
  if (!host.endsWith('.')) return undefined;
  const labels = host.slice(0, -1).split('.').map(asciiLabel);
  const ascii = labels.join('.');
  // What ends in a number is meant as an address.
  const isName =
    labels.every((label) => label !== undefined) &&
    ascii.length <= MAX_LENGTH &&
    !/^\d+$/.test(labels.at(-1) ?? '');
  return isName ? `${ascii}.` : undefined;
}

/** A label beyond ASCII by UTS 46, encoded or not; others may have underscores, as service names do. */
function asciiLabel(label: string): string | undefined {
  const lower = label.toLowerCase();
  const isEncoded = lower.startsWith('xn--');
  if (LABEL.test(lower) && !isEncoded) return lower;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what is ASCII is judged above
  if (/^[\u0000-\u007f]*$/.test(label) && !isEncoded) return undefined;
  const [ascii, ...rest] = toAscii(`${label}.example`)?.split('.') ?? [];
  return rest.length === 1 ? ascii : undefined;
}
