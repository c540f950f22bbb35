import { setTimeout as sleep } from 'node:timers/promises';
import {
  type AttributeValue,
  BatchGetItemCommand,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Deadline } from '../dmapi/deadline.ts';
import { AwsUnavailableError } from '../failure.ts';
import { AWS_REQUEST_HANDLER, callAws } from './aws-call.ts';

/** What an item holds beside its keys. */
export type Attributes = Readonly<Record<string, AttributeValue>>;

/** A condition on an item as it is, in DynamoDB's expression language. */
export interface Condition {
  readonly condition: string;
  readonly values: Attributes;
}

/**
 * One account's part of a table whose keys are `account` and `entry`: the ledger, the orders, the zones.
 * Reads are strongly consistent: what one function has written, the next one sees. Conditional writes tell whether the
 * condition held.
 *
 * All throw what callAws throws.
 */
export interface Table {
  get(entry: string): Promise<Attributes | undefined>;
  /** Those of the entries that exist. */
  getAll(entries: readonly string[]): Promise<Attributes[]>;
  /** All entries that begin so. */
  query(prefix: string): Promise<Attributes[]>;
  put(entry: string, attributes: Attributes, only?: Condition): Promise<boolean>;
  /** @returns the whole item as it is now, or `undefined` where the condition did not hold. */
  update(entry: string, change: Update): Promise<Attributes | undefined>;
  delete(entry: string, only?: Condition): Promise<boolean>;
}

export interface Update extends Condition {
  /** An update expression. */
  readonly set: string;
}

const SERVICE = 'Amazon DynamoDB';
/** BatchGetItem takes no more. */
const MAX_KEYS = 100;
const MAX_ROUNDS = 6;
const FIRST_BACKOFF_MS = 50;

/** A client for `openTable`: one for each execution environment. */
export function createTableClient(): DynamoDBClient {
  return new DynamoDBClient({ requestHandler: AWS_REQUEST_HANDLER });
}

/** Opens an account's part of the table; nothing is sent yet. */
export function openTable(
  client: DynamoDBClient,
  { name, account, deadline }: TableOptions,
): Table {
  const TableName = name;
  const key = (entry: string) => ({ account: { S: account }, entry: { S: entry } });
  const call = <T>(send: (options: { readonly abortSignal: AbortSignal }) => Promise<T>) =>
    callAws(SERVICE, deadline, send);

  async function get(entry: string) {
    const command = new GetItemCommand({ TableName, Key: key(entry), ConsistentRead: true });
    return (await call((options) => client.send(command, options))).Item;
  }

  async function getAll(entries: readonly string[]) {
    const parts: Promise<Attributes[]>[] = [];
    for (let at = 0; at < entries.length; at += MAX_KEYS) {
      parts.push(getSome(entries.slice(at, at + MAX_KEYS).map(key)));
    }
    return (await Promise.all(parts)).flat();
  }

  /** What BatchGetItem has not got to, it hands back to be asked for again. */
  async function getSome(keys: Record<string, AttributeValue>[]): Promise<Attributes[]> {
    const found: Attributes[] = [];
    let left = keys;
    for (let round = 0; left.length > 0; round++) {
      if (round === MAX_ROUNDS) throw new AwsUnavailableError(`${SERVICE} cannot keep up now.`);
      if (round > 0) await backOff(round);
      const RequestItems = { [TableName]: { Keys: left, ConsistentRead: true } };
      const command = new BatchGetItemCommand({ RequestItems });
      const { Responses, UnprocessedKeys } = await call((options) => client.send(command, options));
      found.push(...(Responses?.[TableName] ?? []));
      left = UnprocessedKeys?.[TableName]?.Keys ?? [];
    }
    return found;
  }

  async function query(prefix: string) {
    const found: Attributes[] = [];
    let from: Record<string, AttributeValue> | undefined;
    do {
      const command = new QueryCommand({
        TableName,
        KeyConditionExpression: 'account = :account AND begins_with(entry, :prefix)',
        ExpressionAttributeValues: { ':account': { S: account }, ':prefix': { S: prefix } },
        ConsistentRead: true,
        ...(from && { ExclusiveStartKey: from }),
      });
      const page = await call((options) => client.send(command, options));
      found.push(...(page.Items ?? []));
      from = page.LastEvaluatedKey;
    } while (from);
    return found;
  }

  async function put(entry: string, attributes: Attributes, only?: Condition) {
    const Item = { ...attributes, ...key(entry) };
    const command = new PutItemCommand({ TableName, Item, ...(only && conditional(only)) });
    return (await held(call((options) => client.send(command, options)))) !== undefined;
  }

  async function update(entry: string, { set, ...only }: Update) {
    const command = new UpdateItemCommand({
      TableName,
      Key: key(entry),
      UpdateExpression: set,
      ...conditional(only),
      ReturnValues: 'ALL_NEW',
    });
    return (await held(call((options) => client.send(command, options))))?.Attributes;
  }

  async function remove(entry: string, only?: Condition) {
    const Key = key(entry);
    const command = new DeleteItemCommand({ TableName, Key, ...(only && conditional(only)) });
    return (await held(call((options) => client.send(command, options)))) !== undefined;
  }

  return { get, getAll, query, put, update, delete: remove };
}

export interface TableOptions {
  readonly name: string;
  readonly account: string;
  /** By when every call must be answered. */
  readonly deadline: Deadline;
}

function conditional({ condition, values }: Condition) {
  return { ConditionExpression: condition, ExpressionAttributeValues: { ...values } };
}

/** `undefined` where the condition did not hold. */
async function held<T>(write: Promise<T>): Promise<T | undefined> {
  try {
    return await write;
  } catch (error) {
    if ((error as Error).name === 'ConditionalCheckFailedException') return undefined;
    throw error;
  }
}

async function backOff(round: number): Promise<void> {
  await sleep(FIRST_BACKOFF_MS * 2 ** (round - 1) * (0.5 + Math.random() / 2));
}
