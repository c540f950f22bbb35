import type { APIGatewayProxyResult, Context } from 'aws-lambda';
import type { Action } from '../../../shared/action.ts';
import type { DmapiClient, DmapiRequest } from '../../../shared/dmapi/client.ts';
import { deadlineIn } from '../../../shared/dmapi/deadline.ts';
import { parseReply } from '../../../shared/dmapi/parse-reply.ts';
import { redact } from '../../../shared/dmapi/redact.ts';
import { judge } from '../../../shared/dmapi/verdict.ts';
import { serve } from '../../../shared/http/serve.ts';
import { createLogin } from '../../../shared/session/login.ts';
import { createSession, type Session } from '../../../shared/session/session.ts';
import { asking, type Loose, toEvent } from '../../functions/bad-request.ts';
import { actionOf, ONE_REQUEST_NAMES } from '../../functions/every-action.ts';
import { ownSessions } from '../../own-sessions.ts';
import { plainOrders } from '../../plain-orders.ts';
import { plainZones } from '../../plain-zones.ts';
import { API_KEY, AUTH_SID } from '../../shared/http/serving.ts';
import { breach, mayRefuseSession, maySucceed, saysNotFound } from './contract.ts';
import type { EventCase } from './events.ts';
import type { ReplyCase } from './replies.ts';

/** A request as it came to the registrar. */
export type Sent = Pick<DmapiRequest, 'name' | 'params'>;

const LAMBDA_ID = 'lambda-1';
const BUDGET_MS = 5000;
/** Far more than any takes: what does not grow with its input alone would take minutes. */
const MAX_MS = 10_000;

const ACTIONS: ReadonlyMap<string, Action> = new Map(
  await Promise.all(ONE_REQUEST_NAMES.map(async (name) => [name, await actionOf(name)] as const)),
);

/** What an action sends that is no parameter of its own. */
const BESIDE: Readonly<Record<string, readonly string[]>> = {
  login: ['api-key'],
  'domain-register': ['status'],
  'domain-transfer-list': ['action'],
  'query-domain-list': ['showstatus'],
};

/** The name of an action's request. */
export function requestOf(action: string): string {
  return action === 'domain-transfer-list' ? 'domain-transfer-control' : action;
}

/** Lists of which the registrar tells by 2303 that they are empty. */
const EMPTY_IF_NOT_FOUND: readonly string[] = [
  ...['query-contact-list', 'query-ns-list', 'dns-zone-list', 'wa-email-list'],
];

const LOGIN = `Status-Code: 0\nUID: 1000001\nAuth-Sid: ${AUTH_SID}\nSession-Timeout: 3600\nUser-Access: @full\n\ncom\n`;
/** Good for every action but some. */
export const GOOD_REPLIES: Readonly<Record<string, string>> = {
  login: LOGIN,
  'domain-get-property': 'Status-Code: 0\n\nautorenew: 1\n',
  'wa-email-query-status': 'Status-Code: 0\n\nverified\n',
};
export const GOOD_REPLY = 'Status-Code: 0\nRow-Count: 0\n\n';

function definition(name: string): Action {
  const action = ACTIONS.get(name);
  if (!action) throw new Error(`There is no action ${name}.`);
  return action;
}

/** The status that a case came to. @throws Error with what is wrong */
export async function tryEvent(
  { action, event }: EventCase,
  connect: (sent: Sent[]) => DmapiClient = (sent) => inProcess(sent, goodReply),
): Promise<number> {
  const sent: Sent[] = [];
  const result = await call(action, event, sessionBy(connect(sent)));
  const given = Object(Object(toEvent(event)).requestContext).requestId;
  const requestId = typeof given === 'string' && given !== '' ? given : LAMBDA_ID;
  const broken = breach(definition(action), result, requestId);
  must(broken === undefined, broken);
  const { statusCode } = result;
  must([200, 202, 204, 400].includes(statusCode), `it came to ${statusCode}`);
  must(statusCode !== 400 || sent.length === 0, 'what was refused reached the registrar');
  must(!leaks(result), 'a secret is in the answer');
  for (const request of sent) mustBeOwn(action, request);
  must(sent.filter(({ name }) => name === requestOf(action)).length <= 1, 'it was sent twice');
  return statusCode;
}

function mustBeOwn(action: string, { name, params }: Sent): void {
  must(name === 'login' || name === requestOf(action), `it asked the registrar for ${name}`);
  const asked = name === 'login' ? 'login' : action;
  const mayBe = ['auth-sid', ...(BESIDE[asked] ?? [])];
  for (const [key, value] of Object.entries(params)) {
    const isOwn = mayBe.includes(key) || definition(asked).fieldOf?.(key) !== undefined;
    must(isOwn, `it sent the parameter ${JSON.stringify(key)}`);
    must(!/\p{Cc}|\u2028|\u2029/u.test(value), `it sent control characters in ${key}`);
    must(!/\p{Surrogate}/u.test(value), `it sent broken Unicode in ${key}`);
  }
  must((params['auth-sid'] ?? AUTH_SID) === AUTH_SID, 'it sent another session');
}

/** The status that a case came to. @throws Error with what is wrong */
export async function tryReply(
  one: ReplyCase,
  connect: (sent: Sent[]) => DmapiClient = (sent) => inProcess(sent, replyOf(one)),
): Promise<number> {
  const { action, input } = one;
  const sent: Sent[] = [];
  const session = sessionBy(connect(sent));
  if (action === 'logout') await session.login(deadlineIn(BUDGET_MS));
  const { method, access } = definition(action);
  const result = await call(action, asking({ method }, input), session);
  const { statusCode } = result;
  const broken = breach(definition(action), result, LAMBDA_ID);
  must(broken === undefined, `${broken}: ${statusCode} ${result.body.slice(0, 500)}`);
  must(statusCode !== 400, 'a good request was refused');
  must(statusCode >= 300 || mayServe(one), 'what is no success was taken for one');
  must(!leaks(result, secretsIn(one)), 'a secret is in the answer');
  must(sent.length <= 8, `it asked the registrar ${sent.length} times`);
  if (access !== 'read') mustBeSentOnce(one, sent);
  return statusCode;
}

/** Logging out of a session that the registrar refuses is a success as well. */
function mayServe({ action, httpStatus, bytes }: ReplyCase): boolean {
  if (action === 'logout' && mayRefuseSession(httpStatus, bytes)) return true;
  if (EMPTY_IF_NOT_FOUND.includes(action) && saysNotFound(bytes)) return true;
  return maySucceed(httpStatus, bytes);
}

/** A login that names another session makes that one the secret. */
function secretsIn({ action, bytes }: ReplyCase): readonly string[] {
  const [, sid] = /^auth-sid: *(.*?) *\r?$/im.exec(Buffer.from(bytes).toString()) ?? [];
  return action === 'login' && sid !== AUTH_SID ? [API_KEY] : [API_KEY, AUTH_SID];
}

function mustBeSentOnce({ action, httpStatus, bytes }: ReplyCase, sent: readonly Sent[]): void {
  const times = sent.filter(({ name }) => name === requestOf(action)).length;
  must(times <= (mayRefuseSession(httpStatus, bytes) ? 2 : 1), `a change was sent ${times} times`);
}

async function call(name: string, event: Loose, session: Session): Promise<APIGatewayProxyResult> {
  const startedAtMs = performance.now();
  const handler = serve(definition(name), {
    session: () => session,
    orders: plainOrders(),
    zones: plainZones(session),
    budgetMs: BUDGET_MS,
  });
  const result = await handler(toEvent(event), { awsRequestId: LAMBDA_ID } as Context);
  const durationMs = performance.now() - startedAtMs;
  must(durationMs < MAX_MS, `it took ${Math.round(durationMs)} ms`);
  return result;
}

function sessionBy(client: DmapiClient): Session {
  const stored = async () => ({ credentials: { apiKey: API_KEY }, version: '1' });
  const credentials = { read: stored, readAgain: stored };
  const logIn = createLogin({ client, credentials, now: Date.now });
  return createSession({ client, source: ownSessions(logIn), now: Date.now });
}

interface Answered {
  readonly httpStatus: number;
  readonly bytes: Uint8Array;
}

/** The client without the network: what comes back is read and judged as it would be. */
function inProcess(sent: Sent[], answer: (name: string) => Answered): DmapiClient {
  return async ({ name, params, secrets }) => {
    sent.push({ name, params });
    const { httpStatus, bytes } = answer(name);
    const http = { httpStatus, bytes, retryAfterSeconds: undefined };
    return judge(http, () => redact(parseReply(bytes), secrets));
  };
}

function goodReply(name: string): Answered {
  return { httpStatus: 200, bytes: Buffer.from(GOOD_REPLIES[name] ?? GOOD_REPLY) };
}

function replyOf({ action, httpStatus, bytes }: ReplyCase) {
  return (name: string) => (name === requestOf(action) ? { httpStatus, bytes } : goodReply(name));
}

function leaks(result: APIGatewayProxyResult, secrets: readonly string[] = [API_KEY, AUTH_SID]) {
  const text = JSON.stringify(result);
  return secrets.some((secret) => text.includes(secret));
}

function must(holds: unknown, otherwise: string | undefined): asserts holds {
  if (!holds) throw new Error(otherwise);
}
