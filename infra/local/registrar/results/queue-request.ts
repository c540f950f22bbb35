import type { Account } from '../account/account.ts';
import { writePrice } from '../account/purse.ts';
import { newHandle } from '../contacts/contact-create.ts';
import { done, refused } from '../requests/outcome.ts';
import type { Params } from '../requests/parameters.ts';
import {
  type ImmediateRequest,
  isRefusal,
  type Order,
  type Plan,
  type QueuedRequest,
} from '../requests/request.ts';
import { IN_PROGRESS, type Result } from '../result.ts';
import type { Results } from './results.ts';

/** What queueing needs. */
export interface QueueOptions {
  readonly results: Results;
  /** How long a request is in progress, milliseconds. */
  readonly settleAfterMs: number;
}

const REFUSED_BY_NAME = /nack|refused/i;

/**
 * Takes a request into the queue. Status 0 then says accepted, not done: it is judged once more when
 * its time has come, since what was in order may be so no longer. A new contact is listed by its
 * handle from the start (open).
 */
export function queued(request: QueuedRequest, options: QueueOptions): ImmediateRequest {
  const { results, settleAfterMs } = options;
  return {
    ...request,
    answer: ({ params, account, atMs, trackingId }) => {
      const procId = account.nextNumber();
      const object = objectOf(request, params, procId);
      const dueAtMs = atMs + settleAfterMs;
      const times = { queuedAtMs: atMs, atMs, dueAtMs };
      const order = { params, account, object, svTrId: trackingId, due: false, ...times };
      const plan = request.plan(order);
      if (isRefusal(plan)) return plan;
      const { priceCents = 0 } = plan;
      if (!account.purse.canPay(priceCents)) return refused(2104, [needed(priceCents)]);
      account.purse.setAside(priceCents);
      plan.accept?.();
      results.add({
        ...listed(request, order, procId),
        settles: { atMs: dueAtMs, status: isRefusedByName(params, object) ? 'nack' : 'ack' },
        carryOut: (wanted, doneAtMs) => {
          account.purse.release(priceCents);
          const again = { ...order, due: true, atMs: doneAtMs, dueAtMs: doneAtMs };
          return wanted === 'nack' ? giveUp(plan) : carryOut(plan, request.plan(again), account);
        },
      });
      return done('', [['Proc-ID', procId]]);
    },
  };
}

function objectOf({ object }: QueuedRequest, params: Params, procId: string): string {
  if (object === null) return newHandle(params, procId);
  const named = params.get(object) ?? '';
  return object === 'handle' ? named.toUpperCase() : named.toLowerCase();
}

function listed({ name }: QueuedRequest, order: Order, procId: string): Result {
  return {
    svTrId: order.svTrId,
    procId,
    requestType: name,
    requestObject: order.object,
    clTrId: order.params.get('cltrid') || '-',
    atMs: order.queuedAtMs,
    status: IN_PROGRESS,
    content: null,
    deleted: false,
    settles: null,
  };
}

/** A contact has no name yet, so its mail address decides instead. */
function isRefusedByName(params: Params, object: string): boolean {
  return REFUSED_BY_NAME.test(object) || REFUSED_BY_NAME.test(params.get('email') ?? '');
}

function needed(cents: number): string {
  return `The balance does not suffice: ${writePrice(cents)} EUR are needed`;
}

function carryOut(accepted: Plan, judged: ReturnType<QueuedRequest['plan']>, account: Account) {
  if (isRefusal(judged)) return giveUp(accepted, judged.errors[0]);
  const { priceCents = 0, nack } = judged;
  if (nack) return giveUp(accepted, nack);
  if (!account.purse.canPay(priceCents)) return giveUp(accepted, needed(priceCents));
  account.purse.pay(priceCents);
  judged.carryOut?.();
  return { status: 'ack' as const, text: judged.text?.() };
}

function giveUp(accepted: Plan, reason?: string) {
  accepted.giveUp?.();
  return { status: 'nack' as const, reason };
}
