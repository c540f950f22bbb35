import type { APIGatewayProxyResult } from 'aws-lambda';
import type { Deadline } from '../dmapi/deadline.ts';
import { DmapiError } from '../dmapi/error.ts';
import { InvalidInputError } from '../failure.ts';
import { callerOf, readIdempotencyKey } from '../orders/idempotency-key.ts';
import type { Orders } from '../orders/orders.ts';
import type { OrderedAction, OrderInput } from '../orders/terms.ts';
import { type Settled, waitForResult } from '../orders/wait.ts';
import type { Queued } from '../reply/queued.ts';
import type { Session } from '../session/session.ts';
import type { ApiEvent } from './api-event.ts';
import { jsonReply } from './json-reply.ts';
import { preferredWaitSeconds } from './prefer.ts';
import { REPLAYED } from './replayed.ts';
import { requestHeader } from './request-header.ts';

/** What it takes to answer a request that the registrar queues. */
export interface Services {
  readonly session: Session;
  readonly orders: Orders;
  readonly deadline: Deadline;
  /** Sends the request, with this input. */
  send(input: object): Promise<Queued>;
}

const IDEMPOTENCY_KEY = 'Idempotency-Key';

/**
 * How a request that is queued is answered: 202 with where to ask for its result, or with
 * `Prefer: wait=N` (RFC 7240), if it settles so soon, 200 with the result itself. With an
 * `Idempotency-Key`, which orders need, it is sent once however often it is asked for.
 *
 * @throws InvalidInputError for headers that are wrong or missing, before anything is sent
 */
export function readQueuedRequest(action: OrderedAction, input: object, event: ApiEvent) {
  const seconds = preferredWaitSeconds(requestHeader(event, 'Prefer'));
  const key = readKey(event);
  const { dryRun } = input as OrderInput;
  if (action.terms && key === undefined && !dryRun) throw keyMissing();
  const caller = callerOf(event.requestContext?.identity?.caller);

  return async ({ session, orders, deadline, send }: Services): Promise<APIGatewayProxyResult> => {
    const request = { action, input, caller, deadline, send };
    if (dryRun) return jsonReply(200, await orders.dryRun(request));
    const { order, isReplayed } =
      key === undefined
        ? { order: await orders.send(request), isReplayed: false }
        : await orders.place(request, key);
    const headers = isReplayed ? REPLAYED : {};
    if (order.status !== 'pending') return jsonReply(200, order, headers);
    const settled = seconds && (await waitForResult(session, order, { seconds, deadline }));
    const reply = settled && settledReply(settled, headers);
    if (reply) return reply;
    return jsonReply(202, order, { ...headers, ...locationOf(order, event.requestContext?.path) });
  };
}

/** `undefined` where the result is too large: the request has been accepted all the same. */
function settledReply(settled: Settled, headers: object): APIGatewayProxyResult | undefined {
  try {
    return jsonReply(200, settled, { ...headers, 'preference-applied': 'wait' });
  } catch (error) {
    if (error instanceof DmapiError) return undefined;
    throw error;
  }
}

function readKey(event: ApiEvent): string | undefined {
  const header = requestHeader(event, IDEMPOTENCY_KEY);
  if (header === undefined) return undefined;
  const key = readIdempotencyKey(header);
  if (key !== undefined) return key;
  throw new InvalidInputError(
    IDEMPOTENCY_KEY,
    'The header Idempotency-Key must be 1 to 255 visible ASCII characters, bare or as a quoted string.',
  );
}

function keyMissing(): InvalidInputError {
  return new InvalidInputError(
    IDEMPOTENCY_KEY,
    'An order needs the header Idempotency-Key, a text of your own such as a UUID: with the same one it is never sent twice.',
  );
}

interface Reference {
  readonly svTrId: string | null;
  readonly procId: string | null;
}

/** The path of the request with another last segment: a custom domain can have one of its own before. */
function locationOf({ svTrId, procId }: Reference, path: unknown): { location?: string } {
  const reference =
    svTrId === null ? procId && `procId=${encodeURIComponent(procId)}` : `svTrId=${svTrId}`;
  if (typeof path !== 'string' || !reference) return {};
  return { location: path.replace(/[^/]*\/?$/, `result-retrieve?${reference}`) };
}
