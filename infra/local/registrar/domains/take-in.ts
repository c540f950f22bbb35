import type { Account } from '../account/account.ts';
import { DAY_MS } from '../time/timestamp.ts';
import { newZone } from '../zones/zone.ts';
import type { Domain } from './domain.ts';

/** A new owner's address is to be confirmed within so many days. */
const VERIFICATION_DAYS = 15;

/** Puts a domain into the account, with a zone of its own. */
export function takeIn(account: Account, domain: Domain, atMs: number): void {
  account.domains.set(domain.name, domain);
  if (!account.zones.has(domain.name)) account.zones.set(domain.name, newZone());
  askToVerify(account, domain, atMs);
}

/** Takes a domain out of the account, with all that depends on it. */
export function takeOut(account: Account, name: string): void {
  account.domains.delete(name);
  account.zones.delete(name);
  const others = account.grants.filter(({ domain }) => domain !== name);
  account.grants.splice(0, account.grants.length, ...others);
}

/** Has the owner's address verified unless it has been met before. */
export function askToVerify(account: Account, { name, owner }: Domain, atMs: number): void {
  const email = owner.email ?? '';
  if (account.emails.some((known) => known.email === email)) return;
  account.emails.push({
    email,
    domain: name,
    key: account.makeSecret(),
    expiresAtMs: atMs + VERIFICATION_DAYS * DAY_MS,
    state: 'pending',
  });
}
