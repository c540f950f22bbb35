import { yearlyCents } from '../catalogue/prices.ts';
import { refused, unknown } from '../requests/outcome.ts';
import { DOMAIN } from '../requests/parameter-kinds.ts';
import type { QueuedRequest } from '../requests/request.ts';
import { addMonths, dayOf } from '../time/calendar.ts';
import { takeIn } from './take-in.ts';

/** Brings a deleted domain back. */
export const domainRedeem: QueuedRequest = {
  name: 'domain-redeem',
  access: 'cost',
  object: 'domain',
  required: { domain: DOMAIN },
  plan: ({ account, object: name, dueAtMs }) => {
    if (account.domains.has(name)) return refused(2304, [`${name} has not been deleted`]);
    const deleted = account.redeemable.get(name);
    if (!deleted) return unknown(`Deleted domain ${name}`);
    return {
      priceCents: yearlyCents('rgp', name),
      carryOut: () => {
        const { domain } = deleted;
        const aYear = addMonths(dayOf(dueAtMs), 12);
        const expires = domain.expires > dayOf(dueAtMs) ? domain.expires : aYear;
        account.redeemable.delete(name);
        takeIn(account, { ...domain, expires, modifiedAtMs: dueAtMs }, dueAtMs);
      },
    };
  },
};
