import http from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Context } from 'aws-lambda';
import { createGateway } from '../../infra/local/gateway.ts';
import { type GatewayServer, openGatewayServer } from '../../infra/local/gateway-server.ts';
import type { ApiEvent } from '../../shared/http/api-event.ts';
import { serve } from '../../shared/http/serve.ts';
import { captureLog } from '../captured-log.ts';
import { plainOrders } from '../plain-orders.ts';
import { plainZones } from '../plain-zones.ts';
import { loginAnswer, openSession } from '../shared/http/serving.ts';
import { type StubRegistrar, stubRegistrar } from '../stub-registrar.ts';
import { ACTION_NAMES, actionOf } from './every-action.ts';

captureLog();

let registrar: StubRegistrar;
let server: GatewayServer;

beforeEach(async () => {
  registrar = await stubRegistrar(loginAnswer(), {});
  server = await openGatewayServer(0);
  const session = openSession(registrar.endpoint);
  const actions = await Promise.all(ACTION_NAMES.map(actionOf));
  const handlers = new Map(
    actions.map((action) => [
      action.name,
      serve(action, { session: () => session, orders: plainOrders(), zones: plainZones(session) }),
    ]),
  );
  const routes = actions.map(({ name, method }) => ({
    method,
    path: `/${name}`,
    functionArn: name,
  }));
  server.serve(
    createGateway({ stage: 'v1', routes, gatewayResponses: new Map() }, async (name, event) =>
      handlers.get(name)?.(event as ApiEvent, {} as Context),
    ),
  );
});

afterEach(() => server.close());

/** Sends what `fetch` would put right first. */
async function send(method: string, path: string, body: string | Uint8Array) {
  const { port } = new URL(server.url);
  const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
    const headers = { 'content-length': Buffer.byteLength(body) };
    const to = { host: '127.0.0.1', port, method, path: `/v1/${path}`, headers };
    http.request(to, resolve).on('error', reject).end(body);
  });
  const { statusCode, headers } = response;
  return { status: statusCode, headers, problem: JSON.parse(await text(response)) };
}

test.each<[method: string, path: string, field: string, body: string | Uint8Array]>([
  ['GET', 'result-list?limit=1&limit=2', 'limit', ''],
  ['GET', 'result-list?limit=1&li%6dit=1', 'limit', ''],
  ['GET', 'result-list?limit', 'limit', ''],
  ['GET', 'result-list?limit=1;offset=2', 'limit', ''],
  ['GET', 'result-list?clTrId=%00', 'clTrId', ''],
  ['GET', 'result-list?clTrId=a%0d%0aauth-sid:%20b', 'clTrId', ''],
  ['GET', 'result-list?clTrId=%c0%af', 'clTrId', ''],
  ['GET', 'result-list?clTrId=%ed%a0%80', 'clTrId', ''],
  ['GET', 'result-list?clTrId=%ff', 'clTrId', ''],
  ['GET', 'result-list?limit[]=1', 'limit[]', ''],
  ['GET', 'result-list?__proto__=1', '__proto__', ''],
  ['GET', 'result-retrieve?svTrId=a%26auth-sid%3db', 'svTrId', ''],
  ['GET', 'result-retrieve?svTrId=a&auth-sid=b', 'auth-sid', ''],
  ['GET', 'query-profile', 'body', '{}'],
  ['POST', 'result-delete', 'svTrId', '{"svTrId":"a","svTrId":"b"}'],
  ['POST', 'result-delete', 'svTrId', Buffer.from('{"svTrId":"\xff"}', 'latin1')],
  ['POST', 'result-delete', 'body', '\ufeff{"svTrId":"a"}'],
  ['POST', 'result-delete', 'body', 'svTrId=a'],
  ['POST', 'result-delete?svTrId=a', 'svTrId', '{}'],
  ['POST', 'login', 'body', '[]'],
  ['POST', 'logout', 'body', Buffer.alloc(1000)],
])('%s %s is refused over HTTP for its %s', async (method, path, field, body) => {
  expect(await send(method, path, body)).toMatchObject({
    status: 400,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
    problem: { type: 'urn:dmapi:problem:invalid-input', field },
  });
  expect(registrar.requests).toHaveLength(0);
});
