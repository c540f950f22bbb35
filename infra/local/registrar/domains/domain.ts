import type { ContactFields } from '../contacts/contact.ts';

export type PrivacyLevel = 'off' | 'basic' | 'pro';

/** The roles of contacts, by the parameters that name them. */
export type ContactRole = 'admin-c' | 'tech-c' | 'billing-c';

export const CONTACT_ROLES: readonly ContactRole[] = ['admin-c', 'tech-c', 'billing-c'];

/** A domain of the account. Days are `YYYY-MM-DD`, moments epoch milliseconds. */
export interface Domain {
  readonly name: string;
  readonly createdAtMs: number;
  modifiedAtMs: number;
  expires: string;
  isLocked: boolean;
  autorenew: boolean;
  whoisOptOut: boolean;
  privacy: { readonly level: PrivacyLevel; readonly origin: string; readonly expires: string };
  /** The owner's data, a copy: a change of the contact it came from does not change it. */
  owner: ContactFields;
  /** The contact it came from; null once the owner has been changed. */
  ownerContact: string | null;
  contacts: Readonly<Record<ContactRole, string>>;
  nameServers: readonly string[];
  dsRecords: readonly string[];
  /** The code that lets it go; each request makes another. A secret. */
  authId: string | null;
  /** When its last renewal was ordered. */
  renewalOrderedAtMs: number | null;
  /** When it moves to another registrar, if it does. */
  leavesAtMs: number | null;
  /** Whether it ends with its time rather than being kept for redemption. */
  endsWithItsTime: boolean;
}

export const NO_PRIVACY: Domain['privacy'] = { level: 'off', origin: 'off', expires: '-' };

export const JOKER_NAME_SERVERS = ['a.ns.joker.com', 'b.ns.joker.com', 'c.ns.joker.com'];

/** One contact in every role. */
export function sameForAll(handle: string): Domain['contacts'] {
  return { 'admin-c': handle, 'tech-c': handle, 'billing-c': handle };
}

export function usesJokerNameServers({ nameServers }: Domain): boolean {
  return nameServers.every((host) => host.endsWith('.ns.joker.com'));
}

/** What query-domain-list tells of its state. */
export function statusesOf(domain: Domain): readonly string[] {
  return [
    'production',
    ...(domain.isLocked ? ['lock'] : []),
    ...(domain.autorenew ? ['autorenew'] : []),
    ...(domain.leavesAtMs === null ? [] : ['pending-transfer']),
  ];
}

/** Completes a domain: one without locks, privacy, DNSSEC or plans. */
export function newDomain(
  needed: Pick<Domain, 'name' | 'createdAtMs' | 'expires' | 'owner' | 'ownerContact' | 'contacts'> &
    Partial<Domain>,
): Domain {
  return {
    modifiedAtMs: needed.createdAtMs,
    isLocked: false,
    autorenew: false,
    whoisOptOut: false,
    privacy: NO_PRIVACY,
    nameServers: JOKER_NAME_SERVERS,
    dsRecords: [],
    authId: null,
    renewalOrderedAtMs: null,
    leavesAtMs: null,
    endsWithItsTime: false,
    ...needed,
  };
}
