import type { Contact } from '../contacts/contact.ts';
import { CONTACT_ROLES, type Domain, newDomain } from '../domains/domain.ts';
import type { Transfer } from '../domains/transfer.ts';
import { addDays, dayOf } from '../time/calendar.ts';
import { DAY_MS } from '../time/timestamp.ts';

type Contacts = ReadonlyMap<string, Contact>;
type Given = Pick<Domain, 'name' | 'expires'> & Partial<Domain>;

const PERSON = 'CCOM-1000007';
const COMPANY = 'CCOM-1000008';

/**
 * Six domains: one locked that renews itself, one about to move away, one with name servers of its
 * own, one just registered, one premium, and one internationalised that expires in twelve days.
 */
export function firstDomains(nowMs: number, contacts: Contacts): Map<string, Domain> {
  const inDays = (days: number) => addDays(dayOf(nowMs), days);
  const ago = (days: number) => nowMs - days * DAY_MS;
  const made = (owner: string, age: number, given: Given): [string, Domain] => {
    const roles = CONTACT_ROLES.map((role) => [role, owner]);
    const domain = newDomain({
      createdAtMs: ago(age),
      owner: contacts.get(owner)?.fields ?? {},
      ownerContact: owner,
      contacts: Object.fromEntries(roles) as Domain['contacts'],
      ...given,
    });
    return [given.name, domain];
  };
  return new Map([
    made(PERSON, 20, {
      name: 'example.com',
      expires: inDays(345),
      isLocked: true,
      autorenew: true,
    }),
    made(COMPANY, 1500, {
      name: 'example.net',
      expires: inDays(300),
      modifiedAtMs: ago(1),
      leavesAtMs: nowMs + 5 * DAY_MS,
    }),
    made(COMPANY, 1000, {
      name: 'example.org',
      expires: inDays(820),
      modifiedAtMs: ago(1),
      nameServers: ['ns1.example.org', 'ns2.example.org'],
    }),
    made(PERSON, 0, { name: 'first-steps.example', expires: inDays(365) }),
    made(COMPANY, 700, {
      name: 'gold.example',
      expires: inDays(395),
      privacy: { level: 'basic', origin: 'order', expires: inDays(395) },
    }),
    made(COMPANY, 353, { name: 'xn--bcher-kva.example', expires: inDays(12) }),
  ]);
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
