/** The one account behind every credential: made-up values in the registrar's own notation. */
export const ACCOUNT = {
  uid: '1000001',
  userLogin: 'simulated-reseller',
  currency: 'EUR',
  balance: '100.0',
  pendingAmount: '0.0',
  rebate: '0.2',
  contractDate: '2020-01-01',
  numberOfDomains: '6',
  numberOfAutorenew: '0',
} as const;

/**
 * The TLDs the account may sell: a short list in the registrar's form, sorted by bytes, with
 * punycode for the internationalised ones.
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
