import { domainToASCII } from 'node:url';
import * as z from 'zod/mini';

/** RFC 1035: 255 octets on the wire are 253 characters. */
const MAX_LENGTH = 253;
/** `domainToASCII` reads a URL's host: these end it, decode it or are passed over. */
const NO_NAME = /[\p{Cc}\p{Z}\p{Surrogate}\ufffd%/\\?#@:[\]]/u;
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
  const ascii = domainToASCII(name).replace(/\.$/, '');
  const labels = ascii.split('.');
  const isName = ascii.length <= MAX_LENGTH && labels.every(isLabel);
  // What ends in a number has been read as an IPv4 address.
  return isName && !/^\d+$/.test(labels.at(-1) ?? '') ? ascii : undefined;
}

/** RFC 5891, section 4.2.3.1: two hyphens in third place are for IDNs alone. */
function isLabel(label: string): boolean {
  return LABEL.test(label) && (label.startsWith('xn--') || label.slice(2, 4) !== '--');
}
