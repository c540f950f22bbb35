import type { APIGatewayProxyResult, Context } from 'aws-lambda';
import type { Action } from '../action.ts';
import { type Deadline, deadlineIn, within } from '../dmapi/deadline.ts';
import { inRequest, log } from '../log.ts';
import { callerOf } from '../orders/idempotency-key.ts';
import type { Orders } from '../orders/orders.ts';
import type { Queued } from '../reply/queued.ts';
import { environmentSession } from '../session/environment-session.ts';
import type { Session } from '../session/session.ts';
import { type ApiEvent, readInput, toApiEvent } from './api-event.ts';
import { jsonReply, noContent, problemJson } from './json-reply.ts';
import { type Problem, problemHeaders, toProblem } from './problem.ts';
import { readQueuedRequest } from './queued.ts';

/** A Lambda handler behind an API Gateway proxy integration. */
export type Handler = (event: ApiEvent, context: Context) => Promise<APIGatewayProxyResult>;

export interface ServeOptions {
  /** @default the session of this execution environment */
  readonly session?: () => Session;
  /** @default the orders of this execution environment */
  readonly orders?: () => Promise<Orders>;
  /** Milliseconds for a whole call, login included. @default 25 s */
  readonly budgetMs?: number;
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
  const { orders = once(connectOrders) } = options;

  async function answer(event: ApiEvent, requestId: string): Promise<APIGatewayProxyResult> {
    const startedAtMs = performance.now();
    const about = () => ({
      action: action.name,
      durationMs: Math.round(performance.now() - startedAtMs),
    });
    try {
      const deadline = deadlineIn(budgetMs);
      const reply = await within(
        deadline,
        perform(action, toApiEvent(event), { session, orders }, deadline),
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
  { session, orders }: Required<Pick<ServeOptions, 'session' | 'orders'>>,
  deadline: Deadline,
): Promise<APIGatewayProxyResult> {
  const input = readInput(action, event);
  const call = { caller: callerOf(event.requestContext?.identity?.caller), orders };
  const run = (given: Input) => action.run(session(), given, deadline, call);
  if (action.isQueued) {
    const answerQueued = readQueuedRequest(action, Object(input), event);
    const send = async (given: object) => (await run(given as Input)) as Queued;
    return await answerQueued({ session: session(), orders: await orders(), deadline, send });
  }
  const output = await run(input);
  return output === undefined ? noContent() : jsonReply(200, output);
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** Most of what orders take is read when the first is placed, not at the start. */
async function connectOrders(): Promise<Orders> {
  const { environmentOrders } = await import('../orders/environment-orders.ts');
  return environmentOrders();
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
