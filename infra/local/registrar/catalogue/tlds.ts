/**
 * The TLDs the account may sell: a short list in the registrar's form, sorted by bytes, with
 * punycode for the internationalised ones. `example` is sold here alone, so that nobody who plays
 * needs a name that could be real.
 */
export const TLDS: readonly string[] = [
  'ac',
  'academy',
  'app',
  'at',
  'be',
  'berlin',
  'biz',
  'ch',
  'cloud',
  'co.uk',
  'com',
  'de',
  'dev',
  'eu',
  'example',
  'fi',
  'info',
  'io',
  'name',
  'net',
  'nl',
  'online',
  'org',
  'shop',
  'xn--5tzm5g',
  'xn--czrs0t',
  'xn--e1a4c',
];

const KEY_DATA_TLDS = ['de', 'eu', 'nl', 'be', 'xn--e1a4c'];

/** The TLD under which a domain is registered; undefined where that is not sold. */
export function tldOf(domain: string): string | undefined {
  const parent = domain.slice(domain.indexOf('.') + 1);
  return TLDS.includes(parent) ? parent : undefined;
}

/** Whether one contact serves all such TLDs: those of countries have contacts of their own. */
export function isGeneric(tld: string): boolean {
  return !/^[a-z]{2}$|\./.test(tld) && tld !== 'xn--e1a4c';
}

/** What begins the handles of contacts for that TLD. */
export function handlePrefix(tld: string): string {
  return `C${tld.replace(/[^a-z0-9]/gi, '').toUpperCase()}`;
}

/** What the registry takes for DNSSEC: the keys, or digests of them. */
export function dnssecForm(tld: string): 'keydata' | 'dsdata' {
  return KEY_DATA_TLDS.includes(tld) ? 'keydata' : 'dsdata';
}
