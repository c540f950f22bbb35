import { describe, expect, test } from '@jest/globals';
import { type Answer, deadEndpoint, lateRegistrar, stubRegistrar } from '../../stub-registrar.ts';
import { deadlineAtWill, until } from '../../time.ts';
import { call, failedCall, SECRET } from './call.ts';

const BUSY: Answer = { status: 503, text: '<html>Service Unavailable</html>' };

/** What may become of a request after the registrar has read it. */
const UNAVAILABLE: [string, Answer][] = [
  ['the connection is reset', (response) => response.socket?.resetAndDestroy()],
  ['the connection is closed', (response) => response.socket?.end()],
  ['the reply breaks off', (response) => breakOff(response)],
  ['HTTP 500', { status: 500, text: 'Status-Code: 2400\nError: down\n\n' }],
  ['HTTP 502', { status: 502, text: '<html>Bad Gateway</html>' }],
  ['HTTP 503', BUSY],
  ['HTTP 503 under a success', { status: 503 }],
  ['HTTP 504', { status: 504, text: '' }],
  ['HTTP 408', { status: 408, text: '<html>Request Timeout</html>' }],
  ['HTTP 429', { status: 429, text: 'Too many requests' }],
];

const breakOff = (response: Parameters<Extract<Answer, (it: never) => void>>[0]) => {
  response.writeHead(200, { 'content-length': 100 });
  response.write('Status-Code: 0\n\nhalf', () => response.socket?.destroy());
};

describe('a request that only reads', () => {
  test('is sent again after whatever may pass by itself', async () => {
    const outcomes = await Promise.all(
      UNAVAILABLE.map(async ([what, answer]) => {
        const { endpoint, requests } = await stubRegistrar(answer, {});
        const reply = await call(endpoint);
        return { what, statusCode: reply.statusCode, bodies: requests.map(({ body }) => body) };
      }),
    );
    const bodies = Array(2).fill(`auth-sid=${SECRET}`);
    expect(outcomes).toEqual(UNAVAILABLE.map(([what]) => ({ what, statusCode: 0, bodies })));
  });

  test('is sent three times at most, with pauses', async () => {
    const registrar = await stubRegistrar(BUSY);
    const { kind, elapsedMs } = await failedCall(registrar.endpoint);
    expect(kind).toBe('unavailable');
    expect(registrar.requests).toHaveLength(3);
    expect(elapsedMs).toBeGreaterThan(290);
  });

  test('is not sent again where the deadline leaves no time for it', async () => {
    const registrar = await stubRegistrar(BUSY);
    const deadline = deadlineAtWill(90);
    expect((await failedCall(registrar.endpoint, { deadline })).kind).toBe('unavailable');
    expect(registrar.requests).toHaveLength(1);
  });

  test('waits as long as Retry-After asks', async () => {
    const busy = { ...BUSY, headers: { 'retry-after': '1' } };
    const registrar = await stubRegistrar(busy, {});
    const startedAtMs = performance.now();
    await call(registrar.endpoint);
    expect(performance.now() - startedAtMs).toBeGreaterThan(1000);
    expect(registrar.requests).toHaveLength(2);
  });

  test('does not wait for a Retry-After beyond the deadline, but passes it on', async () => {
    const registrar = await stubRegistrar({ ...BUSY, headers: { 'retry-after': '60' } });
    const deadline = deadlineAtWill(59_000);
    const { error, elapsedMs } = await failedCall(registrar.endpoint, { deadline });
    expect(error).toMatchObject({ kind: 'unavailable', retryAfterSeconds: 60 });
    expect(elapsedMs).toBeLessThan(59_000);
    expect(registrar.requests).toHaveLength(1);
  });

  test('ignores a Retry-After that is no number of seconds', async () => {
    const values = ['Wed, 21 Oct 2099 07:28:00 GMT', '-1', '1.5', 'soon', ''];
    const registrars = await Promise.all(
      values.map((it) => stubRegistrar({ ...BUSY, headers: { 'retry-after': it } }, {})),
    );
    await Promise.all(registrars.map(({ endpoint }) => call(endpoint)));
    expect(registrars.map(({ requests }) => requests.length)).toEqual(values.map(() => 2));
  });

  test('ends at the deadline, counted over all attempts', async () => {
    const registrar = await stubRegistrar(BUSY, () => {});
    const deadline = deadlineAtWill();
    const call = failedCall(registrar.endpoint, { deadline });
    await until(() => registrar.requests.length === 2);
    deadline.pass();
    expect((await call).kind).toBe('timeout');
    expect(registrar.requests).toHaveLength(2);
  });
});

describe('a request that changes something', () => {
  test.each(UNAVAILABLE)('is never sent again after %s', async (_what, answer) => {
    const registrar = await stubRegistrar(answer, {});
    const { error } = await failedCall(registrar.endpoint, { repeatable: false });
    expect(error).toMatchObject({ kind: 'unavailable', sent: true });
    expect(registrar.requests).toHaveLength(1);
  });

  test('is never sent again though Retry-After invites to it', async () => {
    const registrar = await stubRegistrar({ ...BUSY, headers: { 'retry-after': '0' } }, {});
    const { error } = await failedCall(registrar.endpoint, { repeatable: false });
    expect(error.retryAfterSeconds).toBe(0);
    expect(registrar.requests).toHaveLength(1);
  });

  test('never goes over a connection that was kept', async () => {
    const registrar = await stubRegistrar();
    await call(registrar.endpoint);
    await call(registrar.endpoint);
    await call(registrar.endpoint, { repeatable: false });
    await call(registrar.endpoint, { repeatable: false });
    const [read, readAgain, change, changeAgain] = registrar.requests.map(({ port }) => port);
    expect(readAgain).toBe(read);
    expect(new Set([read, change, changeAgain]).size).toBe(3);
  });
});

describe('a request that never left, whether it changes something or not,', () => {
  test.each([true, false])('is sent once the registrar is there (repeatable: %s)', async (it) => {
    const registrar = await lateRegistrar();
    await call(registrar.endpoint, { repeatable: it });
    expect(registrar.requests).toHaveLength(1);
  });

  test('is given up after some tries', async () => {
    const endpoint = await deadEndpoint();
    const calls = [true, false].map((repeatable) => failedCall(endpoint, { repeatable }));
    for (const { error, elapsedMs } of await Promise.all(calls)) {
      expect(error).toMatchObject({ kind: 'unavailable', sent: false });
      expect(elapsedMs).toBeGreaterThan(290);
    }
  });
});
