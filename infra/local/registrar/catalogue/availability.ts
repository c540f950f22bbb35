import type { Account } from '../account/account.ts';
import { malformed, type Outcome } from '../requests/outcome.ts';
import { isPremium } from './prices.ts';
import { tldOf } from './tlds.ts';

/** What domain-check says of a name. */
export type Availability = 'available' | 'premium' | 'unavailable';

/** What the registry knows: own domains are taken, and all whose name begins with `taken`. */
export function availabilityOf(account: Account, domain: string): Availability {
  const taken =
    account.domains.has(domain) ||
    account.redeemable.has(domain) ||
    account.transfers.has(domain) ||
    domain.startsWith('taken');
  if (taken) return 'unavailable';
  return isPremium(domain) ? 'premium' : 'available';
}

/** Refuses a TLD that is not sold, with the words that the registrar's own modules look for. */
export function judgeTld(domain: string): Outcome | null {
  if (tldOf(domain)) return null;
  const expected = 'Domain with extension supported by Joker.com';
  return malformed([{ name: 'domain', expected }]);
}
