import { malformed, type Outcome } from '../requests/outcome.ts';
import {
  DOMAIN,
  DS_RECORD,
  FLAG,
  HANDLE,
  NAME_SERVERS,
  TEXT,
} from '../requests/parameter-kinds.ts';
import type { Params } from '../requests/parameters.ts';
import type { QueuedRequest } from '../requests/request.ts';
import { readGivenContacts, readNameServers } from './order-contacts.ts';
import { aboutOwnedDomain, judgeContacts } from './owned-domain.ts';

const DS = ['ds-1', 'ds-2', 'ds-3', 'ds-4', 'ds-5', 'ds-6'] as const;

/** Changes contacts, name servers or DNSSEC. */
export const domainModify: QueuedRequest = {
  name: 'domain-modify',
  access: 'modify',
  object: 'domain',
  required: { domain: DOMAIN },
  optional: {
    'admin-c': HANDLE,
    'tech-c': HANDLE,
    'billing-c': HANDLE,
    'ns-list': NAME_SERVERS,
    'registrar-tag': TEXT,
    dnssec: FLAG,
    ...Object.fromEntries(DS.map((name) => [name, DS_RECORD])),
  },
  oneOf: [['billing-c'], ['admin-c'], ['tech-c'], ['ns-list'], ['registrar-tag'], ['dnssec']],
  plan: aboutOwnedDomain(({ params, account, domain }) => {
    const given = readGivenContacts(params);
    const refusal = judgeContacts(account, Object.values(given)) ?? judgeDsRecords(params);
    if (refusal) return refusal;
    return {
      carryOut: () => {
        domain.contacts = { ...domain.contacts, ...given };
        domain.nameServers = readNameServers(params) ?? domain.nameServers;
        if (params.get('dnssec')) domain.dsRecords = readDsRecords(params);
      },
    };
  }),
};

/** With dnssec=1 the set is replaced, with dnssec=0 it goes. */
function readDsRecords(params: Params): readonly string[] {
  if (params.get('dnssec') !== '1') return [];
  return DS.flatMap((name) => params.get(name) || []);
}

/** Entries are filled in order, without gaps. */
function judgeDsRecords(params: Params): Outcome | null {
  if (params.get('dnssec') !== '1') return null;
  const given = DS.filter((name) => params.get(name));
  const gap = DS.find((name, index) => index < Math.max(1, given.length) && !params.get(name));
  return gap ? malformed([{ name: gap, expected: DS_RECORD.expected }]) : null;
}
