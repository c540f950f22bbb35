import type { Contact } from '../contacts/contact.ts';
import type { Domain } from '../domains/domain.ts';
import type { Transfer } from '../domains/transfer.ts';
import type { Host } from '../hosts/host.ts';
import type { Grant } from '../rights/grant.ts';
import type { EmailVerification, RegistrantChange } from '../rights/verification.ts';
import type { Zone } from '../zones/zone.ts';
import type { Purse } from './purse.ts';

/** Who the account belongs to: made-up values in the registrar's own notation. */
export const HOLDER = {
  uid: '1000001',
  userLogin: 'simulated-reseller',
  currency: 'EUR',
  rebate: '0.2',
  contractDate: '2020-01-01',
} as const;

/** The one other customer of this registrar, to whom rights can be given at once. */
export const PARTNER = {
  uid: '1000002',
  login: 'simulated-partner',
  email: 'partner@example.net',
} as const;

/** All that the account behind every credential has. Names of domains and hosts are in lower case. */
export interface Account {
  readonly purse: Purse;
  readonly domains: Map<string, Domain>;
  /** Deleted domains that can be had back until that moment. */
  readonly redeemable: Map<string, { readonly domain: Domain; readonly untilMs: number }>;
  readonly zones: Map<string, Zone>;
  /** On their way in, by domain. */
  readonly transfers: Map<string, Transfer>;
  readonly contacts: Map<string, Contact>;
  readonly hosts: Map<string, Host>;
  readonly grants: Grant[];
  readonly emails: EmailVerification[];
  readonly registrantChanges: RegistrantChange[];
  /** Properties of the account itself. */
  readonly properties: Map<string, string>;
  /** The next of the numbers from which handles are made. */
  readonly nextNumber: () => string;
  /** Makes a key, code or the like that nobody guesses. */
  readonly makeSecret: () => string;
}
