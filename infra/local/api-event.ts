import type http from 'node:http';
import type { Route } from './deployed-api.ts';

export interface ApiRequest {
  readonly request: http.IncomingMessage;
  readonly url: URL;
  readonly body: Buffer;
  readonly route: Route;
  readonly stage: string;
  readonly requestId: string;
  /** Whom the route's authorizer has let in. */
  readonly principalId?: string;
}

/** The event that a REST API's Lambda proxy integration hands to a function. */
export function toApiEvent({ request, url, body, route, stage, ...more }: ApiRequest) {
  const { requestId, principalId } = more;
  const query = multiValues(url.searchParams);
  const headers = multiValues(headerPairs(request.rawHeaders));
  return {
    resource: route.path,
    path: route.path,
    httpMethod: route.method,
    headers: lastValues(headers),
    multiValueHeaders: headers,
    queryStringParameters: lastValues(query),
    multiValueQueryStringParameters: query,
    pathParameters: null,
    stageVariables: null,
    requestContext: {
      requestId,
      stage,
      apiId: 'local',
      httpMethod: route.method,
      resourcePath: route.path,
      path: url.pathname,
      protocol: `HTTP/${request.httpVersion}`,
      identity: { sourceIp: request.socket.remoteAddress ?? '' },
      ...(principalId !== undefined && { authorizer: { principalId } }),
    },
    body: body.length > 0 ? body.toString() : null,
    isBase64Encoded: false,
  };
}

function* headerPairs(raw: readonly string[]): Generator<[string, string]> {
  for (let i = 0; i + 1 < raw.length; i += 2) yield [String(raw[i]), String(raw[i + 1])];
}

function multiValues(pairs: Iterable<[string, string]>): Record<string, string[]> | null {
  const values = new Map<string, string[]>();
  for (const [name, value] of pairs) values.set(name, [...(values.get(name) ?? []), value]);
  return values.size > 0 ? Object.fromEntries(values) : null;
}

function lastValues(many: Record<string, string[]> | null): Record<string, string> | null {
  if (!many) return null;
  return Object.fromEntries(Object.entries(many).map(([name, all]) => [name, all.at(-1) ?? '']));
}
