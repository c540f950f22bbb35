import type { Queued } from '../reply/queued.ts';

/**
 * How far an order has come:
 * - `claimed`: a caller is about to send it; nothing has left;
 * - `sent`: it may have left, and no answer of the registrar is known;
 * - `accepted`: the registrar has it;
 * - `settled`: it has an end, or its effect was found;
 * - `refused`: the registrar has refused it;
 * - `lapsed`: it never arrived, as far as can be told: whoever has the key may send it.
 */
export type OrderState = 'claimed' | 'sent' | 'accepted' | 'settled' | 'refused' | 'lapsed';

/** What the registrar had of the object before the order was sent. */
export interface Before {
  /** The ids of the rows in result-list. */
  readonly rows: readonly string[];
  /** How many rows could not be read: one more of them later could be ours. */
  readonly unreadable: number;
  /** When the domain expired, `YYYY-MM-DD`; null where the account did not have it. */
  readonly expiry: string | null;
}

/** A refusal of the registrar, as a problem document has it. */
export interface Refusal {
  readonly kind: 'not-permitted' | 'not-found' | 'conflict' | 'refused';
  readonly statusCode: number | null;
  readonly statusText: string | null;
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
  readonly trackingId: string | null;
}

/** One order, or another request with an Idempotency-Key, as it is remembered. No content of it is. */
export interface Order {
  readonly state: OrderState;
  /** The action. */
  readonly action: string;
  /** A digest of the validated input. */
  readonly fingerprint: string;
  /** Of whom sends it now: another claim is another sending. */
  readonly claim: string;
  /** Epoch milliseconds: until then whoever claimed it may be at work. */
  readonly claimedUntilMs: number;
  readonly requestObject: string | null;
  readonly clTrId: string | null;
  /** The slot that it holds while it is open. */
  readonly slot: string;
  /** Epoch milliseconds. */
  readonly sentAtMs: number | null;
  readonly before: Before | null;
  /**
   * Whether another of ours of the same type and object is, or may have been, open beside it: what
   * shows up without a clTrId could be the other's then, and proves nothing of this one.
   */
  readonly hasRival: boolean;
  /** When a look, later than ten minutes after the sending, first found nothing of it. */
  readonly missingSinceMs: number | null;
  readonly svTrId: string | null;
  readonly procId: string | null;
  readonly status: 'ack' | 'nack' | null;
  /** How an order of unknown outcome was found. */
  readonly matchedBy: 'clTrId' | 'object' | 'effect' | null;
  readonly refusal: Refusal | null;
}

/** Whether a caller may be at work on it, for all that is known. */
export function isUnderWay({ state, claimedUntilMs }: Order, nowMs: number): boolean {
  return (state === 'claimed' || state === 'sent') && nowMs < claimedUntilMs;
}

/** The order as the answer to it says. */
export function toQueued({ action, requestObject, svTrId, procId, clTrId }: Order): Queued {
  return { status: 'pending', requestType: action, requestObject, svTrId, procId, clTrId };
}
