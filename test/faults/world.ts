import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { type DynamoDb, startDynamoDb } from '../../infra/local/aws/dynamodb.ts';
import { type EventBridge, startEventBridge } from '../../infra/local/aws/event-bridge.ts';
import { type SimulatedRegistrar, startRegistrar } from '../../infra/local/registrar/registrar.ts';
import { AWS_REQUEST_HANDLER } from '../../shared/aws/aws-call.ts';
import { connectDynamoDb } from '../../shared/aws/dynamodb-client.ts';
import { openTable as openLedger } from '../../shared/aws/table.ts';
import { createClient } from '../../shared/dmapi/client.ts';
import { readEndpoint } from '../../shared/dmapi/endpoint.ts';
import { publishTo } from '../../shared/reconciler/event-bus.ts';
import { createReconciler, type Reconcile } from '../../shared/reconciler/reconcile.ts';
import { secretsManagerCredentials } from '../../shared/session/credentials.ts';
import { openDynamoDbSessionTable } from '../../shared/session/dynamodb-session-table.ts';
import { createLogin } from '../../shared/session/login.ts';
import { createSession, type Session } from '../../shared/session/session.ts';
import { sharedSessions } from '../../shared/session/shared-sessions.ts';
import { LEDGER, SESSIONS } from '../tables.ts';
import type { Secrets } from './secrets.ts';

/** What begins every API key here, so that none is overlooked where it must not be. */
export const KEY_PREFIX = 'canary-api-key-';
const BUS = 'results';

/** All that the functions talk to, on loopback, with one clock; an account of its own. */
export interface World {
  readonly registrar: SimulatedRegistrar;
  readonly dynamoDb: DynamoDb;
  readonly eventBridge: EventBridge;
  readonly secrets: Secrets;
  readonly secretId: string;
  readonly clock: { nowMs: number };
  /** A cold execution environment. */
  environment(): Environment;
  close(): Promise<void>;
}

/** The parts of one execution environment, put together as the functions have them. */
export interface Environment {
  readonly session: Session;
  readonly reconcile: Reconcile;
}

/** Starts one. `name` tells it from others. */
export async function openWorld(name: string, secrets: Secrets): Promise<World> {
  const clock = { nowMs: Date.parse('2026-11-01T12:00:00Z') };
  const now = () => clock.nowMs;
  const apiKey = `${KEY_PREFIX}${name}`;
  const secretId = `secret-${name}`;
  const [registrar, dynamoDb, eventBridge] = await Promise.all([
    startRegistrar({ now, credentials: [{ apiKey }], randomSeed: 1 }),
    startDynamoDb(),
    startEventBridge({ now }),
  ]);
  await Promise.all([SESSIONS, LEDGER].map(dynamoDb.createTable));
  eventBridge.createBus(BUS);
  secrets.put(secretId, apiKey);
  const clients = connect(dynamoDb, eventBridge);
  const stands = { registrar, dynamoDb, eventBridge, secrets, secretId, clock };
  return {
    ...stands,
    environment: () => createEnvironment({ ...stands, ...clients }),
    async close() {
      for (const client of [clients.ledger, clients.bus]) client.destroy();
      await Promise.all([registrar, dynamoDb, eventBridge].map((part) => part.close()));
    },
  };
}

type Parts = Omit<World, 'environment' | 'close'> & ReturnType<typeof connect>;

/** As environment-session.ts and the reconciler's environment do it, but for clock and addresses. */
function createEnvironment(parts: Parts): Environment {
  const { registrar, secretId, clock, sessions, ledger, bus } = parts;
  const now = () => clock.nowMs;
  const client = createClient(readEndpoint(registrar.url));
  const credentials = secretsManagerCredentials(secretId);
  const logIn = createLogin({ client, credentials, now });
  const tableName = SESSIONS.TableName;
  const openTable = () => openDynamoDbSessionTable({ tableName, secretId, dynamoDb: sessions });
  const source = sharedSessions({ openTable, credentials, logIn, now });
  const session = createSession({ client, source, now });
  const reconcile = createReconciler({
    session,
    openTable: (account, deadline) =>
      openLedger(ledger, { name: LEDGER.TableName, account, deadline }),
    publish: publishTo(bus, BUS),
    publishHistory: false,
    now,
  });
  return { session, reconcile };
}

/** As the code makes its clients: how often a call is tried is part of what happens. */
function connect(dynamoDb: DynamoDb, eventBridge: EventBridge) {
  const options = (endpoint: string) => ({
    endpoint,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    requestHandler: AWS_REQUEST_HANDLER,
  });
  return {
    sessions: connectDynamoDb({ ...options(dynamoDb.url), maxAttempts: 2 }),
    ledger: new DynamoDBClient(options(dynamoDb.url)),
    bus: new EventBridgeClient(options(eventBridge.url)),
  };
}
