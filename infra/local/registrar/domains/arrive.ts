import type { Account } from '../account/account.ts';
import { addDays, addMonths, dayOf } from '../time/calendar.ts';
import { DAY_MS } from '../time/timestamp.ts';
import { type Domain, newDomain } from './domain.ts';

/** What was left of a domain's time at the registrar it came from; a transfer adds a year. */
const DAYS_LEFT = 120;
const DAYS_OLD = 900;

/** A domain as it comes from another registrar. */
export function newTransferredDomain(
  account: Account,
  { name, owner, contacts }: Pick<Domain, 'name' | 'contacts'> & { readonly owner: string },
  atMs: number,
): Domain {
  return newDomain({
    name,
    createdAtMs: atMs - DAYS_OLD * DAY_MS,
    modifiedAtMs: atMs,
    expires: addMonths(addDays(dayOf(atMs), DAYS_LEFT), 12),
    owner: account.contacts.get(owner)?.fields ?? {},
    ownerContact: owner,
    contacts,
  });
}
