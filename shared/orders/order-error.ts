import type { Refusal } from './order.ts';

export type OrderProblem =
  | 'order-in-progress'
  | 'order-unknown'
  | 'duplicate-order'
  | 'expiry-differs'
  | 'idempotency-key-reused'
  | 'price-exceeded'
  | 'price-unknown'
  | 'not-found';

/** An amount, for the whole period. */
export interface Price {
  readonly amount: string;
  readonly currency: string;
}

interface Particulars {
  /** What a caller is told to wait before another try. */
  readonly retryAfterSeconds?: number;
  /** The order that is in the way; null while its outcome is unknown. */
  readonly svTrId?: string | null;
  readonly price?: Price;
}

/** An order that is not sent, or of which nobody can tell yet what has become. */
export class OrderError extends Error {
  override readonly name = 'OrderError';
  readonly problem: OrderProblem;
  readonly particulars: Particulars;

  constructor(problem: OrderProblem, message: string, particulars: Particulars = {}) {
    super(message);
    this.problem = problem;
    this.particulars = particulars;
  }
}

/** The registrar has refused the order when it was first sent. */
export class RememberedRefusalError extends Error {
  override readonly name = 'RememberedRefusalError';
  readonly refusal: Refusal;

  constructor(refusal: Refusal, message: string) {
    super(message);
    this.refusal = refusal;
  }

  /** The registrar's verdict, without the kind that it was taken for. */
  get answer(): Omit<Refusal, 'kind'> {
    const { kind, ...answer } = this.refusal;
    return answer;
  }
}

export function inProgress(): OrderError {
  const message = 'The first request with this Idempotency-Key is under way: try again shortly.';
  return new OrderError('order-in-progress', message, { retryAfterSeconds: 2 });
}

export function unknownOutcome(): OrderError {
  const message =
    'Nobody can tell yet whether the registrar has the order. It is looked for: repeat the request with the same Idempotency-Key, and it is not sent twice.';
  return new OrderError('order-unknown', message, { retryAfterSeconds: 60 });
}

export function keyReused(): OrderError {
  const message =
    'This Idempotency-Key belongs to another request: use a new one for a new request.';
  return new OrderError('idempotency-key-reused', message);
}

export function duplicateOrder(svTrId: string | null): OrderError {
  const message =
    'There is an open order of this type for the domain. If a second one is meant, say "allowDuplicate": true.';
  return new OrderError('duplicate-order', message, { svTrId });
}
