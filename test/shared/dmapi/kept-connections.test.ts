import http from 'node:http';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type LoopbackServer, listenOnLoopback } from '../../../infra/local/loopback.ts';
import { keptConnections } from '../../../shared/dmapi/kept-connections.ts';

let server: LoopbackServer;
let connections: number;

beforeEach(async () => {
  connections = 0;
  const listening = http.createServer((_request, response) => response.end('hello'));
  listening.on('connection', () => connections++);
  server = await listenOnLoopback(listening);
});

afterEach(() => server.close());

/** One request at that time, to the end of its connection's use. */
async function request(nowMs: number): Promise<void> {
  const agent = keptConnections(false, nowMs);
  await new Promise((resolve) => {
    http.get(server.url, { agent }, (response) => response.resume().on('close', resolve));
  });
  await new Promise(setImmediate);
}

test('a connection used a moment ago is used again', async () => {
  await request(1_000_000);
  await request(1_004_000);
  await request(1_008_000);
  expect(connections).toBe(1);
});

test('one that was idle for longer, as in a frozen environment, is not', async () => {
  await request(2_000_000);
  await request(2_004_001);
  expect(connections).toBe(2);
});
