import { refused } from '../requests/outcome.ts';
import { DOMAIN, MONTHS, oneOf, YEAR } from '../requests/parameter-kinds.ts';
import type { QueuedRequest } from '../requests/request.ts';
import { addMonths, dayOf, yearsUntil } from '../time/calendar.ts';
import { aboutOwnedDomain, type DomainOrder } from './owned-domain.ts';
import { orderedPrivacy, privacyCents } from './privacy.ts';

/**
 * Buys privacy by months, up to a year, or for the rest of the domain's time: whole years are
 * charged, and it fails where it would outlast the domain.
 */
export const domainPrivacyOrder: QueuedRequest = {
  name: 'domain-privacy-order',
  access: 'cost',
  object: 'domain',
  required: { domain: DOMAIN, privacy: oneOf('basic', 'pro') },
  optional: { period: MONTHS, expyear: YEAR },
  plan: aboutOwnedDomain((order) => {
    const { params, domain, dueAtMs } = order;
    const expires = endOf(order);
    if (expires > domain.expires) {
      return refused(2306, [`${domain.name} expires on ${domain.expires}, before its privacy`]);
    }
    const isSame = domain.privacy.level === params.get('privacy');
    if (isSame && domain.privacy.expires >= expires) return {};
    const from = isSame ? domain.privacy.expires : dayOf(dueAtMs);
    return {
      priceCents: privacyCents(params) * yearsUntil(from, expires),
      carryOut: () => {
        domain.privacy = orderedPrivacy(params, expires);
      },
    };
  }),
};

function endOf({ params, domain, dueAtMs }: DomainOrder): string {
  const period = params.get('period');
  const year = params.get('expyear');
  if (period) return addMonths(dayOf(dueAtMs), Number(period));
  return year ? `${year}${domain.expires.slice(4)}` : domain.expires;
}
