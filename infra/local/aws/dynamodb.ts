import type http from 'node:http';
import { Readable } from 'node:stream';
import {
  type AwsFaultReplies,
  type AwsReply,
  type AwsService,
  awsJson,
  startService,
} from './service.ts';

/** Amazon DynamoDB, as far as single tables go: no transactions, and nothing expires. */
export interface DynamoDb extends AwsService {
  /** Creates a table and waits until it can be used. @throws Error with the service's reason */
  createTable(definition: TableDefinition): Promise<void>;
}

/** A table, in the words that CloudFormation and DynamoDB have in common. */
export interface TableDefinition {
  readonly TableName: string;
  readonly KeySchema: readonly { readonly AttributeName: string; readonly KeyType: string }[];
  readonly AttributeDefinitions: readonly {
    readonly AttributeName: string;
    readonly AttributeType: string;
  }[];
}

const PREFIX = 'DynamoDB_20120810';

const FAULTS: AwsFaultReplies = {
  throttled: {
    status: 400,
    error: 'com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException',
    body: { message: 'The level of configured provisioned throughput was exceeded.' },
  },
  refused: {
    status: 400,
    error: 'com.amazon.coral.service#AccessDeniedException',
    body: { Message: 'Not authorized' },
  },
  broken: {
    status: 500,
    error: 'com.amazonaws.dynamodb.v20120810#InternalServerError',
    body: { message: 'Internal server error' },
  },
};

/** Starts Amazon DynamoDB's stand-in, without a table, in memory. */
export async function startDynamoDb(): Promise<DynamoDb> {
  const { default: dynalite } = await import('dynalite');
  const engine = dynalite({ createTableMs: 0 });
  const perform = (operation: string, body: string) => ask(engine, operation, body);
  const service = await startService({
    protocol: awsJson(PREFIX, '1.0'),
    faults: FAULTS,
    perform,
  });
  return { ...service, createTable: (definition) => createTable(perform, definition) };
}

async function createTable(
  perform: (operation: string, body: string) => Promise<AwsReply>,
  { TableName, KeySchema, AttributeDefinitions }: TableDefinition,
): Promise<void> {
  const table = { TableName, KeySchema, AttributeDefinitions, BillingMode: 'PAY_PER_REQUEST' };
  const created = await perform('CreateTable', JSON.stringify(table));
  if (created.status !== 200) {
    throw new Error(`The table ${TableName} cannot be created: ${JSON.stringify(created.body)}`);
  }
  for (let status = 'CREATING'; status === 'CREATING'; ) {
    const { body } = await perform('DescribeTable', JSON.stringify({ TableName }));
    status = (body as { Table: { TableStatus: string } }).Table.TableStatus;
  }
}

/**
 * Has the engine carry out one operation. It is handed complete requests, and a place for the reply
 * instead of a connection: it throws when a caller goes away.
 */
function ask(engine: http.Server, operation: string, body: string): Promise<AwsReply> {
  const request = Object.assign(Readable.from([Buffer.from(body)]), {
    method: 'POST',
    url: '/',
    headers: { ...SIGNED, 'x-amz-target': `${PREFIX}.${operation}` },
  });
  return new Promise((resolve) => {
    const response = {
      statusCode: 200,
      setHeader() {},
      end: (text = '{}') => resolve({ status: response.statusCode, body: JSON.parse(text) }),
    };
    engine.emit('request', request, response);
  });
}

/** The engine asks for a signature's form, not for a right one. */
const SIGNED = {
  'content-type': 'application/x-amz-json-1.0',
  'x-amz-date': '20000101T000000Z',
  authorization: 'AWS4-HMAC-SHA256 Credential=local, SignedHeaders=host, Signature=none',
};
