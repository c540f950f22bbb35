import type { Contact } from '../contacts/contact.ts';
import { type Domain, statusesOf } from '../domains/domain.ts';
import type { Host } from '../hosts/host.ts';
import { filledLines, type KeyValue } from '../requests/key-values.ts';
import { done, malformed, unknown } from '../requests/outcome.ts';
import { DOMAIN, FLAG, HANDLE, HOST } from '../requests/parameter-kinds.ts';
import { isOn, nameIn } from '../requests/parameters.ts';
import type { Asked, ImmediateRequest } from '../requests/request.ts';
import { startOf } from '../time/calendar.ts';
import { writeTimestamp } from '../time/timestamp.ts';
import { shownOwner } from './shown-owner.ts';

/** An own domain, contact or host. Its moments have 14 digits, whatever result-list has. */
export const queryWhois: ImmediateRequest = {
  name: 'query-whois',
  // The older form; that it may lag behind is left out.
  aliases: ['query-object'],
  access: 'read',
  optional: { domain: DOMAIN, contact: HANDLE, host: HOST, internal: FLAG },
  oneOf: [['domain'], ['contact'], ['host']],
  answer: (asked) => {
    const { params } = asked;
    const named = ['domain', 'contact', 'host'].filter((name) => params.get(name));
    const [kind, second] = named;
    if (second) return malformed([{ name: second, expected: `no ${kind} beside it` }]);
    const pairs = look(asked);
    if (!pairs) return unknown(params.get(kind ?? '') ?? '');
    return done(filledLines(pairs.map(([key, value]) => [`${kind}.${key}`, value])));
  },
};

function look({ params, account }: Asked): readonly KeyValue[] | undefined {
  const domain = account.domains.get(nameIn(params, 'domain'));
  if (domain) return domainPairs(domain, isOn(params, 'internal'));
  const contact = account.contacts.get((params.get('contact') ?? '').toUpperCase());
  if (contact) return contactPairs(contact);
  const host = account.hosts.get(nameIn(params, 'host'));
  return host ? hostPairs(host) : undefined;
}

function domainPairs(domain: Domain, isInternal: boolean): readonly KeyValue[] {
  return [
    ['fqdn', domain.name],
    ['status', shownStatus(domain)],
    ...Object.entries(shownOwner(domain, isInternal)),
    ...Object.entries(domain.contacts),
    ...domain.nameServers.flatMap((host, index): KeyValue[] => [
      ['nservers.nserver.no', String(index + 1)],
      ['nservers.nserver.handle', host],
    ]),
    ['created.date', writeTimestamp(domain.createdAtMs, 'compact')],
    ['modified.date', writeTimestamp(domain.modifiedAtMs, 'compact')],
    ['expires', writeTimestamp(startOf(domain.expires), 'compact')],
  ];
}

/** Here production is told only where there is nothing else to tell (open). */
function shownStatus(domain: Domain): string {
  const [production = '', ...others] = statusesOf(domain);
  return others.length > 0 ? others.join(',') : production;
}

function contactPairs({ handle, fields, createdAtMs, modifiedAtMs }: Contact): readonly KeyValue[] {
  return [
    ['handle', handle],
    ...Object.entries(fields),
    ['created.date', writeTimestamp(createdAtMs, 'compact')],
    ['modified.date', writeTimestamp(modifiedAtMs, 'compact')],
  ];
}

function hostPairs({ name, ipv4, ipv6, createdAtMs }: Host): readonly KeyValue[] {
  return [
    ['fqdn', name],
    ['ip-address', ipv4 ?? ''],
    ['ip-address-v6', ipv6 ?? ''],
    ['created.date', writeTimestamp(createdAtMs, 'compact')],
  ];
}
