import {
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type DynamoDb, startDynamoDb } from '../../../../infra/local/aws/dynamodb.ts';
import type { AwsFault } from '../../../../infra/local/aws/service.ts';
import { LEDGER } from '../../../tables.ts';
import { IMPATIENT, localClient } from './local-client.ts';

const TABLE = 'Ledger';

let dynamoDb: DynamoDb;
let client: DynamoDBClient;

beforeAll(async () => {
  dynamoDb = await startDynamoDb();
  await dynamoDb.createTable({ ...LEDGER, TableName: TABLE });
  client = new DynamoDBClient(localClient(dynamoDb));
});

beforeEach(() => {
  dynamoDb.fail(undefined);
  dynamoDb.intercept(undefined);
});

afterAll(async () => {
  client.destroy();
  await dynamoDb.close();
});

function keyOf(entry: string) {
  return { account: { S: '1000001' }, entry: { S: entry } };
}

function put(entry: string, more: Partial<PutItemCommand['input']> = {}, options = {}) {
  const Item = keyOf(entry);
  return client.send(new PutItemCommand({ TableName: TABLE, Item, ...more }), options);
}

async function exists(entry: string): Promise<boolean> {
  const { Item } = await client.send(new GetItemCommand({ TableName: TABLE, Key: keyOf(entry) }));
  return Item !== undefined;
}

describe('a table', () => {
  test('keeps items, and answers queries in the order of their keys', async () => {
    await put('b#2');
    await put('b#1');
    const { Items } = await client.send(
      new QueryCommand({
        TableName: TABLE,
        KeyConditionExpression: 'account = :account AND begins_with(entry, :prefix)',
        ExpressionAttributeValues: { ':account': { S: '1000001' }, ':prefix': { S: 'b#' } },
      }),
    );
    expect(Items).toEqual([keyOf('b#1'), keyOf('b#2')]);
  });

  test('holds to conditions', async () => {
    const once = { ConditionExpression: 'attribute_not_exists(entry)' };
    await put('once', once);
    await expect(put('once', once)).rejects.toMatchObject({
      name: 'ConditionalCheckFailedException',
    });
    const { Attributes } = await client.send(
      new UpdateItemCommand({
        TableName: TABLE,
        Key: keyOf('once'),
        UpdateExpression: 'SET told = :told',
        ConditionExpression: 'attribute_exists(entry)',
        ExpressionAttributeValues: { ':told': { N: '1' } },
        ReturnValues: 'ALL_NEW',
      }),
    );
    expect(Attributes).toEqual({ ...keyOf('once'), told: { N: '1' } });
  });

  test('cannot be used before it is created, nor created twice', async () => {
    await expect(put('x', { TableName: 'Another' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
    const again = dynamoDb.createTable({
      TableName: TABLE,
      KeySchema: [{ AttributeName: 'account', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'account', AttributeType: 'S' }],
    });
    await expect(again).rejects.toThrow(/^The table Ledger cannot be created: .*ResourceInUse/);
  });

  test('counts the calls of its operations, failed ones too', async () => {
    const before = dynamoDb.calls.get('PutItem') ?? 0;
    await put('counted');
    dynamoDb.fail('broken');
    await expect(put('counted')).rejects.toThrow();
    expect(dynamoDb.calls.get('PutItem')).toBe(before + 2);
    expect(dynamoDb.calls.has('DeleteItem')).toBe(false);
  });
});

describe('a fault', () => {
  test.each<[AwsFault, string]>([
    ['throttled', 'ProvisionedThroughputExceededException'],
    ['refused', 'AccessDeniedException'],
    ['broken', 'InternalServerError'],
    ['hanging', 'TimeoutError'],
  ])('%s reaches the client as %s', async (fault, name) => {
    dynamoDb.fail(fault);
    const options = fault === 'hanging' ? IMPATIENT : {};
    await expect(put(`faulty-${fault}`, {}, options)).rejects.toMatchObject({ name });
    dynamoDb.fail(undefined);
    expect(await exists(`faulty-${fault}`)).toBe(false);
  });
});

describe('an intercepted call', () => {
  test('before: fails, and is not carried out', async () => {
    dynamoDb.intercept((operation) => (operation === 'PutItem' ? 'before' : undefined));
    await expect(put('before')).rejects.toMatchObject({ name: 'InternalServerError' });
    expect(await exists('before')).toBe(false);
  });

  test('after: has no answer, but is carried out', async () => {
    dynamoDb.intercept((operation) => (operation === 'PutItem' ? 'after' : undefined));
    await expect(put('after')).rejects.toThrow('socket hang up');
    expect(await exists('after')).toBe(true);
  });

  test('nothing: passes', async () => {
    const seen: string[] = [];
    dynamoDb.intercept((operation) => void seen.push(operation));
    await put('passed');
    expect(await exists('passed')).toBe(true);
    expect(seen).toEqual(['PutItem', 'GetItem']);
  });
});

test('lives on when a caller goes away in the middle of a request', async () => {
  const { hostname, port } = new URL(dynamoDb.url);
  const net = await import('node:net');
  const socket = net.connect(Number(port), hostname);
  socket.write('POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100\r\n');
  socket.write('x-amz-target: DynamoDB_20120810.PutItem\r\n\r\n{"half');
  await new Promise((resolve) => socket.once('connect', resolve));
  await put('in-between');
  socket.resetAndDestroy();
  await put('gone-away');
  expect(await exists('gone-away')).toBe(true);
});
