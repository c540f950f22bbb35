import { randomUUID } from 'node:crypto';
import http from 'node:http';
import { isForeign } from '../foreign-request.ts';
import { type LoopbackServer, listenOnLoopback } from '../loopback.ts';

/** AWS Lambda, as far as asynchronous invocations. */
export interface Lambda extends LoopbackServer {
  /** Is given what is invoked, by name, once the caller has been told that it will be. */
  onInvoked(invoke: (functionName: string, event: unknown) => void): void;
  /** How many invocations were asked for. */
  readonly invocations: number;
  /** Refuses them until told otherwise. */
  throttle(isThrottled: boolean): void;
}

const INVOCATIONS = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/;

/** Starts AWS Lambda's stand-in: REST, the function named in the path. Signatures are not checked. */
export async function startLambda(): Promise<Lambda> {
  let invoke: (functionName: string, event: unknown) => void = () => {};
  let invocations = 0;
  let isThrottled = false;

  const server = http.createServer(async (request, response) => {
    if (isForeign(request)) return void response.writeHead(403).end();
    const name = INVOCATIONS.exec(request.url ?? '')?.[1];
    const event = await readJson(request).catch(() => undefined);
    if (name === undefined || request.headers['x-amz-invocation-type'] !== 'Event') {
      return refuse(response, 400, 'InvalidRequestContentException');
    }
    if (event === undefined) return refuse(response, 400, 'InvalidRequestContentException');
    invocations++;
    if (isThrottled) return refuse(response, 429, 'TooManyRequestsException');
    response.writeHead(202, { 'x-amzn-requestid': randomUUID() }).end();
    invoke(decodeURIComponent(name), event);
  });
  return {
    ...(await listenOnLoopback(server)),
    onInvoked: (next) => {
      invoke = next;
    },
    throttle: (next) => {
      isThrottled = next;
    },
    get invocations() {
      return invocations;
    },
  };
}

async function readJson(request: http.IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString() || '{}');
}

function refuse(response: http.ServerResponse, status: number, error: string): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    'x-amzn-errortype': error,
    'x-amzn-requestid': randomUUID(),
  });
  response.end(JSON.stringify({ Type: 'User', message: 'Refused by the stand-in.' }));
}
