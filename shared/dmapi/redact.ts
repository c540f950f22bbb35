import { isProse, type Reply } from './reply.ts';
import type { Secrets } from './secrets.ts';

const BLANK = '[redacted]';

/**
 * In data, shorter keys are left alone: they are no API key and no session, and blanking them out
 * could change an id or a domain name that happens to hold them.
 */
const MIN_LENGTH_IN_DATA = 8;

/**
 * The same reply with the secrets blanked out, form-encoded ones too: keys wherever they stand,
 * passwords where the registrar speaks to people, as whole words. Data is never changed for a
 * password: a domain name can hold the same word, and a blank in it would tell which.
 */
export function redact(reply: Reply, secrets: Secrets): Reply {
  const keys = allSpellings(secrets.keys);
  const keysInData = keys.filter(({ length }) => length >= MIN_LENGTH_IN_DATA);
  const inProse = [...keys, ...allSpellings(secrets.passwords).map(asWholeWord)];
  const headers = [...reply.headers].map(([name, values]) => {
    const blanked = isProse(name) ? inProse : keysInData;
    return [name, values.map((value) => blankOut(value, blanked))] as const;
  });
  return { ...reply, headers: new Map(headers), body: blankOut(reply.body, keysInData) };
}

/** The longest first: one secret can begin with another, and must not be left with its end. */
function allSpellings(secrets: readonly string[]): string[] {
  const all = new Set(secrets.filter(Boolean).flatMap(spellings));
  return [...all].sort((a, b) => b.length - a.length);
}

/** As it is, in a URL and in a form, where hexadecimal digits have either case. */
function spellings(secret: string): string[] {
  const form = new URLSearchParams([[secret, '']]).toString().slice(0, -1);
  const encoded = [encodeURIComponent(secret), form];
  const lowerCase = encoded.map((text) => text.replace(/%../g, (octet) => octet.toLowerCase()));
  return [secret, ...encoded, ...lowerCase];
}

/** What a word is made of. */
const LETTER = '[\\p{L}\\p{M}\\p{N}_]';
/** What joins words to a name, such as that of a domain. */
const JOINT = '[-.@]';
const BEGINS_LIKE_A_WORD = new RegExp(`^${LETTER}`, 'u');
const ENDS_LIKE_A_WORD = new RegExp(`${LETTER}$`, 'u');

/** Not a part of a longer word, nor of a name: names are data. */
function asWholeWord(text: string): RegExp {
  const before = BEGINS_LIKE_A_WORD.test(text) ? `(?<!${LETTER}|${LETTER}${JOINT})` : '';
  const after = ENDS_LIKE_A_WORD.test(text) ? `(?!${LETTER}|${JOINT}${LETTER})` : '';
  const literal = text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  return new RegExp(`${before}${literal}${after}`, 'gu');
}

function blankOut(text: string, secrets: readonly (string | RegExp)[]): string {
  return secrets.reduce<string>((cleaned, secret) => cleaned.replaceAll(secret, BLANK), text);
}
