import { isIPv4, isIPv6 } from 'node:net';

/** What a parameter may hold, and how a refusal describes it. */
export interface ParameterKind {
  /** Follows `Parameter <name>: expected: `. */
  readonly expected: string;
  readonly accepts: (value: string) => boolean;
}

const LABEL = '[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?';
const NAME = new RegExp(`^(?=.{1,253}$)(?:${LABEL}\\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$`, 'i');
const MOST_NAME_SERVERS = 13;

function kind(expected: string, accepts: RegExp | ParameterKind['accepts']): ParameterKind {
  return {
    expected,
    accepts: accepts instanceof RegExp ? (value) => accepts.test(value) : accepts,
  };
}

function isName(value: string): boolean {
  return NAME.test(value) && !value.includes('_');
}

export function oneOf(...words: readonly string[]): ParameterKind {
  return kind(`one of ${words.join(', ')}`, (value) => words.includes(value));
}

/** ASCII only: an internationalised name comes in punycode. */
export const DOMAIN = kind('valid domain name', isName);
export const HOST = kind('valid host name', isName);
/** Whatever fits into a cell of a list. */
export const PATTERN = kind('name or pattern', /^[^\s\p{Cc}]+$/u);
export const HANDLE = kind('valid contact handle', /^[A-Z0-9-]{3,40}$/i);
export const NAME_SERVERS = kind('2 to 13 host names, parted by colons', (value) => {
  const hosts = value.split(':');
  return hosts.length >= 2 && hosts.length <= MOST_NAME_SERVERS && hosts.every(isName);
});
export const FLAG = kind('0 or 1', /^[01]$/);
export const NUMBER = kind('number', /^\d{1,9}$/);
export const MONTHS = kind('months, a multiple of 12 up to 120', (value) => {
  return /^\d{1,3}$/.test(value) && Number(value) % 12 === 0 && +value >= 12 && +value <= 120;
});
export const YEAR = kind('calendar year', /^(19|20)\d\d$/);
export const MONEY = kind('amount above 0', (value) => {
  return /^\d{1,7}(\.\d{1,4})?$/.test(value) && Number(value) > 0;
});
export const EMAIL = kind('valid e-mail address', /^[^\s\p{Cc}@]+@[^\s\p{Cc}@]+\.[^\s\p{Cc}@]+$/u);
export const COUNTRY = kind('ISO 3166 country code', /^[A-Z]{2}$/i);
export const PHONE = kind('phone number', /^[^\p{Cc}]*\d[^\p{Cc}]*$/u);
export const IPV4 = kind('IPv4 address', isIPv4);
export const IPV6 = kind('IPv6 address', isIPv6);
export const IPV4_OR_NONE = kind('IPv4 address, or - for none', (value) => {
  return value === '-' || isIPv4(value);
});
export const IPV6_OR_NONE = kind('IPv6 address, or - for none', (value) => {
  return value === '-' || isIPv6(value);
});
/** A line of text. */
export const TEXT = kind('text without control characters', /^\P{Cc}*$/u);
/** A secret or anything else that is not looked into. */
export const ANYTHING = kind('anything', () => true);
/** tag:algorithm:digest-type:digest, or for .de protocol:algorithm:flags:key. */
export const DS_RECORD = kind(
  'four parts, parted by colons',
  /^\d{1,5}:\d{1,3}:\d{1,5}:[A-Za-z0-9+/=]+$/,
);
