import { filledLines } from '../requests/key-values.ts';
import { done, unknown } from '../requests/outcome.ts';
import { DOMAIN, FLAG } from '../requests/parameter-kinds.ts';
import { nameIn } from '../requests/parameters.ts';
import type { ImmediateRequest } from '../requests/request.ts';
import { writeTimestamp } from '../time/timestamp.ts';
import { shownOwner } from './shown-owner.ts';

const DISCLAIMER = 'The data of this simulated whois are made up.\n';

/** The public lookup, known from the registrar's own module, which reads the DNSSEC line alone. */
export const publicWhois: ImmediateRequest = {
  name: '/whois',
  access: 'read',
  required: { domain: DOMAIN },
  optional: { disclaimer: FLAG },
  answer: ({ params, account }) => {
    const domain = account.domains.get(nameIn(params, 'domain'));
    if (!domain) return unknown(`Domain ${nameIn(params, 'domain')}`);
    const { name, createdAtMs, expires, nameServers, dsRecords } = domain;
    const lines = filledLines([
      ['Domain Name', name],
      ['Creation Date', writeTimestamp(createdAtMs, 'iso')],
      ['Registry Expiry Date', expires],
      ['Registrant Name', shownOwner(domain, false).name ?? ''],
      ...nameServers.map((host) => ['Name Server', host] as const),
      ['DNSSEC', dsRecords.length > 0 ? 'signedDelegation' : 'unsigned'],
      ...dsRecords.map((record) => ['DS Data', record.replaceAll(':', ' ')] as const),
    ]);
    return done(params.get('disclaimer') === '0' ? lines : `${lines}\n${DISCLAIMER}`);
  },
};
