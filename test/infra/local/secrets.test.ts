import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Answer, type RunningBundle, startBundle } from './running-bundle.ts';

const API_KEY = 'canary-api-key-5f1e0c9b7a';
const AUTH_SID = 'canary0auth0sid0d41d8cd98f00b204e9800998e';
const CANARY = /canary/i;

/** How the registrar answers what follows a login. `%` stands for everything it was sent. */
let script: { readonly httpStatus: number; readonly reply: string };
let registrar: http.Server;
let bundle: RunningBundle;

/** A registrar that repeats, wherever it can, the secrets that it has heard. */
function startGossip(): Promise<http.Server> {
  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const gossip = decodeURIComponent(Buffer.concat(chunks).toString()).replaceAll('&', ' ');
    const isLogin = request.url?.endsWith('/login') && script.httpStatus !== 418;
    const { httpStatus, reply } = isLogin ? { httpStatus: 200, reply: LOGIN } : script;
    response.writeHead(httpStatus, { 'set-cookie': `dmapi-auth=${AUTH_SID}; path=/` });
    response.end(reply.replaceAll('%', `${gossip} ${AUTH_SID} ${API_KEY}`));
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

const LOGIN = `Status-Code: 0
Status-Text: OK %
UID: 1000001
User-Login: %
Auth-Sid: ${AUTH_SID}
Account-balance: %
Stats-last-error: %

com
%
`;

const REPLIES = {
  'a success': { httpStatus: 200, reply: 'Status-Code: 0\nStatus-Text: %\n\nKey: %\n\n%' },
  'a refusal': {
    httpStatus: 200,
    reply: 'Status-Code: 2400\nStatus-Text: %\nError: %\nWarning: %\nTracking-Id: %\n\n%',
  },
  'a refused session': {
    httpStatus: 401,
    reply: 'Status-Code: 2200\nStatus-Text: %\nError: %\n\n',
  },
  'an outage': { httpStatus: 503, reply: 'Status-Code: 2400\nError: %\n\n%' },
  'no DMAPI': { httpStatus: 200, reply: '<html>%</html>' },
  'a refused login': { httpStatus: 418, reply: 'Status-Code: 2200\nStatus-Text: %\nError: %\n\n%' },
};

beforeAll(async () => {
  registrar = await startGossip();
  const { port } = registrar.address() as AddressInfo;
  const dmapi = { url: `http://127.0.0.1:${port}`, secret: { apiKey: API_KEY } };
  bundle = await startBundle({ dmapi });
});

afterAll(async () => {
  await bundle.close();
  registrar.closeAllConnections();
  registrar.close();
});

async function everyRoute(): Promise<Answer[]> {
  return [
    await bundle.post('/v1/login'),
    await bundle.get('/v1/result-list'),
    await bundle.get('/v1/result-list?countOnly=true'),
    await bundle.get('/v1/result-retrieve?procId=1'),
    await bundle.post('/v1/result-delete', { procId: '1' }),
    await bundle.get('/v1/query-profile'),
    await bundle.post('/v1/logout'),
    await bundle.post('/_local/reconcile'),
    await bundle.get('/_local/events'),
  ];
}

describe('the session and the credentials never leave the bundle', () => {
  test('although the registrar repeats them', async () => {
    script = REPLIES['a success'];
    const { json } = await bundle.get('/v1/result-retrieve?procId=1');
    expect(json.content).toContain('[redacted]');
  });

  // The refused login is the last: it is remembered.
  test.each(Object.keys(REPLIES) as (keyof typeof REPLIES)[])(
    'not when the registrar repeats them in %s',
    async (name) => {
      script = REPLIES[name];
      const answers = await everyRoute();
      for (const { text, headers } of answers) {
        expect(`${text}${JSON.stringify([...headers])}`).not.toMatch(CANARY);
        expect(headers.has('set-cookie')).toBe(false);
      }
      expect(bundle.logged()).not.toMatch(CANARY);
    },
  );

  test('not in the words of an unusable secret either', async () => {
    const unusable = await startBundle({
      dmapi: { url: 'http://127.0.0.1:9', secret: { apikey: API_KEY } },
    });
    const { status, json, text } = await unusable.get('/v1/query-profile');
    const logged = unusable.logged();
    await unusable.close();
    expect(status).toBe(502);
    expect(json.type).toBe('urn:dmapi:problem:credentials-rejected');
    expect(json.detail).toContain('{"apiKey": "…"}');
    expect(text + logged).not.toMatch(CANARY);
  });
});
