import {
  type AwsFaultReplies,
  type AwsReply,
  type AwsService,
  startService,
  unknownOperation,
} from './service.ts';

export type AwsOperation = (input: Readonly<Record<string, unknown>>) => AwsReply;

export interface JsonServiceOptions {
  /** What `X-Amz-Target` names before the dot. */
  readonly prefix: string;
  readonly faults: AwsFaultReplies;
  readonly operations: Readonly<Record<string, AwsOperation>>;
}

/** Starts a stand-in whose operations are functions here; it speaks AWS JSON 1.1. */
export function startJsonService(options: JsonServiceOptions): Promise<AwsService> {
  const { prefix, faults, operations } = options;
  return startService({
    prefix,
    jsonVersion: '1.1',
    faults,
    perform(name, body) {
      const input = readObject(body);
      if (!input) return NOT_JSON;
      const operation = operations[name];
      return operation ? operation(input) : unknownOperation(name);
    },
  });
}

function readObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text || '{}');
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

const NOT_JSON: AwsReply = {
  status: 400,
  error: 'SerializationException',
  body: { message: 'The request is not JSON.' },
};
