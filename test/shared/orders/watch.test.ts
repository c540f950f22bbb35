import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type DynamoDb, startDynamoDb } from '../../../infra/local/aws/dynamodb.ts';
import { openTable } from '../../../shared/aws/table.ts';
import { openWatch } from '../../../shared/orders/watch.ts';
import { localClient } from '../../infra/local/aws/local-client.ts';
import { ORDERS } from '../../tables.ts';
import { farAway } from '../../time.ts';

const SECOND = 1000;
const MINUTE = 60_000;
const NOON = Date.UTC(2026, 10, 27, 12);

let dynamoDb: DynamoDb;
let client: DynamoDBClient;
let account = 0;
let nowMs: number;

beforeAll(async () => {
  dynamoDb = await startDynamoDb();
  await dynamoDb.createTable(ORDERS);
  client = new DynamoDBClient(localClient(dynamoDb));
});
afterAll(async () => {
  client.destroy();
  await dynamoDb.close();
});
beforeEach(() => {
  account++;
  nowMs = NOON;
});

/** The watch of a run that can stay for so long, by its own clock. */
function watchOf(holder: string, { staysMs = 13 * MINUTE, now = () => nowMs } = {}) {
  const deadline = farAway();
  const table = openTable(client, { name: 'orders', account: String(account), deadline });
  return openWatch(table, { holder, staysUntilMs: now() + staysMs, now });
}

test('one has it at a time, and keeps it', async () => {
  const one = watchOf('one');
  const other = watchOf('other');
  expect(await one.keep(NOON + 10 * MINUTE)).toBe(true);
  expect(await other.keep(NOON + 10 * MINUTE)).toBe(false);
  nowMs += 25 * SECOND;
  expect(await one.keep(NOON + 10 * MINUTE)).toBe(true);
  nowMs += 25 * SECOND;
  expect(await other.keep(NOON + 10 * MINUTE)).toBe(false);
});

test('of fifty who ask at once, one gets it', async () => {
  const watches = Array.from({ length: 50 }, (_, n) => watchOf(`run-${n}`));
  const kept = await Promise.all(watches.map((watch) => watch.keep(NOON + 10 * MINUTE)));
  expect(kept.filter(Boolean)).toHaveLength(1);
});

test('who gives it back leaves it to the next; who has lost it takes it from nobody', async () => {
  const one = watchOf('one');
  const other = watchOf('other');
  await one.keep(NOON + MINUTE);
  await other.end();
  expect(await other.keep(NOON + MINUTE)).toBe(false);
  await one.end();
  expect(await other.keep(NOON + MINUTE)).toBe(true);
  await one.end();
  expect(await one.keep(NOON + MINUTE)).toBe(false);
});

test('who has not kept it for half a minute has died', async () => {
  await watchOf('one').keep(NOON + 10 * MINUTE);
  const other = watchOf('other');
  nowMs += 30 * SECOND - 1;
  expect(await other.keep(NOON + 10 * MINUTE)).toBe(false);
  nowMs += 1;
  expect(await other.keep(NOON + 10 * MINUTE)).toBe(true);
});

test('who cannot stay for long enough gives way to one who can, and does not take it back', async () => {
  const old = watchOf('old', { staysMs: 9 * MINUTE });
  expect(await old.keep(NOON + 10 * MINUTE)).toBe(true);
  const young = watchOf('young');
  expect(await young.keep(NOON + 9 * MINUTE)).toBe(false);
  expect(await young.keep(NOON + 10 * MINUTE)).toBe(true);
  expect(await old.keep(NOON + 10 * MINUTE)).toBe(false);
});

test('who can stay no longer than the one who has it does not take it', async () => {
  expect(await watchOf('one', { staysMs: 3 * MINUTE }).keep(NOON + 10 * MINUTE)).toBe(true);
  expect(await watchOf('other', { staysMs: 3 * MINUTE }).keep(NOON + 10 * MINUTE)).toBe(false);
  expect(await watchOf('third', { staysMs: 2 * MINUTE }).keep(NOON + 10 * MINUTE)).toBe(false);
});

test('a clock that was wrong by an hour keeps nobody out', async () => {
  const ahead = watchOf('ahead', { now: () => nowMs + 60 * MINUTE });
  expect(await ahead.keep(NOON + 70 * MINUTE)).toBe(true);
  expect(await watchOf('one').keep(NOON + 10 * MINUTE)).toBe(true);
});

test('a try that was carried out without an answer is nobody else’s', async () => {
  const one = watchOf('one');
  let lost = 1;
  dynamoDb.intercept(() => (lost-- > 0 ? 'after' : undefined));
  await expect(one.keep(NOON + 10 * MINUTE)).rejects.toThrow('Amazon DynamoDB cannot serve now');
  dynamoDb.intercept(undefined);
  expect(await one.keep(NOON + 10 * MINUTE)).toBe(true);
});
