import type { RequestAccess } from '../account/access.ts';
import type { Account } from '../account/account.ts';
import type { Outcome } from './outcome.ts';
import type { ParameterRules, Params } from './parameters.ts';

/** One line of the registrar's table: a request that is answered at once. */
export interface ImmediateRequest extends ParameterRules {
  readonly name: string;
  /** Older names that still work. */
  readonly aliases?: readonly string[];
  /** What it does to the account; where that depends on the parameters, by those. */
  readonly access: RequestAccess | ((params: Params) => RequestAccess);
  /** Whether its replies carry a Tracking-Id: of the recorded requests only lists do not. @default true */
  readonly tracked?: boolean;
  /** Whether it needs no session. @default false */
  readonly isOpen?: boolean;
  readonly answer: (request: Asked) => Outcome;
}

/** A request that was admitted and whose parameters are in order, and the account it is about. */
export interface Asked extends Heard {
  readonly sid: string;
  /** The User-Access of its session. */
  readonly userAccess: string;
  /** The Tracking-Id of this very request. */
  readonly trackingId: string;
  /** How far a read of a zone lags behind. @default not at all */
  readonly lag?: Lag | undefined;
}

/** A read that does not show what came within the last `forMs`; without it, the last change. */
export interface Lag {
  readonly forMs?: number | undefined;
}

/** What every answer is made of. */
interface Heard {
  readonly params: Params;
  readonly account: Account;
  readonly atMs: number;
}

/** One line of the table: a request that is queued, and its answer becomes a result. */
export interface QueuedRequest extends ParameterRules {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly access: Exclude<RequestAccess, 'read'>;
  /** The parameter that names the object; null where the request makes a new contact handle. */
  readonly object: 'domain' | 'handle' | 'host' | null;
  /** Judges the request when it comes, and once more when it is carried out. */
  readonly plan: (order: Order) => Outcome | Plan;
}

/** A queued request at one of the two moments at which it is judged. */
export interface Order extends Heard {
  /** What the result is about; a new contact's handle. */
  readonly object: string;
  /** The Tracking-Id of the request. */
  readonly svTrId: string;
  /** Whether it is due now: it was in order when it came, and is about to be carried out. */
  readonly due: boolean;
  /** When it came, and when it will be due, epoch milliseconds. */
  readonly queuedAtMs: number;
  readonly dueAtMs: number;
}

/** What will come of a request that is in order. */
export interface Plan {
  /** What it costs, in cents: set aside when it comes, taken when it is carried out. @default 0 */
  readonly priceCents?: number;
  /** Why the registry will refuse it, which the registrar learns only by asking. */
  readonly nack?: string;
  /** Notes that it has come. */
  readonly accept?: () => void;
  /** Notes that nothing came of it. */
  readonly giveUp?: () => void;
  /** Changes the account. */
  readonly carryOut?: () => void;
  /** The text of the answer where it is not the usual one; asked for after `carryOut`. */
  readonly text?: () => string;
}

/** Whether a request was refused rather than planned. */
export function isRefusal(planned: Outcome | Plan): planned is Outcome {
  return 'statusCode' in planned;
}

/** What a request does with these parameters. */
export function accessOf({ access }: ImmediateRequest, params: Params): RequestAccess {
  return typeof access === 'function' ? access(params) : access;
}
