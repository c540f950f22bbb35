import { readFileSync } from 'node:fs';
import http from 'node:http';
import { expect, jest, test } from '@jest/globals';
import { deadlineIn } from '../../../shared/dmapi/deadline.ts';
import { farRegistrar, named } from '../../far-registrar.ts';
import { deadlineAtWill, farAway } from '../../time.ts';
import { call, failedCall } from './call.ts';

const FAR = '127.0.0.1';
/** Nobody listens there. */
const DEAD = '127.0.0.2';
/** Another one of this machine. */
const OTHER = '127.0.0.3';
/** More than what Node gives an address by default, and than three tries of it take. */
const HANDSHAKE_MS = 1600;

const pem = (name: string) =>
  readFileSync(new URL(`../../fixtures/tls/self-signed.${name}.pem`, import.meta.url));

test.each([
  ['alone', [FAR]],
  ['before a dead one', [FAR, DEAD]],
  ['after a dead one', [DEAD, FAR]],
  ['before a dead one of the other family', [FAR, '::1']],
])('a far address is waited for, by reads and by changes: %s', async (_where, addresses) => {
  const registrar = await farRegistrar();
  setTimeout(registrar.open, HANDSHAKE_MS);
  const startedAtMs = performance.now();
  const endpoint = named(registrar.endpoint, addresses);
  const deadline = farAway();
  const calls = [true, false].map((repeatable) => call(endpoint, { repeatable, deadline }));
  expect(await Promise.all(calls)).toMatchObject([{ statusCode: 0 }, { statusCode: 0 }]);
  expect(performance.now() - startedAtMs).toBeGreaterThan(HANDSHAKE_MS - 20);
});

/** A dead address, and one that answers at the same port. */
async function withLiveAddress() {
  const dead = await farRegistrar();
  const live = http.createServer((request, response) => {
    request.resume().on('end', () => response.end('Status-Code: 0\n\n'));
  });
  await new Promise<void>((resolve) =>
    live.listen(Number(dead.endpoint.port), OTHER, () => resolve()),
  );
  live.unref();
  return { endpoint: named(dead.endpoint, [FAR, OTHER]), close: () => live.close() };
}

test.each([
  ['some seconds', 20_000, 4000],
  ['half of the time that is left, if that is less', 2000, 1000],
])('a dead address is left for the next one after %s', async (_what, budgetMs, expectedMs) => {
  const { endpoint, close } = await withLiveAddress();
  try {
    const startedAtMs = performance.now();
    const request = jest.spyOn(http, 'request');
    const deadline = deadlineAtWill(budgetMs);
    await Promise.all([true, false].map((repeatable) => call(endpoint, { repeatable, deadline })));
    expect(performance.now() - startedAtMs).toBeGreaterThan(expectedMs - 50);
    // How much longer the machine takes is not ours.
    expect(request.mock.calls.map(([, options]) => options)).toMatchObject(
      Array(2).fill({ autoSelectFamilyAttemptTimeout: expectedMs }),
    );
  } finally {
    close();
  }
});

test('TLS waits for a far address as well', async () => {
  const registrar = await farRegistrar({ key: pem('key'), cert: pem('cert') });
  setTimeout(registrar.open, HANDSHAKE_MS);
  // It has come as far as to a certificate, which is not one to trust.
  const { error } = await failedCall(named(registrar.endpoint, [FAR, DEAD]), {
    repeatable: false,
    deadline: farAway(),
  });
  expect(error.message).toContain('SELF_SIGNED');
});

test('where no address answers, the call ends at its deadline, and nothing has left', async () => {
  const registrar = await farRegistrar();
  const endpoint = named(registrar.endpoint, [FAR, FAR]);
  const { error, elapsedMs } = await failedCall(endpoint, {
    repeatable: false,
    deadline: deadlineIn(500),
  });
  expect(error).toMatchObject({ kind: 'timeout', sent: false });
  expect(elapsedMs).toBeGreaterThan(490);
});
