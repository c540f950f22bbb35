import {
  type AwsFaultReplies,
  type AwsReply,
  type AwsService,
  awsJson,
  readObject,
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
    protocol: awsJson(prefix, '1.1'),
    faults,
    perform(name, body) {
      const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
      return operation ? operation(readObject(body) ?? {}) : unknownOperation(name);
    },
  });
}
