import http from 'node:http';
import { SettingError } from '../setting-error.ts';
import { isForeign } from './foreign-request.ts';
import { type LoopbackServer, listenOnLoopback } from './loopback.ts';
import { sendProblem } from './problem.ts';

/** The server that callers meet. It has its port before it can answer. */
export interface GatewayServer extends LoopbackServer {
  /** Takes over; until then, every request is answered 503. */
  serve(listener: http.RequestListener): void;
}

/** Takes the port on 127.0.0.1; 0 takes a free one. @throws SettingError when it is not to be had. */
export async function openGatewayServer(port: number): Promise<GatewayServer> {
  let current: http.RequestListener = tellStarting;
  const server = http.createServer((request, response) =>
    isForeign(request) ? refuse(response) : current(request, response),
  );
  const opened = await listenOnLoopback(server, port).catch((error) => {
    throw explain(error, port);
  });
  return {
    ...opened,
    serve: (listener) => {
      current = listener;
    },
  };
}

function refuse(response: http.ServerResponse): void {
  sendProblem(response, 403, 'Web pages of elsewhere may not use the local run');
}

function tellStarting(_request: http.IncomingMessage, response: http.ServerResponse): void {
  response.setHeader('retry-after', '1');
  sendProblem(response, 503, 'Still starting');
}

function explain(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code === 'EADDRINUSE') {
    return new SettingError(
      `Port ${port} is taken: set PORT to another one, or to 0 for a free one.`,
    );
  }
  if (error.code === 'EACCES') {
    return new SettingError(`Port ${port} needs more rights: set PORT to one above 1023.`);
  }
  return error;
}
