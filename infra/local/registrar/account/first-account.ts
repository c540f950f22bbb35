import type { Contact } from '../contacts/contact.ts';
import type { Host } from '../hosts/host.ts';
import type { Grant } from '../rights/grant.ts';
import type { EmailVerification } from '../rights/verification.ts';
import { DAY_MS } from '../time/timestamp.ts';
import { type Account, HOLDER, PARTNER } from './account.ts';
import { firstDomains, firstTransfer } from './first-domains.ts';
import { firstZones } from './first-zones.ts';
import { createPurse } from './purse.ts';

/** What making the first account needs. */
export interface FirstAccountOptions {
  readonly nowMs: number;
  readonly nextNumber: () => string;
  readonly makeSecret: () => string;
}

const START_CENTS = 10_000;
const YEARS_MS = 365 * DAY_MS;

/** A little account in use: the same one for the same clock and the same dice. */
export function firstAccount(options: FirstAccountOptions): Account {
  const { nowMs, nextNumber, makeSecret } = options;
  const contacts = firstContacts(nowMs);
  const domains = firstDomains(nowMs, contacts);
  const owner = domains.get('example.net')?.owner ?? {};
  return {
    purse: createPurse(START_CENTS),
    domains,
    redeemable: new Map(),
    zones: firstZones([...domains.keys()]),
    transfers: new Map([['arriving.example', firstTransfer(nowMs)]]),
    contacts,
    hosts: firstHosts(nowMs),
    grants: firstGrants(makeSecret),
    emails: firstEmails(nowMs, makeSecret),
    registrantChanges: [
      { domain: 'example.net', key: makeSecret(), owner: { ...owner, name: 'Sam Example' } },
    ],
    properties: new Map([
      ['property.autorenew', '0'],
      ['feature.dmapi', '1'],
    ]),
    nextNumber,
    makeSecret,
  };
}

const ALEX = {
  name: 'Alex Example',
  email: 'alex@example.com',
  'address-1': '1 Example Street',
  city: 'Exampletown',
  'postal-code': '12345',
  country: 'DE',
  phone: '+49.30123456',
};

const COMPANY = {
  name: 'Kim Example',
  individual: 'N',
  organization: 'Example Reselling Ltd',
  email: 'office@example.org',
  'address-1': '2 Example Street',
  'address-2': 'Backyard',
  city: 'Exampletown',
  'postal-code': '12345',
  country: 'DE',
  phone: '+49.30123457',
  fax: '+49.30123458',
};

function firstContacts(nowMs: number): Map<string, Contact> {
  const made = (handle: string, tld: string, fields: Contact['fields'], atMs: number) =>
    [handle, { handle, tld, fields, createdAtMs: atMs, modifiedAtMs: atMs }] as const;
  return new Map([
    made('CCOM-1000007', 'com', ALEX, nowMs - 21 * DAY_MS),
    made('CCOM-1000008', 'com', COMPANY, nowMs - 5 * YEARS_MS),
    made('CDE-1000009', 'de', { ...ALEX, 'x-de-type': 'person' }, nowMs - 2 * YEARS_MS),
  ]);
}

/** The first is used by no domain, the other two by example.org. */
function firstHosts(nowMs: number): Map<string, Host> {
  const made = (name: string, ipv4: string, ipv6: string | null) =>
    [name, { name, ipv4, ipv6, createdAtMs: nowMs - 2 * YEARS_MS }] as const;
  return new Map([
    made('ns1.example.com', '192.0.2.53', null),
    made('ns1.example.org', '192.0.2.54', null),
    made('ns2.example.org', '198.51.100.53', '2001:db8::53'),
  ]);
}

function firstGrants(makeSecret: () => string): Grant[] {
  const offered = { domain: 'example.com', inviter: HOLDER.userLogin };
  return [
    {
      ...offered,
      type: 'grant',
      number: 1,
      role: '@tech',
      key: null,
      invitedLogin: PARTNER.login,
      invitedUid: PARTNER.uid,
      email: PARTNER.email,
      nickname: 'partner',
    },
    {
      ...offered,
      type: 'invitation',
      number: 2,
      role: '@billing',
      key: makeSecret(),
      invitedLogin: null,
      invitedUid: null,
      email: 'books@example.org',
      nickname: 'books',
    },
  ];
}

function firstEmails(nowMs: number, makeSecret: () => string): EmailVerification[] {
  const made = (email: string, domain: string, state: EmailVerification['state']) => ({
    email,
    domain,
    key: makeSecret(),
    expiresAtMs: nowMs + 15 * DAY_MS,
    state,
  });
  return [
    made(ALEX.email, 'example.com', 'verified'),
    made(COMPANY.email, 'example.org', 'pending'),
  ];
}
