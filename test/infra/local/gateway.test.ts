import http from 'node:http';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { DeployedApi } from '../../../infra/local/deployed-api.ts';
import { createGateway } from '../../../infra/local/gateway.ts';
import { type GatewayServer, openGatewayServer } from '../../../infra/local/gateway-server.ts';

const FUNCTION = 'arn:aws:lambda:eu-central-1:000000000000:function:echo';

const api: DeployedApi = {
  stage: 'v1',
  routes: [
    { method: 'GET', path: '/echo', functionArn: FUNCTION },
    { method: 'POST', path: '/echo', functionArn: FUNCTION },
  ],
  gatewayResponses: new Map([
    [
      'MISSING_AUTHENTICATION_TOKEN',
      {
        status: 403,
        headers: { 'content-type': 'application/problem+json' },
        template: '{"id":"$context.requestId"}',
      },
    ],
    [
      'DEFAULT_5XX',
      { status: 500, headers: {}, template: '{"type":"$context.error.responseType"}' },
    ],
  ]),
};

let server: GatewayServer | undefined;

afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function open(invoke: (arn: string, event: unknown) => Promise<unknown>): Promise<string> {
  server = await openGatewayServer(0);
  server.serve(createGateway(api, invoke));
  return server.url;
}

const echo = async (_arn: string, event: unknown) => ({
  statusCode: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(event),
});

describe('the event of a request', () => {
  test('has the query decoded, single and multiple', async () => {
    const url = await open(echo);
    const event = await (await fetch(`${url}/v1/echo?a=1&b=x%26y+z&a=2`)).json();
    expect(event).toMatchObject({
      resource: '/echo',
      path: '/echo',
      httpMethod: 'GET',
      queryStringParameters: { a: '2', b: 'x&y z' },
      multiValueQueryStringParameters: { a: ['1', '2'], b: ['x&y z'] },
      body: null,
      isBase64Encoded: false,
      requestContext: { stage: 'v1', path: '/v1/echo', resourcePath: '/echo' },
    });
  });

  test('has null where there is no query, and the body as text', async () => {
    const url = await open(echo);
    const response = await fetch(`${url}/v1/echo`, { method: 'POST', body: '{"ü":1}' });
    const event = (await response.json()) as { requestContext: { requestId: string } };
    expect(event).toMatchObject({
      queryStringParameters: null,
      multiValueQueryStringParameters: null,
      body: '{"ü":1}',
    });
    expect(event.requestContext.requestId).toBe(response.headers.get('x-amzn-requestid'));
  });
});

describe('what the gateway answers itself', () => {
  test('no route: the response that the template defines, with the request id', async () => {
    const url = await open(echo);
    const response = await fetch(`${url}/v1/other`);
    expect(response.status).toBe(403);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toEqual({ id: response.headers.get('x-amzn-requestid') });
  });

  test.each([
    ['throws', () => Promise.reject(new Error('broken'))],
    ['returns no reply', () => Promise.resolve({ hello: 'world' })],
    ['returns nothing', () => Promise.resolve(undefined)],
  ])('a function that %s: the default for 5xx', async (_name, invoke) => {
    const url = await open(invoke);
    const response = await fetch(`${url}/v1/echo`);
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({ type: 'INTEGRATION_FAILURE' });
  });

  test('more than 10 MB: 413, and the function is not called', async () => {
    let called = false;
    const url = await open(async (arn, event) => {
      called = true;
      return echo(arn, event);
    });
    const body = Buffer.alloc(10 * 1024 * 1024 + 1, 'x');
    const response = await fetch(`${url}/v1/echo`, { method: 'POST', body });
    expect(response.status).toBe(413);
    expect(called).toBe(false);
  });
});

test.each<Record<string, string>>([
  { origin: 'https://elsewhere.example' },
  { origin: 'null' },
  { 'sec-fetch-site': 'cross-site' },
  { host: 'rebound.example:3000' },
])('a web page of elsewhere, told by %j, gets nothing', async (headers) => {
  const url = await open(echo);
  const status = await new Promise((resolve) => {
    const request = http.request(`${url}/v1/echo`, { method: 'POST', headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.end('{}');
  });
  expect(status).toBe(403);
});

test('a page of this machine is served', async () => {
  const url = await open(echo);
  const headers = { origin: 'http://localhost:5173' };
  expect((await fetch(`${url}/v1/echo`, { headers })).status).toBe(200);
});

test('before it is ready it says so', async () => {
  server = await openGatewayServer(0);
  const response = await fetch(`${server.url}/v1/echo`);
  expect(response.status).toBe(503);
  expect(response.headers.get('retry-after')).toBe('1');
});
