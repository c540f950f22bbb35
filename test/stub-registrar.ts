import diagnostics from 'node:diagnostics_channel';
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach } from '@jest/globals';
import { readEndpoint } from '../shared/dmapi/endpoint.ts';

/** One answer of the script: a reply, or what to do instead of replying. */
export type Answer = Reply | ((response: http.ServerResponse) => void);

interface Reply {
  /** @default 200 */
  readonly status?: number;
  readonly headers?: http.OutgoingHttpHeaders;
  /** @default a success without a body */
  readonly text?: string | Uint8Array;
}

export interface ReceivedRequest {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
  /** The client's port: the same for two requests only if one connection carried both. */
  readonly port: number | undefined;
}

export interface StubRegistrar {
  readonly endpoint: URL;
  readonly requests: readonly ReceivedRequest[];
}

const SUCCESS = 'Status-Code: 0\nStatus-Text: Command completed successfully\n\n';

const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

/** A registrar that gives these answers one after the other, and the last one from then on. */
export async function stubRegistrar(...script: readonly Answer[]): Promise<StubRegistrar> {
  const { server, requests } = scripted(script);
  return { endpoint: endpointOf(await listen(server)), requests };
}

/** The same, but nobody listens until the first connection was refused. */
export async function lateRegistrar(...script: readonly Answer[]): Promise<StubRegistrar> {
  const endpoint = await deadEndpoint();
  const { server, requests } = scripted(script);
  const onSocket = (message: unknown) => {
    diagnostics.unsubscribe('net.client.socket', onSocket);
    const { socket } = message as { socket: net.Socket };
    socket.once('error', () => listen(server, Number(endpoint.port)));
  };
  diagnostics.subscribe('net.client.socket', onSocket);
  return { endpoint, requests };
}

function scripted(script: readonly Answer[]) {
  const requests: ReceivedRequest[] = [];
  const server = http.createServer(async (request, response) => {
    const body = await text(request).catch(() => undefined);
    if (body === undefined) return;
    const { method, url: path, headers, socket } = request;
    requests.push({ method, path, headers, body, port: socket.remotePort });
    give(script[requests.length - 1] ?? script.at(-1) ?? {}, response);
  });
  closers.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { server, requests };
}

/** A server below HTTP: it gets the first bytes of every connection and the connection itself. */
export async function rawRegistrar(onData: (socket: net.Socket, data: Buffer) => void) {
  const sockets: net.Socket[] = [];
  const server = net.createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => {});
    socket.once('data', (data) => onData(socket, data));
  });
  const port = await listen(server);
  closers.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return {
    endpoint: endpointOf(port),
    /** How many connections there have been. */
    connections: () => sockets.length,
  };
}

/** An address where nobody listens. */
export async function deadEndpoint(): Promise<URL> {
  const server = net.createServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return endpointOf(port);
}

function give(answer: Answer, response: http.ServerResponse): void {
  if (typeof answer === 'function') {
    answer(response);
    return;
  }
  const { status = 200, headers = {}, text: body = SUCCESS } = answer;
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', ...headers }).end(body);
}

function endpointOf(port: number): URL {
  return readEndpoint(`http://127.0.0.1:${port}`);
}

function listen(server: net.Server, port = 0): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}
