import type { APIGatewayProxyResult, Context } from 'aws-lambda';
import type { Action, Tagged } from '../action.ts';
import { type Deadline, deadlineIn, within } from '../dmapi/deadline.ts';
import { inRequest, log } from '../log.ts';
import { callerOf } from '../orders/idempotency-key.ts';
import type { Orders } from '../orders/orders.ts';
import type { Queued } from '../reply/queued.ts';
import { environmentSession } from '../session/environment-session.ts';
import type { Session } from '../session/session.ts';
import { preconditionRequired } from '../zones/precondition.ts';
import type { Zones } from '../zones/zones.ts';
import { type ApiEvent, readInput, toApiEvent } from './api-event.ts';
import { jsonReply, noContent, problemJson } from './json-reply.ts';
import { type Problem, problemHeaders, toProblem } from './problem.ts';
import { readQueuedRequest } from './queued.ts';
import { requestHeader } from './request-header.ts';
import { taggedReply } from './tagged-reply.ts';

/** A Lambda handler behind an API Gateway proxy integration. */
export type Handler = (event: ApiEvent, context: Context) => Promise<APIGatewayProxyResult>;

export interface ServeOptions {
  /** @default the session of this execution environment */
  readonly session?: () => Session;
  /** @default the orders of this execution environment */
  readonly orders?: () => Promise<Orders>;
  /** @default the zones of this execution environment */
  readonly zones?: () => Promise<Zones>;
  /** Milliseconds for a whole call, login included. @default 25 s */
  readonly budgetMs?: number;
  /** The deadline that this budget comes to. @default by the clock */
  readonly newDeadline?: (ms: number) => Deadline;
}

/** API Gateway gives up after 29 seconds: the caller shall get our answer, not the gateway's. */
export const CALL_BUDGET_MS = 25_000;

/**
 * The handler of an action: API event in, JSON or an RFC 9457 problem out. It never throws, and
 * nothing secret is in what it returns or logs.
 */
export function serve<Input, Output>(
  action: Action<Input, Output>,
  options: ServeOptions = {},
): Handler {
  const { session = environmentSession, budgetMs = CALL_BUDGET_MS } = options;
  const { newDeadline = deadlineIn } = options;
  const { orders = once(connectOrders), zones = once(connectZones) } = options;

  async function answer(event: ApiEvent, requestId: string): Promise<APIGatewayProxyResult> {
    const startedAtMs = performance.now();
    const about = () => ({
      action: action.name,
      durationMs: Math.round(performance.now() - startedAtMs),
    });
    try {
      const deadline = newDeadline(budgetMs);
      const reply = await within(
        deadline,
        perform(action, toApiEvent(event), { session, orders, zones }, deadline),
      );
      log().info('answered', { ...about(), status: reply.statusCode });
      return reply;
    } catch (error) {
      const problem = toProblem(error, requestId, action.fieldOf);
      logFailure(problem, error, about());
      return problemReply(problem, error);
    }
  }

  return (event, context) => {
    const requestId = readRequestId(event, context);
    return inRequest(requestId, () => answer(event, requestId));
  };
}

async function perform<Input, Output>(
  action: Action<Input, Output>,
  event: ApiEvent,
  { session, orders, zones }: Required<Omit<ServeOptions, 'budgetMs' | 'newDeadline'>>,
  deadline: Deadline,
): Promise<APIGatewayProxyResult> {
  const ifMatch = action.ifMatch && requestHeader(event, 'If-Match');
  if (action.ifMatch === 'needed' && ifMatch === undefined) throw preconditionRequired();
  const input = readInput(action, event);
  const caller = callerOf(event.requestContext?.identity?.caller);
  const call = { caller, ifMatch, orders, zones };
  const run = (given: Input) => action.run(session(), given, deadline, call);
  if (action.isQueued) {
    const answerQueued = readQueuedRequest(action, Object(input), event);
    const send = async (given: object) => (await run(given as Input)) as Queued;
    return await answerQueued({ session: session(), orders: await orders(), deadline, send });
  }
  const output = await run(input);
  if (output === undefined) return noContent();
  return action.isTagged ? taggedReply(output as Tagged<object>) : jsonReply(200, output);
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** Most of what these take is read when the first is placed, or the first zone written. */
async function connectOrders(): Promise<Orders> {
  const { environmentOrders } = await import('../orders/environment-orders.ts');
  return environmentOrders();
}

async function connectZones(): Promise<Zones> {
  const { environmentZones } = await import('../zones/environment-zones.ts');
  return environmentZones();
}

/** Neither is trusted to be there, or to be a text. */
function readRequestId(event: ApiEvent, context: Context): string {
  const ids: unknown[] = [event?.requestContext?.requestId, context?.awsRequestId];
  return ids.find((id): id is string => typeof id === 'string' && id !== '') ?? 'unknown';
}

function problemReply(problem: Problem, error: unknown): APIGatewayProxyResult {
  return problemJson(problem.status, problem, problemHeaders(problem, error));
}

function logFailure(problem: Problem, error: unknown, about: object): void {
  const { type, status, field, dmapi } = problem;
  const fields = {
    ...about,
    status,
    type,
    // The name that the registrar gives is text of the registrar.
    ...(dmapi === undefined && field !== undefined && { field }),
    ...(dmapi && { dmapi: { statusCode: dmapi.statusCode, trackingId: dmapi.trackingId } }),
  };
  if (status === 500) log().error('failed', { ...fields, reason: describe(error) });
  else if (status > 500) log().warn('failed', { ...fields, reason: problem.detail });
  else log().info('refused', fields);
}

/** What went wrong and where in the code. Not the cause: it can quote what others sent. */
function describe(error: unknown): object {
  if (!(error instanceof Error)) return { name: typeof error };
  return { name: error.name, message: error.message, stack: error.stack };
}
