import { availabilityOf, judgeTld } from '../catalogue/availability.ts';
import { judgeMaxPrice } from '../catalogue/max-price.ts';
import { standardCents, yearlyCents } from '../catalogue/prices.ts';
import { tldOf } from '../catalogue/tlds.ts';
import { refused } from '../requests/outcome.ts';
import {
  DOMAIN,
  FLAG,
  HANDLE,
  MONEY,
  MONTHS,
  NAME_SERVERS,
  oneOf,
  TEXT,
} from '../requests/parameter-kinds.ts';
import type { Order, QueuedRequest } from '../requests/request.ts';
import { addMonths, dayOf } from '../time/calendar.ts';
import { type Domain, JOKER_NAME_SERVERS, NO_PRIVACY, newDomain } from './domain.ts';
import { handleIn, readContacts, readNameServers } from './order-contacts.ts';
import { judgeContacts } from './owned-domain.ts';
import { isBoughtPrivacy, orderedPrivacy, privacyCents } from './privacy.ts';
import { takeIn } from './take-in.ts';

/**
 * Registers a domain. Programs are known that leave out its status, and all contacts but the owner;
 * that Joker's name servers stand for those left out is open.
 */
export const domainRegister: QueuedRequest = {
  name: 'domain-register',
  access: 'cost',
  object: 'domain',
  required: { domain: DOMAIN, period: MONTHS, 'owner-c': HANDLE },
  optional: {
    'admin-c': HANDLE,
    'tech-c': HANDLE,
    'billing-c': HANDLE,
    'ns-list': NAME_SERVERS,
    status: oneOf('production'),
    autorenew: FLAG,
    language: TEXT,
    privacy: oneOf('basic', 'pro', 'none'),
    'max-price': MONEY,
  },
  plan: (order) => {
    const { params, account, object: name } = order;
    const owner = handleIn(params, 'owner-c') ?? '';
    const contacts = readContacts(params, owner);
    if (account.domains.has(name)) return refused(2302, [`Domain ${name} exists`]);
    const price = priceOf(order);
    const refusal =
      judgeTld(name) ??
      judgeContacts(account, [owner, ...Object.values(contacts)]) ??
      judgeMaxPrice(params, price);
    if (refusal) return refusal;
    const isTaken = availabilityOf(account, name) === 'unavailable';
    return {
      priceCents: price.cents,
      ...(isTaken ? { nack: `Domain ${name} is registered already` } : {}),
      carryOut: () => takeIn(account, makeDomain(order, owner, contacts), order.dueAtMs),
    };
  },
};

function priceOf({ params, object: name }: Order) {
  const years = Number(params.get('period')) / 12;
  const privacy = privacyCents(params) * years;
  return {
    cents: yearlyCents('create', name) * years + privacy,
    standardCents: standardCents('create', tldOf(name) ?? '') * years + privacy,
  };
}

function makeDomain(order: Order, owner: string, contacts: Domain['contacts']): Domain {
  const { params, account, object: name, dueAtMs } = order;
  const expires = addMonths(dayOf(dueAtMs), Number(params.get('period')));
  return newDomain({
    name,
    createdAtMs: dueAtMs,
    expires,
    owner: account.contacts.get(owner)?.fields ?? {},
    ownerContact: owner,
    contacts,
    nameServers: readNameServers(params) ?? JOKER_NAME_SERVERS,
    autorenew: params.get('autorenew') === '1',
    privacy: isBoughtPrivacy(params) ? orderedPrivacy(params, expires) : NO_PRIVACY,
  });
}
