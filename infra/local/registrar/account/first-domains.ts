import type { Contact } from '../contacts/contact.ts';
import { type Domain, newDomain, sameForAll } from '../domains/domain.ts';
import type { Transfer } from '../domains/transfer.ts';
import { addDays, dayOf } from '../time/calendar.ts';
import { DAY_MS } from '../time/timestamp.ts';

type Contacts = ReadonlyMap<string, Contact>;

/** A domain of the start: whose it is, and its age and what is left of its time in days. */
type First = Pick<Domain, 'name'> &
  Partial<Domain> & { readonly by: string; readonly age: number; readonly left: number };

const PERSON = 'CCOM-1000007';
const COMPANY = 'CCOM-1000008';
const OWN_NAME_SERVERS = ['ns1.example.org', 'ns2.example.org'];

/**
 * Six domains: one locked that renews itself, one about to move away, one with name servers of its
 * own, one just registered, one premium, and one internationalised that expires in twelve days.
 */
export function firstDomains(nowMs: number, contacts: Contacts): Map<string, Domain> {
  const inDays = (days: number) => addDays(dayOf(nowMs), days);
  const ago = (days: number) => nowMs - days * DAY_MS;
  const first: readonly First[] = [
    { name: 'example.com', by: PERSON, age: 20, left: 345, isLocked: true, autorenew: true },
    { name: 'example.net', by: COMPANY, age: 1500, left: 300, leavesAtMs: nowMs + 5 * DAY_MS },
    { name: 'example.org', by: COMPANY, age: 1000, left: 820, nameServers: OWN_NAME_SERVERS },
    { name: 'first-steps.example', by: PERSON, age: 0, left: 365 },
    {
      name: 'gold.example',
      by: COMPANY,
      age: 700,
      left: 395,
      privacy: { level: 'basic', origin: 'order', expires: inDays(395) },
    },
    { name: 'xn--bcher-kva.example', by: COMPANY, age: 353, left: 12 },
  ];
  const domains = first.map(({ by, age, left, ...given }) =>
    newDomain({
      createdAtMs: ago(age),
      expires: inDays(left),
      owner: contacts.get(by)?.fields ?? {},
      ownerContact: by,
      contacts: sameForAll(by),
      ...given,
    }),
  );
  return new Map(domains.map((domain) => [domain.name, domain]));
}

/** One more on its way in, begun on the registrar's pages, its owner asked and silent. */
export function firstTransfer(nowMs: number): Transfer {
  return {
    domain: 'arriving.example',
    svTrId: null,
    ownerEmail: 'former.owner@example.net',
    adminEmail: 'alex@example.com',
    startedAtMs: nowMs - 5 * DAY_MS,
    endsAtMs: nowMs + 4 * DAY_MS,
    isCancelled: false,
  };
}
