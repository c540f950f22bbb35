import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readDeployment } from '../../../infra/local/deployment.ts';
import { createGateway } from '../../../infra/local/gateway.ts';
import { type GatewayServer, openGatewayServer } from '../../../infra/local/gateway-server.ts';
import { addAll } from '../synthesised.ts';

let server: GatewayServer;
let invoke: () => Promise<unknown>;

beforeAll(async () => {
  const { app } = await addAll();
  const { api } = readDeployment(app.synth());
  server = await openGatewayServer(0);
  server.serve(createGateway(api, () => invoke()));
});
afterAll(() => server.close());

test.each<[string, () => Promise<unknown>]>([
  ['is throttled, crashes or runs out of time', () => Promise.reject(new Error('canary'))],
  ['returns no reply', async () => ({ hello: 'canary' })],
])('a function that %s is unavailable, as the stacks tell API Gateway', async (_what, outcome) => {
  invoke = outcome;
  const response = await fetch(`${server.url}/v1/query-profile`);
  expect(response.status).toBe(503);
  expect(response.headers.get('retry-after')).toBe('5');
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(await response.json()).toEqual({
    type: 'urn:dmapi:problem:unavailable',
    title: 'A service that is needed cannot serve now',
    status: 503,
    detail: expect.stringMatching(/too busy to answer, or it broke off\..* may have been made/),
    requestId: response.headers.get('x-amzn-requestid'),
  });
});
