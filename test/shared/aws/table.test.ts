import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterEach, describe, expect, test } from '@jest/globals';
import {
  type AwsFault,
  type AwsReply,
  awsJson,
  startService,
} from '../../../infra/local/aws/service.ts';
import { openTable, type Table } from '../../../shared/aws/table.ts';
import { deadlineIn } from '../../../shared/dmapi/deadline.ts';
import { farAway } from '../../time.ts';
import { ACCOUNT, id, startRig } from '../reconciler/reconciling.ts';

const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

type Keys = Record<string, { S: string }>[];

interface BatchGet {
  readonly RequestItems: {
    readonly ledger: { readonly Keys: Keys; readonly ConsistentRead: boolean };
  };
}

const NEVER: AwsReply = { status: 500, body: {} };

/** DynamoDB where BatchGetItem gets to so many of the keys it is asked for. */
async function startBusy(processed: (keys: Keys) => number) {
  const asked: BatchGet['RequestItems']['ledger'][] = [];
  const { url, close } = await startService({
    protocol: awsJson('DynamoDB_20120810', '1.0'),
    faults: { throttled: NEVER, refused: NEVER, broken: NEVER },
    perform: (_, body) => {
      const request = (JSON.parse(body) as BatchGet).RequestItems.ledger;
      asked.push(request);
      const count = processed(request.Keys);
      const left = request.Keys.slice(count);
      const UnprocessedKeys = left.length > 0 ? { ledger: { ...request, Keys: left } } : {};
      return {
        status: 200,
        body: { Responses: { ledger: request.Keys.slice(0, count) }, UnprocessedKeys },
      };
    },
  });
  const client = new DynamoDBClient({
    endpoint: url,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  closers.push(close, async () => client.destroy());
  const options = { name: 'ledger', account: ACCOUNT, deadline: farAway() };
  return { asked, table: openTable(client, options) };
}

const entriesOf = (count: number) => Array.from({ length: count }, (_, n) => id(n));
const names = (items: readonly { readonly entry?: { readonly S?: string } }[]) =>
  items.map(({ entry }) => entry?.S).sort();

async function fill(table: Table, entries: readonly string[], text = '') {
  await Promise.all(entries.map((entry) => table.put(entry, { text: { S: text } })));
}

describe('many entries', () => {
  test('are read by as few calls as DynamoDB allows', async () => {
    const { table, dynamoDb } = await startRig();
    const entries = entriesOf(250);
    await fill(table, entries.slice(20), 'x');
    expect(names(await table.getAll(entries))).toEqual(entries.slice(20));
    expect(dynamoDb.calls.get('BatchGetItem')).toBe(3);
  });

  test('are none where none are asked for, without a call', async () => {
    const { table, dynamoDb } = await startRig();
    expect(await table.getAll([])).toEqual([]);
    expect(dynamoDb.calls.has('BatchGetItem')).toBe(false);
  });

  test('that DynamoDB did not get to are asked for again, they alone', async () => {
    const { table, asked } = await startBusy((keys) => Math.ceil(keys.length / 2));
    expect(names(await table.getAll(entriesOf(5)))).toEqual(entriesOf(5));
    expect(asked.map(({ Keys }) => Keys.map(({ entry }) => entry?.S))).toEqual([
      entriesOf(5),
      entriesOf(5).slice(3),
      entriesOf(5).slice(4),
    ]);
    expect(asked.every(({ ConsistentRead }) => ConsistentRead)).toBe(true);
  });

  test('that DynamoDB never gets to are unavailable', async () => {
    const { table, asked } = await startBusy(() => 0);
    await expect(table.getAll(entriesOf(2))).rejects.toMatchObject({
      name: 'AwsUnavailableError',
      message: 'Amazon DynamoDB cannot keep up now.',
    });
    expect(asked).toHaveLength(6);
  });
});

describe('entries that begin alike', () => {
  test('are all found, of several pages', async () => {
    const { table, dynamoDb } = await startRig();
    await fill(table, entriesOf(12), 'x'.repeat(200_000));
    await table.put('other', { text: { S: '' } });
    expect(names(await table.query('r'))).toEqual(entriesOf(12));
    expect(dynamoDb.calls.get('Query')).toBeGreaterThan(1);
  });

  test('are of one account', async () => {
    const rig = await startRig();
    await rig.table.put('a/1', {});
    const other = rig.openTable('2000002', farAway());
    await other.put('a/2', {});
    expect(names(await other.query('a/'))).toEqual(['a/2']);
    expect(await other.get('a/1')).toBeUndefined();
    expect(names(await other.getAll(['a/1', 'a/2']))).toEqual(['a/2']);
  });
});

describe('a write with a condition', () => {
  const values = { ':seven': { N: '7' } };

  test('that holds is done, and says so', async () => {
    const { table } = await startRig();
    expect(await table.put('a', { n: { N: '7' } })).toBe(true);
    const only = { condition: 'n = :seven', values };
    expect(await table.update('a', { set: 'SET m = :seven', ...only })).toMatchObject({
      m: { N: '7' },
    });
    expect(await table.put('a', { n: { N: '7' } }, only)).toBe(true);
    expect(await table.delete('a', only)).toBe(true);
    expect(await table.get('a')).toBeUndefined();
  });

  test('that does not hold is not, and says so', async () => {
    const { table } = await startRig();
    await table.put('a', { n: { N: '8' } });
    const only = { condition: 'n = :seven', values };
    expect(await table.put('a', {}, only)).toBe(false);
    expect(await table.update('a', { set: 'SET n = :seven', ...only })).toBeUndefined();
    expect(await table.delete('a', only)).toBe(false);
    expect(await table.get('a')).toMatchObject({ n: { N: '8' } });
  });
});

describe.each<[string, (table: Table) => Promise<unknown>]>([
  ['get', (table) => table.get('a')],
  ['getAll', (table) => table.getAll(['a'])],
  ['query', (table) => table.query('a')],
  ['put', (table) => table.put('a', {})],
  [
    'update',
    (table) =>
      table.update('a', { set: 'SET n = :n', condition: ':n = :n', values: { ':n': { N: '1' } } }),
  ],
  ['delete', (table) => table.delete('a', { condition: ':n = :n', values: { ':n': { N: '1' } } })],
])('%s', (_, act) => {
  test('fails as calls to AWS do', async () => {
    const { dynamoDb, table, openTable } = await startRig({ maxAttempts: 1 });
    const failures: readonly [AwsFault, object][] = [
      [
        'throttled',
        {
          name: 'AwsUnavailableError',
          message: 'Amazon DynamoDB cannot serve now (ProvisionedThroughputExceededException).',
        },
      ],
      ['broken', { name: 'AwsUnavailableError' }],
      ['refused', { name: 'AccessDeniedException' }],
    ];
    for (const [fault, error] of failures) {
      dynamoDb.fail(fault);
      await expect(act(table)).rejects.toMatchObject(error);
    }
    dynamoDb.fail('hanging');
    await expect(act(openTable(ACCOUNT, deadlineIn(50)))).rejects.toMatchObject({
      kind: 'timeout',
    });
  });
});
