import { randomUUID } from 'node:crypto';
import type { AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { AWS_REQUEST_HANDLER, callAws } from './aws-call.ts';
import { type Deadline, deadlineIn } from './dmapi/deadline.ts';

/** What all execution environments with the same credentials know of each other's sessions. */
export interface SharedState {
  readonly session: StoredSession | undefined;
  /** Until when another environment has the right to log in for all; 0 where none has. */
  readonly lockedUntilMs: number;
  /** Until when a login with that version of the secret need not be tried; it was refused. */
  readonly refused: { readonly secretVersion: string; readonly untilMs: number } | undefined;
}

export interface StoredSession {
  readonly authSid: string;
  /** The version of the secret that it was opened with. */
  readonly secretVersion: string;
  readonly account: string | undefined;
  readonly userAccess: string;
  readonly lifetimeMs: number;
  /** Epoch milliseconds. */
  readonly expiresAtMs: number;
}

/** The table cannot be used: whatever it would have given or kept, has to be done without. */
export class SessionTableError extends Error {
  override readonly name = 'SessionTableError';
}

/** One item in DynamoDB, for one secret. All throw SessionTableError. */
export interface SessionTable {
  read(deadline: Deadline): Promise<SharedState>;
  /**
   * Takes the right to log in for all, unless another has it or another session has come since.
   *
   * @param seen the session that is to be replaced, if there is one
   */
  lock(seen: StoredSession | undefined, time: LockTime): Promise<boolean>;
  /** Puts a new session, which ends the lock. */
  put(session: StoredSession): Promise<void>;
  /** Ends the lock because the login did not come off. */
  unlock(refused?: SharedState['refused']): Promise<void>;
  /** Notes that the session lives longer, if it is still the one. */
  prolong(authSid: string, expiresAtMs: number): Promise<void>;
  /** Removes the session, if it is still the one. */
  remove(authSid: string): Promise<void>;
}

export interface LockTime {
  readonly nowMs: number;
  readonly durationMs: number;
}

/** The table is there to save time: where it takes longer than that, a login is better. */
const PATIENCE_MS = 2000;
const MAX_ATTEMPTS = 2;

export interface SessionTableOptions {
  readonly tableName: string;
  /** What the sessions belong to; the functions' rights are bound to it. */
  readonly secretId: string;
  /** @default one that finds DynamoDB by the environment */
  readonly connect?: () => Promise<DynamoDBClient>;
}

type Values = Readonly<Record<string, AttributeValue>>;

/** Opens the item of a secret. The SDK is loaded at the first use. */
export function openSessionTable(options: SessionTableOptions): SessionTable {
  const { tableName: TableName, secretId, connect = connectByEnvironment } = options;
  const Key = { secret: { S: secretId } };
  const me = randomUUID();
  let client: Promise<DynamoDBClient> | undefined;

  async function use<T>(
    deadline: Deadline,
    call: (sdk: Sdk, client: DynamoDBClient, options: Abortable) => Promise<T>,
  ): Promise<T> {
    try {
      client ??= connect();
      const [sdk, connected] = await Promise.all([import('@aws-sdk/client-dynamodb'), client]);
      const patience = deadlineIn(Math.min(PATIENCE_MS, deadline.remainingMs()));
      return await callAws('Amazon DynamoDB', patience, (abort) => call(sdk, connected, abort));
    } catch (error) {
      throw new SessionTableError(`The table of sessions cannot be used (${nameOf(error)}).`, {
        cause: error,
      });
    }
  }

  /** @returns whether the condition held */
  async function update(expression: string, values: Values, condition?: string) {
    try {
      await use(deadlineIn(PATIENCE_MS), (sdk, connected, abort) =>
        connected.send(
          new sdk.UpdateItemCommand({
            TableName,
            Key,
            UpdateExpression: expression,
            ...(condition && { ConditionExpression: condition }),
            ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: { ...values } }),
          }),
          abort,
        ),
      );
      return true;
    } catch (error) {
      if (nameOf((error as Error).cause) === 'ConditionalCheckFailedException') return false;
      throw error;
    }
  }

  return {
    async read(deadline) {
      const { Item } = await use(deadline, (sdk, connected, abort) =>
        connected.send(new sdk.GetItemCommand({ TableName, Key, ConsistentRead: true }), abort),
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
          ...(seen && { ':seen': { S: seen.authSid } }),
        },
        // A try of this environment may have succeeded without an answer.
        `(attribute_not_exists(lockedUntilMs) OR lockedUntilMs <= :now OR lockedUntilMs > :absurd OR lockedBy = :me) AND ${
          seen ? 'authSid = :seen' : 'attribute_not_exists(authSid)'
        }`,
      ),
    async put(session) {
      const { authSid, secretVersion, account, userAccess, lifetimeMs, expiresAtMs } = session;
      await update(
        'SET authSid = :sid, secretVersion = :version, account = :account, userAccess = :access, lifetimeMs = :lifetime, expiresAtMs = :until, expiresAt = :ttl REMOVE lockedUntilMs, refusedVersion, refusedUntilMs',
        {
          ':sid': { S: authSid },
          ':version': { S: secretVersion },
          ':account': account === undefined ? { NULL: true } : { S: account },
          ':access': { S: userAccess },
          ':lifetime': number(lifetimeMs),
          ...expiry(expiresAtMs),
        },
      );
    },
    async unlock(refused) {
      if (!refused) return void (await update('REMOVE lockedUntilMs', {}));
      const { secretVersion, untilMs } = refused;
      await update(
        'SET refusedVersion = :version, refusedUntilMs = :until, expiresAt = :ttl REMOVE lockedUntilMs',
        { ':version': { S: secretVersion }, ...expiry(untilMs) },
      );
    },
    async prolong(authSid, expiresAtMs) {
      const values = { ':sid': { S: authSid }, ...expiry(expiresAtMs) };
      await update('SET expiresAtMs = :until, expiresAt = :ttl', values, 'authSid = :sid');
    },
    async remove(authSid) {
      const gone = 'REMOVE authSid, secretVersion, account, userAccess, lifetimeMs, expiresAtMs';
      await update(gone, { ':sid': { S: authSid } }, 'authSid = :sid');
    },
  };
}

type Sdk = typeof import('@aws-sdk/client-dynamodb');
type Abortable = { readonly abortSignal: AbortSignal };

async function connectByEnvironment(): Promise<DynamoDBClient> {
  const { DynamoDBClient } = await import('@aws-sdk/client-dynamodb');
  return new DynamoDBClient({ requestHandler: AWS_REQUEST_HANDLER, maxAttempts: MAX_ATTEMPTS });
}

function readItem(item: Values): SharedState {
  const refusedUntilMs = readNumber(item.refusedUntilMs);
  const secretVersion = item.refusedVersion?.S;
  return {
    session: readSession(item),
    lockedUntilMs: readNumber(item.lockedUntilMs) ?? 0,
    refused:
      secretVersion !== undefined && refusedUntilMs !== undefined
        ? { secretVersion, untilMs: refusedUntilMs }
        : undefined,
  };
}

function readSession(item: Values): StoredSession | undefined {
  const { authSid, secretVersion, account, userAccess, lifetimeMs, expiresAtMs } = item;
  if (!authSid?.S) return undefined;
  return {
    authSid: authSid.S,
    secretVersion: secretVersion?.S ?? '',
    account: account?.S,
    userAccess: userAccess?.S ?? '',
    lifetimeMs: readNumber(lifetimeMs) ?? 0,
    expiresAtMs: readNumber(expiresAtMs) ?? 0,
  };
}

function expiry(untilMs: number) {
  return { ':until': number(untilMs), ':ttl': number(Math.ceil(untilMs / 1000)) };
}

function number(value: number) {
  return { N: String(value) };
}

function readNumber(value: AttributeValue | undefined): number | undefined {
  return value?.N === undefined ? undefined : Number(value.N);
}

function nameOf(error: unknown): string {
  return (error as Error | undefined)?.name ?? 'unknown';
}
