import type { Order } from './order.ts';
import { OrderError } from './order-error.ts';

/** How far an order has come, as callers are told. */
export const STATES = ['in-progress', 'unknown', 'pending', 'ack', 'nack', 'refused'] as const;

/** What is told of an order. */
export type OrderFacts = ReturnType<typeof toFacts>;

export function toFacts(order: Order, nowMs: number) {
  const { action, requestObject, svTrId, procId, clTrId, sentAtMs } = order;
  const sentAt = sentAtMs === null ? null : new Date(sentAtMs).toISOString();
  return { action, state: stateOf(order, nowMs), requestObject, svTrId, procId, clTrId, sentAt };
}

/** A claim that has run out is of a caller who has died: nobody knows of the order any more. */
function stateOf(order: Order, nowMs: number): (typeof STATES)[number] {
  const { state, status, claimedUntilMs } = order;
  if (state === 'accepted') return 'pending';
  if (state === 'settled') return status ?? 'unknown';
  if (state === 'refused') return 'refused';
  return nowMs < claimedUntilMs ? 'in-progress' : 'unknown';
}

export function noSuchOrder(): OrderError {
  return new OrderError('not-found', 'Nothing was ordered with this key.');
}
