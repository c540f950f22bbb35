import type { Account } from '../account/account.ts';
import { type Outcome, unknown } from '../requests/outcome.ts';
import { isRefusal, type Order, type Plan } from '../requests/request.ts';
import type { Domain } from './domain.ts';

/** An order about a domain of the account, in full. */
export interface DomainOrder extends Order {
  readonly domain: Domain;
}

/**
 * Plans an order about a domain of the account: 2303 where it has none of that name. Nothing can be
 * changed while a domain moves to another registrar, which the registry says.
 */
export function aboutOwnedDomain(
  plan: (order: DomainOrder) => Outcome | Plan,
): (order: Order) => Outcome | Plan {
  return (order) => {
    const domain = order.account.domains.get(order.object);
    if (!domain) return unknown(`Domain ${order.object}`);
    const planned = plan({ ...order, domain });
    if (isRefusal(planned)) return planned;
    const nack = domain.leavesAtMs === null ? planned.nack : `${domain.name} is being transferred`;
    const carryOut = () => {
      planned.carryOut?.();
      domain.modifiedAtMs = order.dueAtMs;
    };
    return { ...planned, ...(nack ? { nack } : {}), carryOut };
  };
}

/** Refuses contacts that the account does not have. */
export function judgeContacts(account: Account, handles: readonly string[]): Outcome | null {
  const absent = handles.find((handle) => !account.contacts.has(handle));
  return absent === undefined ? null : unknown(`Contact ${absent}`);
}
