import type { Account } from '../account/account.ts';
import { yearlyCents } from '../catalogue/prices.ts';
import { tldOf } from '../catalogue/tlds.ts';
import { refused } from '../requests/outcome.ts';
import { DOMAIN, oneOf } from '../requests/parameter-kinds.ts';
import type { QueuedRequest } from '../requests/request.ts';
import { DAY_MS } from '../time/timestamp.ts';
import type { Domain } from './domain.ts';
import { aboutOwnedDomain } from './owned-domain.ts';
import { takeOut } from './take-in.ts';

/** For so long a deletion needs no force, and is refunded under most TLDs. */
const NEW_MS = 3 * DAY_MS;
const NOT_REFUNDED = ['eu', 'nl', 'me', 'at', 'de'];
const REDEMPTION_MS = 30 * DAY_MS;

/** Deletes a domain: an older one can be redeemed for thirty days. */
export const domainDelete: QueuedRequest = {
  name: 'domain-delete',
  access: 'modify',
  object: 'domain',
  required: { domain: DOMAIN },
  optional: { force: oneOf('1', 'Y', 'Yes'), type: oneOf('endoflife', 'immediate', 'transit') },
  plan: aboutOwnedDomain(({ params, account, domain, queuedAtMs, dueAtMs }) => {
    const isNew = queuedAtMs - domain.createdAtMs <= NEW_MS;
    if (!isNew && !params.get('force')) {
      return refused(2304, [`${domain.name} is older than three days: force is needed`]);
    }
    return {
      carryOut: () => {
        if (params.get('type') === 'endoflife') endWithItsTime(domain);
        else if (isNew) undo(account, domain);
        else putAside(account, domain, dueAtMs);
      },
    };
  }),
};

function endWithItsTime(domain: Domain): void {
  domain.autorenew = false;
  domain.endsWithItsTime = true;
}

/** Deletes it without a trace. */
function undo(account: Account, { name }: Domain): void {
  takeOut(account, name);
  if (!NOT_REFUNDED.includes(tldOf(name) ?? '')) account.purse.pay(-yearlyCents('create', name));
}

/** Takes a domain out of the account and keeps it for redemption. */
export function putAside(account: Account, domain: Domain, atMs: number): void {
  takeOut(account, domain.name);
  account.redeemable.set(domain.name, { domain, untilMs: atMs + REDEMPTION_MS });
}
