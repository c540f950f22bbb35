import type { APIGatewayProxyResult, Context } from 'aws-lambda';
import type { Action } from '../action.ts';
import { deadlineIn, within } from '../dmapi/deadline.ts';
import { tooLarge } from '../dmapi/error.ts';
import { inRequest, log } from '../log.ts';
import { environmentSession } from '../session/environment-session.ts';
import type { Session } from '../session/session.ts';
import { type ApiEvent, readInput, toApiEvent } from './api-event.ts';
import { type Problem, retryAfterSeconds, toProblem } from './problem.ts';

/** A Lambda handler behind an API Gateway proxy integration. */
export type Handler = (event: ApiEvent, context: Context) => Promise<APIGatewayProxyResult>;

export interface ServeOptions {
  /** @default the session of this execution environment */
  readonly session?: () => Session;
  /** Milliseconds for a whole call, login included. @default 25 s */
  readonly budgetMs?: number;
}

/** API Gateway gives up after 29 seconds: the caller shall get our answer, not the gateway's. */
export const CALL_BUDGET_MS = 25_000;

/** Lambda refuses a reply over 6 MB, and the caller would learn nothing but that it failed. */
const MAX_REPLY_BYTES = 6_000_000;

/**
 * The handler of an action: API event in, JSON or an RFC 9457 problem out. It never throws, and
 * nothing secret is in what it returns or logs.
 */
export function serve<Input, Output>(
  action: Action<Input, Output>,
  { session = environmentSession, budgetMs = CALL_BUDGET_MS }: ServeOptions = {},
): Handler {
  async function answer(event: ApiEvent, requestId: string): Promise<APIGatewayProxyResult> {
    const startedAtMs = performance.now();
    const about = () => ({
      action: action.name,
      durationMs: Math.round(performance.now() - startedAtMs),
    });
    try {
      const input = readInput(action, toApiEvent(event));
      const deadline = deadlineIn(budgetMs);
      const output = await within(deadline, action.run(session(), input, deadline));
      const reply = output === undefined ? noContent() : ok(output);
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

/** Neither is trusted to be there, or to be a text. */
function readRequestId(event: ApiEvent, context: Context): string {
  const ids: unknown[] = [event?.requestContext?.requestId, context?.awsRequestId];
  return ids.find((id): id is string => typeof id === 'string' && id !== '') ?? 'unknown';
}

function ok(output: unknown): APIGatewayProxyResult {
  const body = JSON.stringify(output);
  if (sizeInLambda(body) > MAX_REPLY_BYTES) throw tooLarge();
  return reply(200, 'application/json', body);
}

/** Lambda encodes the body, JSON already, as JSON once more, which doubles it at the most. */
function sizeInLambda(body: string): number {
  const bytes = Buffer.byteLength(body);
  return 2 * bytes <= MAX_REPLY_BYTES ? bytes : Buffer.byteLength(JSON.stringify(body));
}

function noContent(): APIGatewayProxyResult {
  return { statusCode: 204, headers: { 'cache-control': 'no-store' }, body: '' };
}

function problemReply(problem: Problem, error: unknown): APIGatewayProxyResult {
  const result = reply(problem.status, 'application/problem+json', JSON.stringify(problem));
  if (problem.status !== 503) return result;
  return {
    ...result,
    headers: { ...result.headers, 'retry-after': String(retryAfterSeconds(error)) },
  };
}

function reply(statusCode: number, contentType: string, body: string) {
  return {
    statusCode,
    headers: { 'content-type': contentType, 'cache-control': 'no-store' },
    body,
  };
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
