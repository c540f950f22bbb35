import { domainToASCII, domainToUnicode } from 'node:url';
import * as z from 'zod/mini';

/** RFC 1035: 255 octets on the wire are 253 characters. */
const MAX_LENGTH = 253;
/** `domainToASCII` reads a URL's host: these end it, decode it or are passed over. */
const NO_NAME = /[\p{Cc}\p{Z}\p{Surrogate}\ufffd%/\\?#@:[\]]/u;
/** UTS 46 takes all of these for a dot. */
const FINAL_DOT = /[.。．｡]$/u;
const LABEL = /^(?!-)[a-z\d-]{1,63}(?<!-)$/;

/** A domain name in Unicode or ASCII, any case, with or without a final dot; read as lower-case ASCII. */
export const domain = nameOfLabels(2, 'a domain name, such as example.com');

/** The name of a host, as `domain`. */
export const host = nameOfLabels(2, 'the full name of a host, such as ns1.example.com');

/** A top level domain, or what domains are registered under, such as `co.uk`; as `domain`. */
export const tld = nameOfLabels(1, 'a top level domain, such as com');

function nameOfLabels(minimum: number, described: string) {
  const message = `must be ${described}`;
  return z.pipe(
    z.string(message).check(z.minLength(1, message), z.maxLength(MAX_LENGTH + 1, message)),
    z.transform((name: string, context) => {
      const ascii = toAscii(name);
      if (ascii !== undefined && ascii.split('.').length >= minimum) return ascii;
      context.issues.push({ code: 'custom', input: name, message });
      return z.NEVER;
    }),
  );
}

/**
 * The name as it goes on the wire (UTS 46, non-transitional), without a final dot; `undefined` for
 * what is none.
 */
export function toAscii(name: string): string | undefined {
  if (NO_NAME.test(name)) return undefined;
  // Node 24 does not put all marks in their order by itself.
  const ascii = domainToASCII(name.replace(FINAL_DOT, '').normalize('NFC'));
  const labels = ascii.split('.');
  const isName = ascii.length <= MAX_LENGTH && labels.every(isLabel) && isRightInUnicode(ascii);
  // What ends in a number has been read as an IPv4 address.
  return isName && !/^\d+$/.test(labels.at(-1) ?? '') ? ascii : undefined;
}

/**
 * The rules for names beyond ASCII that `domainToASCII` leaves out, some in one version of Node and
 * some in another: a label is the one of its letters; RFC 5891, section 4.2.3.1, holds for these too;
 * RFC 5892, appendix A, lets no two joiners follow each other; RFC 5893 holds for all labels of a name
 * with letters that run from right to left.
 */
function isRightInUnicode(ascii: string): boolean {
  if (!ascii.includes('xn--')) return true;
  const name = domainToUnicode(ascii);
  const labels = name.split('.');
  return (
    domainToASCII(name) === ascii &&
    labels.every((label) => !/^-|-$|^..--|[\u200c\u200d]{2}/u.test(label)) &&
    (!RIGHT_TO_LEFT.test(name) || labels.every(isOfOneDirection))
  );
}

const SCRIPTS =
  '[\\p{Script=Hebrew}\\p{Script=Arabic}\\p{Script=Syriac}\\p{Script=Thaana}\\p{Script=Nko}]';
const RIGHT_TO_LEFT = new RegExp(`(?=\\p{L})${SCRIPTS}|[٠-٩]`, 'u');
const LEFT_TO_RIGHT = new RegExp(`(?!${SCRIPTS})\\p{L}`, 'u');

function isOfOneDirection(label: string): boolean {
  const isMixed = RIGHT_TO_LEFT.test(label) && LEFT_TO_RIGHT.test(label);
  return !isMixed && /^\p{L}(.*[\p{L}\p{N}])?\p{M}*$/u.test(label);
}

/** RFC 5891, section 4.2.3.1: two hyphens in third place are for IDNs alone. */
function isLabel(label: string): boolean {
  return LABEL.test(label) && (label.startsWith('xn--') || label.slice(2, 4) !== '--');
}
