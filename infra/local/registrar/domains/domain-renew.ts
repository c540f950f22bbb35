import { judgeMaxPrice } from '../catalogue/max-price.ts';
import { standardCents, yearlyCents } from '../catalogue/prices.ts';
import { tldOf } from '../catalogue/tlds.ts';
import { malformed, refused } from '../requests/outcome.ts';
import { DOMAIN, MONEY, MONTHS, oneOf, YEAR } from '../requests/parameter-kinds.ts';
import type { Params } from '../requests/parameters.ts';
import type { QueuedRequest } from '../requests/request.ts';
import { addMonths, dayOf } from '../time/calendar.ts';
import type { Domain } from './domain.ts';
import { aboutOwnedDomain, type DomainOrder } from './owned-domain.ts';
import { isBoughtPrivacy, orderedPrivacy, privacyCents } from './privacy.ts';

/** The documents: the same domain at most once in six hours. */
const BETWEEN_RENEWALS_MS = 6 * 3_600_000;
const MOST_YEARS_AHEAD = 10;

/** Renews a domain by months, or up to a year: then nothing happens when it is reached already. */
export const domainRenew: QueuedRequest = {
  name: 'domain-renew',
  access: 'cost',
  object: 'domain',
  required: { domain: DOMAIN },
  optional: {
    period: MONTHS,
    expyear: YEAR,
    privacy: oneOf('basic', 'pro', 'none', 'keep', 'off'),
    'max-price': MONEY,
  },
  oneOf: [['period'], ['expyear']],
  plan: aboutOwnedDomain((order) => {
    const { params, domain } = order;
    if (params.get('period') && params.get('expyear')) {
      return malformed([{ name: 'expyear', expected: 'no period beside it' }]);
    }
    const years = yearsOf(params, domain);
    if (years <= 0) return {};
    if (!order.due && isTooSoon(order)) {
      return refused(2304, [`${domain.name} was renewed less than six hours ago`]);
    }
    const price = priceOf(params, domain, years);
    return judgeMaxPrice(params, price) ?? planRenewal(order, years, price.cents);
  }),
};

function yearsOf(params: Params, { expires }: Domain): number {
  const period = params.get('period');
  if (period) return Number(period) / 12;
  return Number(params.get('expyear')) - Number(expires.slice(0, 4));
}

function isTooSoon({ domain, queuedAtMs }: DomainOrder): boolean {
  const { renewalOrderedAtMs: last } = domain;
  return last !== null && queuedAtMs - last < BETWEEN_RENEWALS_MS;
}

function priceOf(params: Params, { name }: Domain, years: number) {
  const privacy = privacyCents(params) * years;
  return {
    cents: yearlyCents('renew', name) * years + privacy,
    standardCents: standardCents('renew', tldOf(name) ?? '') * years + privacy,
  };
}

function planRenewal(order: DomainOrder, years: number, priceCents: number) {
  const { params, domain, queuedAtMs, dueAtMs } = order;
  const expires = addMonths(domain.expires, 12 * years);
  const tooFar = expires > addMonths(dayOf(dueAtMs), 12 * MOST_YEARS_AHEAD);
  return {
    priceCents,
    ...(tooFar ? { nack: `${domain.name} would expire in more than ten years` } : {}),
    accept: () => {
      domain.renewalOrderedAtMs = queuedAtMs;
    },
    giveUp: () => {
      domain.renewalOrderedAtMs = null;
    },
    carryOut: () => {
      domain.expires = expires;
      if (isBoughtPrivacy(params)) domain.privacy = orderedPrivacy(params, expires);
      const isKept = params.get('privacy') === 'keep' && domain.privacy.level !== 'off';
      if (isKept) domain.privacy = { ...domain.privacy, expires };
    },
  };
}
