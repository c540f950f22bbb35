import { judgeTld } from '../catalogue/availability.ts';
import { judgeMaxPrice } from '../catalogue/max-price.ts';
import { standardCents, yearlyCents } from '../catalogue/prices.ts';
import { tldOf } from '../catalogue/tlds.ts';
import { refused } from '../requests/outcome.ts';
import {
  ANYTHING,
  DOMAIN,
  EMAIL,
  FLAG,
  HANDLE,
  MONEY,
  NAME_SERVERS,
  oneOf,
} from '../requests/parameter-kinds.ts';
import type { Order, QueuedRequest } from '../requests/request.ts';
import { newTransferredDomain } from './arrive.ts';
import { handleIn, readContacts, readNameServers } from './order-contacts.ts';
import { judgeContacts } from './owned-domain.ts';
import { isBoughtPrivacy, orderedPrivacy, privacyCents } from './privacy.ts';
import { takeIn } from './take-in.ts';

/**
 * Moves a domain in from another registrar. The documents disagree about the contacts, the owner or
 * all others, and about the TLDs that need no transfer-auth-id: either will do here, and every TLD
 * needs a code.
 */
export const domainTransferInReseller: QueuedRequest = {
  name: 'domain-transfer-in-reseller',
  access: 'cost',
  object: 'domain',
  required: { domain: DOMAIN, 'transfer-auth-id': ANYTHING },
  optional: {
    'owner-c': HANDLE,
    'admin-c': HANDLE,
    'tech-c': HANDLE,
    'billing-c': HANDLE,
    'ns-list': NAME_SERVERS,
    'owner-email': EMAIL,
    status: oneOf('production', 'lock'),
    autorenew: FLAG,
    privacy: oneOf('basic', 'pro', 'none'),
    'max-price': MONEY,
  },
  oneOf: [['owner-c'], ['billing-c', 'admin-c', 'tech-c']],
  plan: (order) => {
    const { params } = order;
    return planTransfer(order, handleIn(params, 'owner-c') ?? handleIn(params, 'billing-c') ?? '');
  },
};

/** The older one, known from programs only. The billing contact stands for all. */
export const domainTransferIn: QueuedRequest = {
  name: 'domain-transfer-in',
  access: 'cost',
  object: 'domain',
  required: { domain: DOMAIN, 'transfer-auth-id': ANYTHING, 'billing-c': HANDLE },
  optional: { privacy: oneOf('basic', 'pro') },
  plan: (order) => planTransfer(order, handleIn(order.params, 'billing-c') ?? ''),
};

function planTransfer(order: Order, owner: string) {
  const { params, account, object: name, due } = order;
  const contacts = readContacts(params, owner);
  const before = account.transfers.get(name);
  if (account.domains.has(name)) return refused(2302, [`Domain ${name} exists`]);
  if (!due && before) return refused(2304, [`${name} is being transferred already`]);
  const price = priceOf(order);
  const refusal =
    judgeTld(name) ??
    judgeContacts(account, [owner, ...Object.values(contacts)]) ??
    judgeMaxPrice(params, price);
  if (refusal) return refusal;
  const nack = due && before?.isCancelled ? 'The transfer was cancelled' : whyNot(order);
  return {
    priceCents: price.cents,
    ...(nack ? { nack } : {}),
    accept: () => void account.transfers.set(name, newTransfer(order, owner)),
    giveUp: () => void account.transfers.delete(name),
    carryOut: () => takeOver(order, owner),
  };
}

/** The domain is here, as it was ordered; it renews itself unless that was declined. */
function takeOver({ params, account, object: name, dueAtMs }: Order, owner: string): void {
  account.transfers.delete(name);
  const contacts = readContacts(params, owner);
  const domain = newTransferredDomain(account, { name, owner, contacts }, dueAtMs);
  domain.autorenew = params.get('autorenew') !== '0';
  domain.isLocked = params.get('status') === 'lock';
  domain.nameServers = readNameServers(params) ?? domain.nameServers;
  if (isBoughtPrivacy(params)) domain.privacy = orderedPrivacy(params, domain.expires);
  takeIn(account, domain, dueAtMs);
}

function priceOf({ params, object: name }: Order) {
  const privacy = privacyCents(params);
  return {
    cents: yearlyCents('transfer', name) + privacy,
    standardCents: standardCents('transfer', tldOf(name) ?? '') + privacy,
  };
}

/** The losing registrar knows the code: here every one is right but those that say they are not. */
function whyNot({ params }: Order): string | undefined {
  const code = params.get('transfer-auth-id') ?? '';
  return /wrong|invalid/i.test(code) ? 'The transfer-auth-id is not the right one' : undefined;
}

function newTransfer(order: Order, owner: string) {
  const { params, account, object: domain, svTrId, queuedAtMs, dueAtMs } = order;
  const emailOf = (handle: string) => account.contacts.get(handle)?.fields.email ?? '-';
  return {
    domain,
    svTrId,
    ownerEmail: params.get('owner-email') || emailOf(owner),
    adminEmail: emailOf(handleIn(params, 'admin-c') ?? owner),
    startedAtMs: queuedAtMs,
    endsAtMs: dueAtMs,
    isCancelled: false,
  };
}
