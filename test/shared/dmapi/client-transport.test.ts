import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { MAX_REPLY_BYTES } from '../../../shared/dmapi/post.ts';
import { rawRegistrar, stubRegistrar } from '../../stub-registrar.ts';
import { deadlineAtWill, until } from '../../time.ts';
import { call, failedCall } from './call.ts';

const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n';
const MEGABYTE = 1024 * 1024;

/** Sends a piece every few milliseconds until the other side has enough. */
function drip(socket: Socket, piece: string): void {
  const timer = setInterval(() => socket.write(piece), 10);
  socket.once('close', () => clearInterval(timer));
}

/** Sends up to 200 MB, as fast as the other side reads. */
function flood(response: ServerResponse, sent: { bytes: number }): void {
  const megabyte = Buffer.alloc(MEGABYTE, 'x');
  const more = () => {
    while (sent.bytes < 200 * MEGABYTE) {
      sent.bytes += MEGABYTE;
      if (!response.write(megabyte)) return;
    }
    response.end();
  };
  response.on('drain', more);
  more();
}

/** Calls a registrar of each kind: once to read, once to change something. */
async function expectTimeouts(start: () => Promise<{ endpoint: URL; calls: () => number }>) {
  await Promise.all(
    [true, false].map(async (repeatable) => {
      const { endpoint, calls } = await start();
      const deadline = deadlineAtWill();
      const call = failedCall(endpoint, { repeatable, deadline });
      await until(() => calls() === 1);
      // Nothing ends it before.
      await sleep(200);
      deadline.pass();
      const { error, elapsedMs } = await call;
      expect(error).toMatchObject({ kind: 'timeout', sent: true });
      expect(elapsedMs).toBeGreaterThan(190);
      expect(calls()).toBe(1);
    }),
  );
}

describe('a request ends at the deadline', () => {
  test('where no answer comes', async () => {
    await expectTimeouts(async () => {
      const { endpoint, requests } = await stubRegistrar(() => {});
      return { endpoint, calls: () => requests.length };
    });
  });

  test.each([
    ['headers drip', HEAD, 'X: y\r\n'],
    ['body drips', `${HEAD}Content-Length: 100000\r\n\r\nStatus-Code: 0\n\n`, 'x'],
  ])('where the %s', async (_what, first, piece) => {
    await expectTimeouts(async () => {
      const { endpoint, connections } = await rawRegistrar((socket) => {
        socket.write(first);
        drip(socket, piece);
      });
      return { endpoint, calls: connections };
    });
  });

  test('and never leaves after it', async () => {
    const registrar = await stubRegistrar();
    const deadline = { signal: AbortSignal.abort(), remainingMs: () => 0 };
    for (const repeatable of [true, false]) {
      const { error } = await failedCall(registrar.endpoint, { repeatable, deadline });
      expect(error).toMatchObject({ kind: 'timeout', sent: false });
    }
    expect(registrar.requests).toHaveLength(0);
  });
});

describe('what is not HTTP is unreadable and not asked for again:', () => {
  test.each([
    ['a greeting of another protocol', 'SSH-2.0-OpenSSH_9.6\r\n'],
    ['DMAPI without HTTP', 'Status-Code: 0\nStatus-Text: OK\n\n'],
    ['bytes', '\0\x01\x02\xff\r\n\r\n'],
    ['an alert of TLS', '\x15\x03\x01\x00\x02\x02\x46'],
    ['a broken header', `${HEAD}no colon here\r\n\r\n`],
    ['two lengths', `${HEAD}Content-Length: 1\r\nContent-Length: 2\r\n\r\nab`],
    ['another protocol from here on', 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n'],
    [
      'another protocol, agreed to unasked',
      'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n',
    ],
    ['headers without end', `${HEAD}X: ${'x'.repeat(MEGABYTE)}`],
  ])('%s', async (_what, text) => {
    const registrar = await rawRegistrar((socket) => socket.write(Buffer.from(text, 'latin1')));
    expect((await failedCall(registrar.endpoint)).kind).toBe('unreadable-reply');
    expect(registrar.connections()).toBe(1);
  });
});

describe('an answer that breaks off is no answer, and not sent for twice:', () => {
  test.each([
    ['before it begins', ''],
    ['in its first line', 'HTTP/1.1 2'],
    ['in its headers', HEAD],
    ['in its body', `${HEAD}Content-Length: 100\r\n\r\nStatus-Code: 0\n\n`],
    ['in a chunk', `${HEAD}Transfer-Encoding: chunked\r\n\r\nff\r\nStatus-Code: 0\n\n`],
    ['between two chunks', `${HEAD}Transfer-Encoding: chunked\r\n\r\n10\r\nStatus-Code: 0\n\n\r\n`],
  ])('%s', async (_what, text) => {
    const registrar = await rawRegistrar((socket) => socket.end(text));
    const { error } = await failedCall(registrar.endpoint, { repeatable: false });
    expect(error).toMatchObject({ kind: 'unavailable', sent: true });
    expect(registrar.connections()).toBe(1);
  });
});

describe('the size of a reply is bounded:', () => {
  test('the largest one is read', async () => {
    const text = Buffer.alloc(MAX_REPLY_BYTES, 'x');
    text.write('Status-Code: 0\n\n');
    const registrar = await stubRegistrar({ text });
    expect((await call(registrar.endpoint)).body).toHaveLength(MAX_REPLY_BYTES - 16);
  });

  test('a larger one is unreadable, without being read to its end', async () => {
    const sent = { bytes: 0 };
    const registrar = await stubRegistrar((response) => {
      response.write('Status-Code: 0\n\n');
      flood(response, sent);
    });
    expect((await failedCall(registrar.endpoint)).kind).toBe('unreadable-reply');
    expect(sent.bytes).toBeLessThan(MAX_REPLY_BYTES + 50 * MEGABYTE);
    expect(registrar.requests).toHaveLength(1);
  });
});

test('a read on a kept connection that the registrar closes is sent again on a new one', async () => {
  const answer = `${HEAD}Content-Length: 16\r\n\r\nStatus-Code: 0\n\n`;
  const registrar = await rawRegistrar((socket) => {
    socket.write(answer);
    socket.once('data', () => socket.destroy());
  });
  await call(registrar.endpoint);
  expect(registrar.connections()).toBe(1);
  await call(registrar.endpoint);
  expect(registrar.connections()).toBe(2);
  await call(registrar.endpoint, { repeatable: false });
  expect(registrar.connections()).toBe(3);
});
