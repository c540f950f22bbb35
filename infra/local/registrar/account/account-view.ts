import { statusesOf } from '../domains/domain.ts';
import { stateOf } from '../domains/transfer.ts';
import type { Account } from './account.ts';
import { writeAmount } from './purse.ts';

/** The account for people and tests to look at: plain data, without codes, keys and passwords. */
export interface AccountView {
  readonly balance: string;
  /** Set aside for orders in progress. */
  readonly pendingAmount: string;
  readonly domains: readonly DomainView[];
  readonly transfers: readonly { readonly domain: string; readonly state: string }[];
  readonly redeemable: readonly string[];
  readonly contacts: readonly { readonly handle: string; readonly name: string }[];
  readonly hosts: readonly {
    readonly host: string;
    readonly ipv4: string | null;
    readonly ipv6: string | null;
  }[];
}

/** One domain; days are `YYYY-MM-DD`. */
export interface DomainView {
  readonly domain: string;
  readonly expires: string;
  readonly statuses: readonly string[];
  readonly owner: string;
  readonly contacts: Readonly<Record<string, string>>;
  readonly nameServers: readonly string[];
  readonly dsRecords: readonly string[];
  readonly privacy: string;
}

/** Takes a view, domains by name. */
export function viewAccount(account: Account, atMs: number): AccountView {
  const { purse, domains, transfers, redeemable, contacts, hosts } = account;
  return {
    balance: writeAmount(purse.balanceCents),
    pendingAmount: writeAmount(purse.pendingCents),
    domains: [...domains.values()]
      .map((domain) => ({
        domain: domain.name,
        expires: domain.expires,
        statuses: statusesOf(domain),
        owner: domain.owner.organization ?? domain.owner.name ?? '',
        contacts: domain.contacts,
        nameServers: domain.nameServers,
        dsRecords: domain.dsRecords,
        privacy: domain.privacy.level,
      }))
      .sort((left, right) => (left.domain < right.domain ? -1 : 1)),
    transfers: [...transfers.values()].map((transfer) => ({
      domain: transfer.domain,
      state: stateOf(transfer, atMs),
    })),
    redeemable: [...redeemable.keys()].sort(),
    contacts: [...contacts.values()].map(({ handle, fields }) => ({
      handle,
      name: fields.name ?? '',
    })),
    hosts: [...hosts.values()].map(({ name, ipv4, ipv6 }) => ({ host: name, ipv4, ipv6 })),
  };
}
