import { randomUUID } from 'node:crypto';
import type http from 'node:http';
import { toApiEvent } from './api-event.ts';
import { askAuthorizer } from './authorizer.ts';
import type { DeployedApi, GatewayResponse } from './deployed-api.ts';

/** API Gateway's own limit of a request. */
const MAX_BODY_BYTES = 10 * 1024 * 1024;
/** How long a REST API waits for its integration. */
const INTEGRATION_TIMEOUT_MS = 29_000;

interface Reply {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The gateway responses that this gateway has occasion to send, with API Gateway's own status. */
const FAILURES = {
  UNAUTHORIZED: { status: 401, message: 'Unauthorized' },
  ACCESS_DENIED: { status: 403, message: 'User is not authorized to access this resource' },
  AUTHORIZER_FAILURE: { status: 500, message: 'Internal server error' },
  AUTHORIZER_CONFIGURATION_ERROR: { status: 500, message: 'Internal server error' },
  MISSING_AUTHENTICATION_TOKEN: { status: 403, message: 'Missing Authentication Token' },
  REQUEST_TOO_LARGE: { status: 413, message: 'Request Too Long' },
  INTEGRATION_TIMEOUT: { status: 504, message: 'Endpoint request timed out' },
  INTEGRATION_FAILURE: { status: 502, message: 'Internal server error' },
} as const;

/**
 * API Gateway, as the synthesised template describes it: finds the route, hands the event to the
 * function and sends what it returns, or the gateway response the template defines. Where a route has an
 * authorizer, it is asked first. Signatures, API keys and throttling are not checked.
 *
 * @param invoke calls the function of that ARN.
 */
export function createGateway(
  api: DeployedApi,
  invoke: (functionArn: string, event: unknown) => Promise<unknown>,
): http.RequestListener {
  const invokeInTime = (functionArn: string, event: unknown) => inTime(invoke(functionArn, event));
  return async (request, response) => {
    const requestId = randomUUID();
    // A caller who goes away before the request is complete needs no answer.
    const reply = await answer(request, requestId).catch(() => undefined);
    if (!reply) return void response.destroy();
    for (const [name, value] of Object.entries(reply.headers ?? {})) {
      response.setHeader(name, value);
    }
    response.setHeader('x-amzn-requestid', requestId);
    response.statusCode = reply.statusCode;
    response.end(reply.body);
  };

  async function answer(request: http.IncomingMessage, requestId: string): Promise<Reply> {
    const fail = (type: keyof typeof FAILURES) => failure(api, type, requestId);
    const url = readUrl(request);
    const route = api.routes.find(
      ({ method, path }) => method === request.method && url?.pathname === `/${api.stage}${path}`,
    );
    if (!route || !url) return fail('MISSING_AUTHENTICATION_TOKEN');
    const body = await readBody(request);
    if (!body) return fail('REQUEST_TOO_LARGE');
    const { stage } = api;
    const asked = { request, url, body, route, stage, requestId };
    const { authorizer } = route;
    const verdict = authorizer && (await askAuthorizer(asked, authorizer, invokeInTime));
    if (verdict && 'failure' in verdict) return fail(verdict.failure);
    const event = toApiEvent({ ...asked, ...verdict });
    const result = await invokeInTime(route.functionArn, event).catch(() => undefined);
    if (result === 'timeout') return fail('INTEGRATION_TIMEOUT');
    return isReply(result) ? result : fail('INTEGRATION_FAILURE');
  }
}

function readUrl({ url = '/' }: http.IncomingMessage): URL | undefined {
  const base = 'http://local';
  return URL.canParse(url, base) ? new URL(url, base) : undefined;
}

async function readBody(request: http.IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  return size > MAX_BODY_BYTES ? undefined : Buffer.concat(chunks);
}

async function inTime(invocation: Promise<unknown>): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise((resolve) => {
    timer = setTimeout(resolve, INTEGRATION_TIMEOUT_MS, 'timeout');
  });
  return await Promise.race([invocation, timeout]).finally(() => clearTimeout(timer));
}

function isReply(result: unknown): result is Reply {
  return typeof result === 'object' && result !== null && 'statusCode' in result;
}

function failure(api: DeployedApi, type: keyof typeof FAILURES, requestId: string): Reply {
  const { status, message } = FAILURES[type];
  const defined = api.gatewayResponses;
  const response = defined.get(type) ?? defined.get(status < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX');
  return {
    statusCode: response?.status ?? status,
    headers: response?.headers ?? { 'content-type': 'application/json' },
    body: fill(response, { requestId, message, type }),
  };
}

/** Fills a gateway response's template: simple variables only, as API Gateway allows there. */
function fill(
  response: GatewayResponse | undefined,
  { requestId, message, type }: { requestId: string; message: string; type: string },
): string {
  const template = response?.template ?? '{"message":$context.error.messageString}';
  return template
    .replaceAll('$context.error.messageString', JSON.stringify(message))
    .replaceAll('$context.error.message', message)
    .replaceAll('$context.error.responseType', type)
    .replaceAll('$context.requestId', requestId);
}
