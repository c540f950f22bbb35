import http from 'node:http';
import { type LoopbackServer, listenOnLoopback } from '../loopback.ts';

/** What an operation answers: its output, or an error as AWS SDKs read it. */
export interface AwsReply {
  readonly status: number;
  /** The error's name, sent as `__type`. */
  readonly error?: string;
  readonly body: object;
}

/** `hang` never answers. */
export type AwsOperation = (input: Record<string, unknown>) => AwsReply | 'hang';

/**
 * Starts a stand-in that speaks AWS JSON 1.1: POST, the operation named in `X-Amz-Target` as
 * `<prefix>.<operation>`, JSON both ways. Signatures are not checked.
 */
export async function startJsonService(
  prefix: string,
  operations: Readonly<Record<string, AwsOperation>>,
): Promise<LoopbackServer> {
  const server = http.createServer(async (request, response) => {
    const target = String(request.headers['x-amz-target'] ?? '');
    const operation = target.startsWith(`${prefix}.`)
      ? operations[target.slice(prefix.length + 1)]
      : undefined;
    const input = await readJson(request).catch(() => undefined);
    if (!input) return send(response, NOT_JSON);
    const reply = operation ? operation(input) : unknownOperation(target);
    if (reply !== 'hang') send(response, reply);
  });
  return await listenOnLoopback(server);
}

async function readJson(request: http.IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString() || '{}');
}

const NOT_JSON: AwsReply = {
  status: 400,
  error: 'SerializationException',
  body: { message: 'The request is not JSON.' },
};

function unknownOperation(target: string): AwsReply {
  return {
    status: 400,
    error: 'UnknownOperationException',
    body: { message: `This stand-in does not know ${target || 'a request without X-Amz-Target'}.` },
  };
}

function send(response: http.ServerResponse, { status, error, body }: AwsReply): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
  response.end(JSON.stringify(error ? { __type: error, ...body } : body));
}
