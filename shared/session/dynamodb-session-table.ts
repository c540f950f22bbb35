import { randomUUID } from 'node:crypto';
import { AWS_REQUEST_HANDLER, callAws } from '../aws/aws-call.ts';
import type { DynamoDb } from '../aws/dynamodb-client.ts';
import type { Deadline } from '../dmapi/deadline.ts';
import { DmapiError } from '../dmapi/error.ts';
import {
  type LockTime,
  type SessionTable,
  SessionTableError,
  type SharedState,
  type StoredSession,
} from './session-table.ts';

const MAX_ATTEMPTS = 2;

export interface DynamoDbSessionTableOptions {
  readonly tableName: string;
  /** The key of the item: what the sessions belong to. The functions' rights are bound to it. */
  readonly secretId: string;
  /** @default one that finds DynamoDB by the environment */
  readonly dynamoDb?: DynamoDb;
}

type Item = NonNullable<Awaited<ReturnType<DynamoDb['getItem']>>['Item']>;

/** The item of a secret in a DynamoDB table. Nothing is sent yet. */
export async function openDynamoDbSessionTable(
  options: DynamoDbSessionTableOptions,
): Promise<SessionTable> {
  const { tableName: TableName, secretId, dynamoDb = await connectByEnvironment() } = options;
  const Key = { secret: { S: secretId } };
  const me = randomUUID();

  /** @returns whether the condition held */
  async function update({ set, values, condition }: Update, deadline: Deadline): Promise<boolean> {
    const input = {
      TableName,
      Key,
      UpdateExpression: set,
      ExpressionAttributeValues: { ...values },
      ...(condition && { ConditionExpression: condition }),
    };
    try {
      await use(deadline, (abort) => dynamoDb.updateItem(input, abort));
      return true;
    } catch (error) {
      if (nameOf((error as Error).cause) === 'ConditionalCheckFailedException') return false;
      throw error;
    }
  }

  return {
    async read(deadline) {
      const input = { TableName, Key, ConsistentRead: true };
      const { Item } = await use(deadline, (abort) => dynamoDb.getItem(input, abort));
      return readItem(Item ?? {});
    },
    lock: (seen, time, deadline) => update(lockUpdate(me, seen, time), deadline),
    async put({ sealed, expiresAtMs }, deadline) {
      const set =
        'SET sealed = :sealed, expiresAtMs = :until, expiresAt = :ttl REMOVE lockedUntilMs, refused';
      await update({ set, values: { ':sealed': { S: sealed }, ...expiry(expiresAtMs) } }, deadline);
    },
    async unlock(deadline) {
      const values = { ':me': { S: me } };
      await update({ set: 'REMOVE lockedUntilMs', values, condition: 'lockedBy = :me' }, deadline);
    },
    async noteRefusal(sealed, untilMs, deadline) {
      const set = 'SET refused = :refused, expiresAt = if_not_exists(expiresAt, :ttl)';
      const { ':ttl': ttl } = expiry(untilMs);
      await update({ set, values: { ':refused': { S: sealed }, ':ttl': ttl } }, deadline);
    },
    async prolong({ sealed, expiresAtMs }, deadline) {
      const set = 'SET expiresAtMs = :until, expiresAt = :ttl';
      const values = { ':sealed': { S: sealed }, ...expiry(expiresAtMs) };
      const condition = 'sealed = :sealed AND expiresAtMs < :until';
      await update({ set, values, condition }, deadline);
    },
    async remove({ sealed }, deadline) {
      const values = { ':sealed': { S: sealed } };
      const set = 'REMOVE sealed, expiresAtMs';
      await update({ set, values, condition: 'sealed = :sealed' }, deadline);
    },
  };
}

/** A change of the item, in DynamoDB's expression language. */
interface Update {
  readonly set: string;
  readonly values: Item;
  readonly condition?: string;
}

function lockUpdate(
  me: string,
  seen: StoredSession | undefined,
  { nowMs, durationMs }: LockTime,
): Update {
  const isFree = [
    'attribute_not_exists(lockedUntilMs)',
    'lockedUntilMs <= :now',
    // Nobody locks for longer: whoever wrote that had a clock that was wrong.
    'lockedUntilMs > :absurd',
    // A try of this environment may have succeeded without an answer.
    'lockedBy = :me',
  ].join(' OR ');
  const isSeen = seen ? 'sealed = :seen' : 'attribute_not_exists(sealed)';
  return {
    set: 'SET lockedUntilMs = :until, lockedBy = :me',
    values: {
      ':me': { S: me },
      ':until': number(nowMs + durationMs),
      ':now': number(nowMs),
      ':absurd': number(nowMs + 2 * durationMs),
      ...(seen && { ':seen': { S: seen.sealed } }),
    },
    condition: `(${isFree}) AND ${isSeen}`,
  };
}

/** The SDK is loaded here. */
async function connectByEnvironment(): Promise<DynamoDb> {
  const { connectDynamoDb } = await import('../aws/dynamodb-client.ts');
  return connectDynamoDb({ requestHandler: AWS_REQUEST_HANDLER, maxAttempts: MAX_ATTEMPTS });
}

async function use<T>(
  deadline: Deadline,
  call: (options: { readonly abortSignal: AbortSignal }) => Promise<T>,
): Promise<T> {
  try {
    return await callAws('Amazon DynamoDB', deadline, call);
  } catch (error) {
    throw new SessionTableError(`The table of sessions cannot be used (${reasonOf(error)}).`, {
      cause: error,
    });
  }
}

function readItem({ sealed, expiresAtMs, lockedUntilMs, refused }: Item): SharedState {
  return {
    session:
      sealed?.S === undefined
        ? undefined
        : { sealed: sealed.S, expiresAtMs: readNumber(expiresAtMs) },
    lockedUntilMs: readNumber(lockedUntilMs),
    refused: refused?.S,
  };
}

/** DynamoDB deletes an item some time after `expiresAt`, in epoch seconds. */
function expiry(untilMs: number) {
  return { ':until': number(untilMs), ':ttl': number(Math.ceil(untilMs / 1000)) };
}

function number(value: number) {
  return { N: String(value) };
}

function readNumber(value: Item[string] | undefined): number {
  return Number(value?.N ?? 0);
}

function nameOf(error: unknown): string {
  return (error as Error | undefined)?.name ?? 'unknown';
}

function reasonOf(error: unknown): string {
  return error instanceof DmapiError ? error.kind : nameOf(error);
}
