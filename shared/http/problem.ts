import type { Action } from '../action.ts';
import { camelCase } from '../dmapi/camel-case.ts';
import { DmapiError, type DmapiErrorKind } from '../dmapi/error.ts';
import { header, headerValues, type Reply, trackingId } from '../dmapi/reply.ts';
import { AwsUnavailableError, CredentialsRejectedError, InvalidInputError } from '../failure.ts';
import {
  OrderError,
  type OrderProblem,
  type Price,
  RememberedRefusalError,
} from '../orders/order-error.ts';
import type { Diff } from '../zones/diff.ts';
import { ZoneError, type ZoneProblem } from '../zones/zone-error.ts';
import { REPLAYED } from './replayed.ts';

/** A failure as RFC 9457 wants it told. */
export interface Problem {
  readonly type: `urn:dmapi:problem:${ProblemType}`;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly requestId: string;
  /** The parameter at fault, for invalid-input, and for a refusal that blames one. */
  readonly field?: string;
  /** The registrar's verdict, where it answered. Its texts are left out of a 5xx. */
  readonly dmapi?: RegistrarAnswer;
  /** The order that is in the way of a duplicate; null while its outcome is unknown. */
  readonly svTrId?: string | null;
  /** What an order would have cost. */
  readonly price?: Price;
  /** How a zone differs from what was written: what is there all the same, and what is missing; null where that is too large. */
  readonly diff?: Diff | null;
}

export interface RegistrarAnswer {
  /** `null` where the registrar sent none that can be read. */
  readonly statusCode: number | null;
  readonly statusText: string | null;
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
  readonly trackingId: string | null;
}

export type ProblemType =
  | Exclude<DmapiErrorKind, 'session-refused'>
  | 'invalid-input'
  | 'credentials-rejected'
  | 'internal'
  | OrderProblem
  | ZoneProblem;

const PROBLEMS: Readonly<Record<ProblemType, readonly [status: number, title: string]>> = {
  'invalid-input': [400, 'The request is not valid'],
  'not-permitted': [403, "The key's access does not allow this"],
  'not-found': [404, 'The registrar does not know this object'],
  conflict: [409, 'The object exists already'],
  'order-in-progress': [409, 'The first request is under way'],
  'order-unknown': [409, 'The outcome of the order is not known yet'],
  'duplicate-order': [409, 'There is an open order of this type'],
  'expiry-differs': [409, 'The domain expires on another day'],
  'zone-guard': [409, 'This would remove a great deal of the zone'],
  'precondition-failed': [412, 'The zone is another by now'],
  refused: [422, 'The registrar refused the request'],
  'idempotency-key-reused': [422, 'The Idempotency-Key belongs to another request'],
  'price-exceeded': [422, 'The price is above the ceiling'],
  'price-unknown': [422, 'The price is not known'],
  'precondition-required': [428, 'The request must say which zone it replaces'],
  'credentials-rejected': [502, 'There is no login with the credentials in the secret'],
  'unreadable-reply': [502, "The registrar's reply cannot be read"],
  'zone-differs': [502, 'The zone has not become what was written'],
  unavailable: [503, 'A service that is needed cannot serve now'],
  timeout: [504, 'There was no answer in time'],
  internal: [500, 'Internal error'],
};

const INTERNAL_DETAIL =
  'Something is wrong with this service. The operator finds the reason in the log, under the requestId.';

/** What a caller is told to wait before another try, where the registrar does not say. */
const RETRY_AFTER_SECONDS = 5;

/**
 * Tells a failure of any kind as a problem document. What it is not made for becomes `internal`.
 *
 * @param fieldOf the caller's name of a parameter, by the one that it has on the wire
 */
export function toProblem(
  error: unknown,
  requestId: string,
  fieldOf: Action['fieldOf'] = camelCase,
): Problem {
  const type = problemType(error);
  const [status, title] = PROBLEMS[type];
  const reply = registrarReply(error);
  const field = status < 500 ? fieldAtFault(error, reply, fieldOf) : undefined;
  return {
    type: `urn:dmapi:problem:${type}`,
    title,
    status,
    detail: type === 'internal' ? INTERNAL_DETAIL : (error as Error).message,
    requestId,
    ...(field !== undefined && { field }),
    ...(reply && { dmapi: registrarAnswer(reply, status < 500) }),
    ...(error instanceof RememberedRefusalError && { dmapi: error.answer }),
    ...ownMembers(error),
  };
}

function ownMembers(error: unknown): Pick<Problem, 'svTrId' | 'price' | 'diff'> {
  if (error instanceof ZoneError)
    return error.particulars.diff ? { diff: error.particulars.diff } : {};
  if (!(error instanceof OrderError)) return {};
  const { svTrId, price } = error.particulars;
  return { ...(svTrId !== undefined && { svTrId }), ...(price && { price }) };
}

/** The headers that a failure brings with it. */
export function problemHeaders({ status }: Problem, error: unknown): Record<string, string> {
  const replayed = error instanceof RememberedRefusalError && REPLAYED;
  const isOurs = error instanceof OrderError || error instanceof ZoneError;
  const seconds = isOurs ? error.particulars.retryAfterSeconds : undefined;
  if (status !== 503 && seconds === undefined) return { ...replayed };
  return { 'retry-after': String(seconds ?? retryAfterSeconds(error)) };
}

function retryAfterSeconds(error: unknown): number {
  const asked = error instanceof DmapiError ? error.retryAfterSeconds : undefined;
  return asked ?? RETRY_AFTER_SECONDS;
}

function problemType(error: unknown): ProblemType {
  if (error instanceof InvalidInputError) return 'invalid-input';
  if (error instanceof OrderError || error instanceof ZoneError) return error.problem;
  if (error instanceof RememberedRefusalError) return error.refusal.kind;
  if (error instanceof CredentialsRejectedError) return 'credentials-rejected';
  if (error instanceof AwsUnavailableError) return 'unavailable';
  if (error instanceof DmapiError && error.kind !== 'session-refused') return error.kind;
  return 'internal';
}

function registrarReply(error: unknown): Reply | undefined {
  const source = error instanceof CredentialsRejectedError ? error.cause : error;
  return source instanceof DmapiError ? source.reply : undefined;
}

/** `Parameter <name>: expected: …` is how the registrar tells which one it does not like. */
const PARAMETER = /^parameter ([a-z0-9][a-z0-9_.-]{0,63}):/i;
/** What we add to every request: no parameter of the caller. */
const OURS: ReadonlySet<string> = new Set(['auth-sid']);

function fieldAtFault(
  error: unknown,
  reply: Reply | undefined,
  fieldOf: NonNullable<Action['fieldOf']>,
): string | undefined {
  if (error instanceof InvalidInputError) return error.field;
  if (error instanceof DmapiError && error.field !== undefined) return error.field ?? undefined;
  const texts = reply ? headerValues(reply, 'Error') : [];
  const names = texts.flatMap((text) => PARAMETER.exec(text)?.[1]?.toLowerCase() ?? []);
  const name = names.find((it) => !OURS.has(it));
  return name === undefined ? undefined : (fieldOf(name) ?? camelCase(name));
}

function registrarAnswer(reply: Reply, withTexts: boolean): RegistrarAnswer {
  return {
    statusCode: reply.statusCode,
    statusText: (withTexts && header(reply, 'Status-Text')) || null,
    errors: withTexts ? headerValues(reply, 'Error') : [],
    warnings: withTexts ? headerValues(reply, 'Warning') : [],
    trackingId: trackingId(reply),
  };
}
