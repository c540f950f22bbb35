import { randomUUID } from 'node:crypto';
import {
  type AwsFaultReplies,
  type AwsProtocol,
  type AwsReply,
  type AwsService,
  readObject,
  startService,
} from './service.ts';

/** AWS Lambda, as far as asynchronous invocations. */
export interface Lambda extends AwsService {
  /** Has it know the functions with these names, and hand on what is invoked. */
  onInvoked(functionNames: readonly string[], invoke: Invoke): void;
}

/** Is given an invocation once its caller has been told that it will be carried out. */
export type Invoke = (functionName: string, event: object) => void;

const FAULTS: AwsFaultReplies = {
  throttled: {
    status: 429,
    error: 'TooManyRequestsException',
    body: { message: 'Rate Exceeded.' },
  },
  refused: { status: 403, error: 'AccessDeniedException', body: { message: 'Not authorized' } },
  broken: { status: 500, error: 'ServiceException', body: { message: 'Internal error' } },
};

/** Starts AWS Lambda's stand-in, without functions. */
export async function startLambda(): Promise<Lambda> {
  let known: readonly string[] = [];
  let invoke: Invoke = () => {};
  const service = await startService({
    protocol: REST,
    faults: FAULTS,
    perform(_invoke, body, { url, headers }) {
      const name = nameIn(url) ?? '';
      if (!known.includes(name)) return notFound(name);
      if (headers['x-amz-invocation-type'] !== 'Event') return ONLY_EVENTS;
      // Whoever has invoked it does not wait for it.
      setImmediate(invoke, name, readObject(body) ?? {});
      return { status: 202, body: {} };
    },
  });
  return {
    ...service,
    onInvoked(functionNames, next) {
      known = functionNames;
      invoke = next;
    },
  };
}

/** The operation by method and path, an error's name in a header. An accepted event has no answer. */
const REST: AwsProtocol = {
  operationOf: ({ method, url }) =>
    method === 'POST' && nameIn(url) !== undefined ? 'Invoke' : undefined,
  send(response, { status, error, body }) {
    response.writeHead(status, {
      'x-amzn-requestid': randomUUID(),
      ...(error && { 'content-type': 'application/json', 'x-amzn-errortype': error }),
    });
    response.end(error ? JSON.stringify({ Type: 'User', ...body }) : '');
  },
};

const INVOCATIONS = /^\/2015-03-31\/functions\/([\w-]+)\/invocations$/;

function nameIn(url: string | undefined): string | undefined {
  return INVOCATIONS.exec(url ?? '')?.[1];
}

function notFound(name: string): AwsReply {
  const body = { message: `Function not found: ${name}` };
  return { status: 404, error: 'ResourceNotFoundException', body };
}

const ONLY_EVENTS: AwsReply = {
  status: 400,
  error: 'InvalidParameterValueException',
  body: { message: 'This stand-in takes asynchronous invocations only.' },
};
