import { TLDS, tldOf } from './tlds.ts';

/** What has a price. Redeeming is `rgp` in the price list, `restore` in domain-check. */
export type Operation = 'create' | 'renew' | 'transfer' | 'rgp' | 'privacy-basic' | 'privacy-pro';

export const OPERATIONS: readonly Operation[] = [
  'create',
  'transfer',
  'renew',
  'rgp',
  'privacy-basic',
  'privacy-pro',
];

/** Made up, in cents of EUR, for a year: create and renew, then transfer. */
const YEARLY: Readonly<Record<string, readonly [create: number, transfer: number]>> = {
  at: [1190, 1190],
  com: [990, 990],
  de: [590, 590],
  eu: [690, 690],
  example: [990, 990],
  net: [1090, 1090],
  org: [1050, 1050],
  shop: [2490, 2490],
};
const OTHERS: readonly [create: number, transfer: number] = [1490, 1490];
const PREMIUM_CENTS = 4900;
const RESTORE_CENTS = 7500;
const PRIVACY_CENTS = { 'privacy-basic': 150, 'privacy-pro': 300 } as const;

/** The price of a year in cents under that TLD, for names that are nothing special. */
export function standardCents(operation: Operation, tld: string): number {
  const [create, transfer] = YEARLY[tld] ?? OTHERS;
  if (operation === 'privacy-basic' || operation === 'privacy-pro') return PRIVACY_CENTS[operation];
  if (operation === 'rgp') return RESTORE_CENTS;
  return operation === 'transfer' ? transfer : create;
}

/** Whether the registry asks more for that name: short ones, and those that begin with gold. */
export function isPremium(domain: string): boolean {
  return /^(gold|[^.]{1,2}\.)/.test(domain);
}

/** The price of a year in cents for that very name. */
export function yearlyCents(operation: Operation, domain: string): number {
  const standard = standardCents(operation, tldOf(domain) ?? '');
  const dearer = isPremium(domain) && !operation.startsWith('privacy') && operation !== 'rgp';
  return dearer ? Math.max(standard, PREMIUM_CENTS) : standard;
}

/** Every TLD with every operation, as the price lists have them. */
export function allPrices(): readonly { operation: Operation; tld: string; cents: number }[] {
  return TLDS.flatMap((tld) =>
    OPERATIONS.map((operation) => ({ operation, tld, cents: standardCents(operation, tld) })),
  );
}

/** Whether the price list has a price for so many years: transfers and redeeming are of one. */
export function isSoldForYears(operation: Operation, years: number): boolean {
  return years === 1 || (operation !== 'transfer' && operation !== 'rgp');
}
