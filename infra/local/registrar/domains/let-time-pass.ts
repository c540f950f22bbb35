import type { Account } from '../account/account.ts';
import { yearlyCents } from '../catalogue/prices.ts';
import { addMonths, dayOf, startOf } from '../time/calendar.ts';
import { newTransferredDomain } from './arrive.ts';
import { type Domain, sameForAll } from './domain.ts';
import { putAside } from './domain-delete.ts';
import { takeIn, takeOut } from './take-in.ts';
import type { Transfer } from './transfer.ts';

/** Has happen what time brings: expiry, renewal by itself, transfers, the end of a redemption. */
export function letTimePass(account: Account, atMs: number): void {
  for (const domain of account.domains.values()) {
    if (domain.leavesAtMs !== null && domain.leavesAtMs <= atMs) takeOut(account, domain.name);
    else if (domain.expires < dayOf(atMs)) expire(account, domain, atMs);
  }
  for (const [name, { untilMs }] of account.redeemable) {
    if (untilMs <= atMs) account.redeemable.delete(name);
  }
  for (const transfer of account.transfers.values()) {
    if (transfer.svTrId === null && transfer.endsAtMs <= atMs) arrive(account, transfer);
  }
}

function expire(account: Account, domain: Domain, atMs: number): void {
  const cents = yearlyCents('renew', domain.name);
  while (domain.expires < dayOf(atMs) && domain.autorenew && account.purse.canPay(cents)) {
    account.purse.pay(cents);
    domain.expires = addMonths(domain.expires, 12);
  }
  if (domain.expires >= dayOf(atMs)) return;
  if (domain.endsWithItsTime) takeOut(account, domain.name);
  else putAside(account, domain, startOf(domain.expires));
}

/** What was begun on the registrar's pages ends without a result. */
function arrive(account: Account, { domain: name, endsAtMs }: Transfer): void {
  account.transfers.delete(name);
  const owner = account.contacts.keys().next().value ?? '';
  const kept = { name, owner, contacts: sameForAll(owner) };
  takeIn(account, newTransferredDomain(account, kept, endsAtMs), endsAtMs);
}
