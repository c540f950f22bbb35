import { randomUUID } from 'node:crypto';
import { AWS_REQUEST_HANDLER, callAws } from './aws-call.ts';
import { deadlineIn } from './dmapi/deadline.ts';
import { DmapiError } from './dmapi/error.ts';
import type { DynamoDb } from './dynamodb-client.ts';
import { type SessionTable, SessionTableError, type SharedState } from './session-table.ts';

/** The table is there to save time: where a call takes longer than that, a login is better. */
const PATIENCE_MS = 4000;
const MAX_ATTEMPTS = 2;

export interface DynamoDbSessionTableOptions {
  readonly tableName: string;
  /** The key of the item: what the sessions belong to. The functions' rights are bound to it. */
  readonly secretId: string;
  /** @default one that finds DynamoDB by the environment */
  readonly dynamoDb?: DynamoDb;
  /** How long a call may take, in milliseconds. @default 4 s */
  readonly patienceMs?: number;
}

type Item = NonNullable<Awaited<ReturnType<DynamoDb['getItem']>>['Item']>;

/** The item of a secret in a DynamoDB table. Nothing is sent yet. */
export async function openDynamoDbSessionTable(
  options: DynamoDbSessionTableOptions,
): Promise<SessionTable> {
  const { tableName: TableName, secretId } = options;
  const { dynamoDb = await connectByEnvironment(), patienceMs = PATIENCE_MS } = options;
  const Key = { secret: { S: secretId } };
  const me = randomUUID();

  /** @returns whether the condition held */
  async function update(expression: string, values: Item, condition?: string): Promise<boolean> {
    const input = {
      TableName,
      Key,
      UpdateExpression: expression,
      ...(condition && { ConditionExpression: condition }),
      ExpressionAttributeValues: { ...values },
    };
    try {
      await use(patienceMs, (abort) => dynamoDb.updateItem(input, abort));
      return true;
    } catch (error) {
      if (nameOf((error as Error).cause) === 'ConditionalCheckFailedException') return false;
      throw error;
    }
  }

  return {
    async read(deadline) {
      const input = { TableName, Key, ConsistentRead: true };
      const { Item } = await use(Math.min(patienceMs, deadline.remainingMs()), (abort) =>
        dynamoDb.getItem(input, abort),
      );
      return readItem(Item ?? {});
    },
    lock: (seen, { nowMs, durationMs }) =>
      update(
        'SET lockedUntilMs = :until, lockedBy = :me',
        {
          ':me': { S: me },
          ':until': number(nowMs + durationMs),
          ':now': number(nowMs),
          // Nobody locks for longer: whoever wrote that had a clock that was wrong by more.
          ':absurd': number(nowMs + 2 * durationMs),
          ...(seen && { ':seen': { S: seen.sealed } }),
        },
        // A try of this environment may have succeeded without an answer.
        `(attribute_not_exists(lockedUntilMs) OR lockedUntilMs <= :now OR lockedUntilMs > :absurd OR lockedBy = :me) AND ${
          seen ? 'sealed = :seen' : 'attribute_not_exists(sealed)'
        }`,
      ),
    async put({ sealed, expiresAtMs }) {
      await update(
        'SET sealed = :sealed, expiresAtMs = :until, expiresAt = :ttl REMOVE lockedUntilMs, refusedBy, refusedUntilMs',
        { ':sealed': { S: sealed }, ...expiry(expiresAtMs) },
      );
    },
    async unlock(refused) {
      const mine = { ':me': { S: me } };
      const change = refused
        ? 'SET refusedBy = :credentials, refusedUntilMs = :until, expiresAt = :ttl REMOVE lockedUntilMs'
        : 'REMOVE lockedUntilMs';
      const values = refused && {
        ':credentials': { S: refused.fingerprint },
        ...expiry(refused.untilMs),
      };
      await update(change, { ...mine, ...values }, 'lockedBy = :me');
    },
    async prolong(sealed, expiresAtMs) {
      const values = { ':sealed': { S: sealed }, ...expiry(expiresAtMs) };
      await update('SET expiresAtMs = :until, expiresAt = :ttl', values, 'sealed = :sealed');
    },
    async remove(sealed) {
      const values = { ':sealed': { S: sealed } };
      await update('REMOVE sealed, expiresAtMs', values, 'sealed = :sealed');
    },
  };
}

/** The SDK is loaded here. */
async function connectByEnvironment(): Promise<DynamoDb> {
  const { connectDynamoDb } = await import('./dynamodb-client.ts');
  return connectDynamoDb({ requestHandler: AWS_REQUEST_HANDLER, maxAttempts: MAX_ATTEMPTS });
}

async function use<T>(
  patienceMs: number,
  call: (options: { readonly abortSignal: AbortSignal }) => Promise<T>,
): Promise<T> {
  try {
    return await callAws('Amazon DynamoDB', deadlineIn(patienceMs), call);
  } catch (error) {
    throw new SessionTableError(`The table of sessions cannot be used (${reasonOf(error)}).`, {
      cause: error,
    });
  }
}

function readItem({ sealed, expiresAtMs, lockedUntilMs, refusedBy, refusedUntilMs }: Item) {
  const state: SharedState = {
    session:
      sealed?.S !== undefined
        ? { sealed: sealed.S, expiresAtMs: readNumber(expiresAtMs) }
        : undefined,
    lockedUntilMs: readNumber(lockedUntilMs),
    refused: refusedBy?.S
      ? { fingerprint: refusedBy.S, untilMs: readNumber(refusedUntilMs) }
      : undefined,
  };
  return state;
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
