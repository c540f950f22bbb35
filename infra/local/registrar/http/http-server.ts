import { createServer, type RequestListener } from 'node:http';
import { type LoopbackServer, listenOnLoopback } from '../../loopback.ts';

/** Room for a query string that deserves its 414 instead of Node's own 431. */
const MAX_HEADER_BYTES = 1024 * 1024;

/** Starts the HTTP side of the registrar; port 0 takes a free one. */
export async function startHttpServer(
  listener: RequestListener,
  port: number,
): Promise<LoopbackServer> {
  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES }, listener);
  // 0 also leaves out the Keep-Alive header, which no recorded reply has.
  server.keepAliveTimeout = 0;
  return await listenOnLoopback(server, port);
}
