import http from 'node:http';
import net, { type AddressInfo, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { listenOnLoopback } from '../../../infra/local/loopback.ts';
import { createClient, type DmapiClient } from '../../../shared/dmapi/client.ts';
import { readEndpoint } from '../../../shared/dmapi/endpoint.ts';
import { GOOD_REPLIES, GOOD_REPLY, requestOf, type Sent } from './cases.ts';
import { type ReplyCase, replyCases } from './replies.ts';

/** A reply, and how HTTP around it is broken. */
export interface RawCase extends ReplyCase {
  readonly frame: Frame;
}

export type Frame = (typeof FRAMES)[number];

const FRAMES = [
  ...['plain', 'plain', 'until the end', 'chunked', 'too short', 'too long', 'gzip it is not'],
  ...['no HTTP', 'no status', 'bad header', 'half a header', 'bad chunk', 'two lengths', 'nothing'],
  ...['reset', 'informed first', 'switching', 'redirect', 'huge header', 'two replies', 'bare'],
] as const;

export const rawCases: fc.Arbitrary<RawCase> = fc
  .tuple(replyCases, fc.constantFrom(...FRAMES))
  .map(([reply, frame]) => ({ ...reply, frame }));

/** The reply as it comes out of HTTP, if it does: what is over the announced length does not. */
export function asReceived({ frame, ...reply }: RawCase): ReplyCase {
  const { bytes } = reply;
  if (frame !== 'too long') return reply;
  return { ...reply, bytes: bytes.subarray(0, Math.floor(bytes.length / 2)) };
}

/** A client over real sockets, to a registrar that answers each case in its own way. */
export interface SocketRegistrar {
  connect(sent: Sent[], raw?: RawCase): DmapiClient;
  close(): Promise<void>;
}

/** Starts one that says yes to everything, and notes what it has read. */
export async function startHttpRegistrar(): Promise<SocketRegistrar> {
  const cases = new Map<string, Sent[]>();
  const server = http.createServer(async (request, response) => {
    const [, id = '', , name = ''] = (request.url ?? '').split('/');
    const body = new URLSearchParams(await text(request));
    cases.get(id)?.push({ name, params: Object.fromEntries(body) });
    response.end(GOOD_REPLIES[name] ?? GOOD_REPLY);
  });
  const { url, close } = await listenOnLoopback(server);
  return { connect: (sent) => connectTo(url, cases, sent), close };
}

/** Starts one below HTTP. */
export async function startRawRegistrar(): Promise<SocketRegistrar> {
  const cases = new Map<string, { readonly sent: Sent[]; readonly raw: RawCase | undefined }>();
  const sockets = new Set<Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    socket.once('data', (data) => {
      const [, id = '', name = ''] = /^POST \/(\d+)\/request\/(\S+)/.exec(String(data)) ?? [];
      const found = cases.get(id);
      found?.sent.push({ name, params: {} });
      if (found?.raw && name === requestOf(found.raw.action)) answerRaw(socket, found.raw);
      else socket.end(framed('plain', 200, Buffer.from(GOOD_REPLIES[name] ?? GOOD_REPLY)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    connect: (sent, raw) => connectTo(url, cases, { sent, raw }),
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

let lastId = 0;

function connectTo<T>(url: string, cases: Map<string, T>, one: T): DmapiClient {
  const id = String(++lastId);
  cases.set(id, one);
  return createClient(readEndpoint(`${url}/${id}`));
}

function answerRaw(socket: Socket, { frame, httpStatus, bytes }: RawCase): void {
  if (frame === 'reset') return void socket.resetAndDestroy();
  socket.end(framed(frame, httpStatus, Buffer.from(bytes)));
}

const HINTS = 'HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n';

function framed(frame: Frame, httpStatus: number, body: Buffer): Buffer {
  const size = body.length;
  const sent = (status: string, headers: string, content: Buffer = body) =>
    Buffer.concat([
      Buffer.from(`HTTP/1.1 ${status}\r\nConnection: close\r\n${headers}\r\n`),
      content,
    ]);
  const status = `${httpStatus} OK`;
  const chunked = (length: string) =>
    Buffer.concat([Buffer.from(`${length}\r\n`), body, Buffer.from('\r\n0\r\n\r\n')]);
  switch (frame) {
    case 'until the end':
      return sent(status, '');
    case 'chunked':
      return sent(status, 'Transfer-Encoding: chunked\r\n', chunked(size.toString(16)));
    case 'bad chunk':
      return sent(status, 'Transfer-Encoding: chunked\r\n', chunked('xyz'));
    case 'too short':
      return sent(status, `Content-Length: ${size + 7}\r\n`);
    case 'too long':
      return sent(status, `Content-Length: ${Math.floor(size / 2)}\r\n`);
    case 'two lengths':
      return sent(status, `Content-Length: ${size}\r\nContent-Length: ${size + 1}\r\n`);
    case 'gzip it is not':
      return sent(status, `Content-Encoding: gzip\r\nContent-Length: ${size}\r\n`);
    case 'no HTTP':
    case 'bare':
      return body;
    case 'no status':
      return sent('', `Content-Length: ${size}\r\n`);
    case 'bad header':
      return sent(status, `No colon\r\nA\0b: c\r\nContent-Length: ${size}\r\n`);
    case 'half a header':
      return Buffer.from(`HTTP/1.1 ${status}\r\nContent-Le`);
    case 'nothing':
      return Buffer.alloc(0);
    case 'informed first':
      return Buffer.concat([Buffer.from(HINTS), framed('plain', httpStatus, body)]);
    case 'switching':
      return sent('101 Switching Protocols', 'Upgrade: x\r\n');
    case 'redirect':
      return sent('302 Found', `Location: http://127.0.0.1:1/\r\nContent-Length: ${size}\r\n`);
    case 'huge header':
      return sent(status, `X: ${'x'.repeat(100_000)}\r\nContent-Length: ${size}\r\n`);
    case 'two replies':
      return Buffer.concat([framed('plain', httpStatus, body), framed('plain', 200, body)]);
    default:
      return sent(status, `Content-Length: ${size}\r\n`);
  }
}
