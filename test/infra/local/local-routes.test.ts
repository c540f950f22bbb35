import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type GatewayServer, openGatewayServer } from '../../../infra/local/gateway-server.ts';
import { createLocalRoutes } from '../../../infra/local/local-routes.ts';

const events: object[] = [];
let reconcile: () => Promise<unknown>;
let server: GatewayServer;

beforeEach(async () => {
  reconcile = async () => ({ published: 0 });
  server = await openGatewayServer(0);
  server.serve(
    createLocalRoutes({
      events,
      reconcile: () => reconcile(),
      otherwise: (_request, response) => void response.end('otherwise'),
    }),
  );
});

afterEach(async () => {
  events.length = 0;
  await server.close();
});

async function ask(method: string, path: string, headers: Record<string, string> = {}) {
  const response = await fetch(server.url + path, { method, headers });
  expect(response.headers.get('cache-control')).toBe('no-store');
  const { status } = response;
  return { status, headers: response.headers, json: (await response.json()) as unknown };
}

describe('GET /_local/events', () => {
  test('lists the events, oldest first', async () => {
    expect(await ask('GET', '/_local/events')).toMatchObject({ status: 200, json: [] });
    events.push({ id: '1' }, { id: '2' });
    const { headers, json } = await ask('GET', '/_local/events?now');
    expect(headers.get('content-type')).toBe('application/json');
    expect(json).toEqual([{ id: '1' }, { id: '2' }]);
  });
});

describe('POST /_local/reconcile', () => {
  test('runs the reconciler and returns its summary', async () => {
    const { status, headers, json } = await ask('POST', '/_local/reconcile');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/json');
    expect(json).toEqual({ published: 0 });
  });

  test('returns null where it returned nothing', async () => {
    reconcile = async () => undefined;
    expect(await ask('POST', '/_local/reconcile')).toMatchObject({ status: 200, json: null });
  });

  test('tells that it failed, and not with what words', async () => {
    reconcile = () => Promise.reject(new Error('canary'));
    const { status, headers, json } = await ask('POST', '/_local/reconcile');
    expect(status).toBe(502);
    expect(headers.get('content-type')).toBe('application/problem+json');
    expect(json).toEqual({
      type: 'about:blank',
      title: 'The reconciler failed',
      status: 502,
      detail: 'The log tells why.',
    });
  });

  test('is refused to web pages of elsewhere', async () => {
    let runs = 0;
    reconcile = async () => ++runs;
    const foreign = { origin: 'https://elsewhere.example' };
    expect((await ask('POST', '/_local/reconcile', foreign)).status).toBe(403);
    expect((await ask('GET', '/_local/events', foreign)).status).toBe(403);
    expect(runs).toBe(0);
  });
});

describe('other requests under /_local', () => {
  test.each([
    ['POST', '/_local/events', 'GET'],
    ['DELETE', '/_local/events', 'GET'],
    ['GET', '/_local/reconcile', 'POST'],
  ])('%s %s: 405, and what is allowed', async (method, path, allow) => {
    const { status, headers, json } = await ask(method, path);
    expect(status).toBe(405);
    expect(headers.get('allow')).toBe(allow);
    expect(headers.get('content-type')).toBe('application/problem+json');
    expect(json).toMatchObject({ type: 'about:blank', status: 405 });
  });

  test.each(['/_local', '/_local/', '/_local/other', '/_local/events/1'])(
    'GET %s: 404',
    async (path) => {
      const { status, headers, json } = await ask('GET', path);
      expect(status).toBe(404);
      expect(headers.get('content-type')).toBe('application/problem+json');
      expect(json).toMatchObject({ type: 'about:blank', status: 404 });
    },
  );
});

test.each(['/', '/v1/_local/events', '/_localhost'])('%s is for the API', async (path) => {
  expect(await (await fetch(server.url + path)).text()).toBe('otherwise');
});
