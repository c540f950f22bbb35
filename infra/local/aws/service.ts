import { randomUUID } from 'node:crypto';
import http from 'node:http';
import { isForeign } from '../foreign-request.ts';
import { type LoopbackServer, listenOnLoopback } from '../loopback.ts';

/** A stand-in for an AWS service, and how to have it misbehave. */
export interface AwsService extends LoopbackServer {
  /** Makes every call fail in that way; `undefined` ends it. */
  fail(fault: AwsFault | undefined): void;
  /** Asks the hook about each call, unless all fail anyway; `undefined` ends it. */
  intercept(hook: Intercept | undefined): void;
  /** How many calls came in, by operation, whatever became of them. */
  readonly calls: ReadonlyMap<string, number>;
}

/** How a stand-in may misbehave until told otherwise. `hanging` never answers. */
export type AwsFault = 'throttled' | 'refused' | 'broken' | 'hanging';

/**
 * Decides whether a call breaks: `before` it is carried out, with an internal error of the service;
 * `after` that, by a connection that ends without an answer; or in one of the other ways, not carried
 * out either. `body` is what the caller sent.
 */
export type Intercept = (
  operation: string,
  body: string,
) => 'before' | 'after' | AwsFault | undefined;

/** What an operation answers: its output, or an error as AWS SDKs read it. */
export interface AwsReply {
  readonly status: number;
  /** The error's name, sent as `__type`. */
  readonly error?: string;
  readonly body: object;
}

/** The errors by which this service tells of a fault. */
export type AwsFaultReplies = Readonly<Record<Exclude<AwsFault, 'hanging'>, AwsReply>>;

/** How a service is spoken to over HTTP, with JSON both ways. */
export interface AwsProtocol {
  /** The operation that a request is for; `undefined` where it is for none. */
  operationOf(request: http.IncomingMessage): string | undefined;
  send(response: http.ServerResponse, reply: AwsReply): void;
}

export interface ServiceOptions {
  readonly protocol: AwsProtocol;
  readonly faults: AwsFaultReplies;
  /** Is given JSON of an object only. */
  readonly perform: (
    operation: string,
    body: string,
    request: http.IncomingMessage,
  ) => AwsReply | Promise<AwsReply>;
}

/** Starts a stand-in. Signatures are not checked. */
export async function startService(options: ServiceOptions): Promise<AwsService> {
  const { protocol, faults, perform } = options;
  const calls = new Map<string, number>();
  let fault: AwsFault | undefined;
  let hook: Intercept | undefined;

  /** `hang` leaves the caller waiting, `cut` ends the connection. */
  async function answer(
    request: http.IncomingMessage,
    body: string,
  ): Promise<AwsReply | 'hang' | 'cut'> {
    const operation = protocol.operationOf(request);
    if (operation === undefined) return unknownOperation('what was asked for');
    calls.set(operation, (calls.get(operation) ?? 0) + 1);
    const crash = fault ?? hook?.(operation, body);
    if (crash === 'hanging') return 'hang';
    if (crash === 'before') return faults.broken;
    if (crash && crash !== 'after') return faults[crash];
    if (!readObject(body)) return NOT_JSON;
    const reply = await perform(operation, body, request);
    return crash === 'after' ? 'cut' : reply;
  }

  const server = http.createServer(async (request, response) => {
    if (isForeign(request)) return void response.writeHead(403).end();
    const body = await readText(request).catch(() => undefined);
    // A caller who goes away before the request is complete needs no answer.
    if (body === undefined) return void response.destroy();
    const reply = await answer(request, body).catch(() => faults.broken);
    if (reply === 'cut') response.destroy();
    else if (reply !== 'hang') protocol.send(response, reply);
  });
  // An idle connection is not ended just when its client is about to use it again.
  server.keepAliveTimeout = 0;
  return {
    ...(await listenOnLoopback(server)),
    calls,
    fail: (next) => {
      fault = next;
    },
    intercept: (next) => {
      hook = next;
    },
  };
}

async function readText(request: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** The input of an operation; `undefined` where it is no JSON object. */
export function readObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text || '{}');
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

const NOT_JSON: AwsReply = {
  status: 400,
  error: 'SerializationException',
  body: { message: 'The request is not a JSON object.' },
};

/** The answer to an operation that the stand-in does not know. */
export function unknownOperation(name: string): AwsReply {
  return {
    status: 400,
    error: 'UnknownOperationException',
    body: { message: `This stand-in does not know ${name}.` },
  };
}

/**
 * AWS JSON: POST, the operation named in `X-Amz-Target` as `<prefix>.<operation>`.
 *
 * @param prefix what is named before the dot
 */
export function awsJson(prefix: string, version: '1.0' | '1.1'): AwsProtocol {
  return {
    operationOf({ headers }) {
      const target = String(headers['x-amz-target'] ?? '');
      return target.startsWith(`${prefix}.`) ? target.slice(prefix.length + 1) : undefined;
    },
    send(response, { status, error, body }) {
      response.writeHead(status, {
        'content-type': `application/x-amz-json-${version}`,
        'x-amzn-requestid': randomUUID(),
      });
      response.end(JSON.stringify(error ? { __type: error, ...body } : body));
    },
  };
}
