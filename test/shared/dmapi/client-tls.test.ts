import { readFileSync } from 'node:fs';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import { readEndpoint } from '../../../shared/dmapi/endpoint.ts';
import { rawRegistrar } from '../../stub-registrar.ts';
import { farAway } from '../../time.ts';
import { failedCall, SECRET } from './call.ts';

const pem = (name: string) =>
  readFileSync(new URL(`../../fixtures/tls/self-signed.${name}.pem`, import.meta.url));

/** A deadline that leaves no time for a second try. */
const once = () => ({ ...farAway(), remainingMs: () => 0 });

test('no request is sent where the certificate is not trusted', async () => {
  let requests = 0;
  const server = https.createServer(
    { key: pem('key'), cert: pem('cert') },
    (_request, response) => {
      requests++;
      response.end('Status-Code: 0\n\n');
    },
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = server.address() as AddressInfo;
    const endpoint = readEndpoint(`https://127.0.0.1:${port}`);
    const calls = [true, false].map((repeatable) =>
      failedCall(endpoint, { repeatable, deadline: once() }),
    );
    for (const { error } of await Promise.all(calls)) {
      expect(error).toMatchObject({ kind: 'unavailable', sent: false });
    }
    expect(requests).toBe(0);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

test('nothing is sent in clear where the registrar does not speak TLS', async () => {
  const received: Buffer[] = [];
  const registrar = await rawRegistrar((socket, data) => {
    received.push(data);
    socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
  });
  const endpoint = new URL(registrar.endpoint.href.replace('http:', 'https:'));
  const { error } = await failedCall(endpoint, { deadline: once() });
  expect(error.kind).toBe('unavailable');
  expect(Buffer.concat(received).toString('latin1')).not.toContain(SECRET);
});
