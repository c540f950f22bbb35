import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { afterEach } from '@jest/globals';
import { type DynamoDb, startDynamoDb } from '../../../infra/local/aws/dynamodb.ts';
import { type EventBridge, startEventBridge } from '../../../infra/local/aws/event-bridge.ts';
import { SIMULATED_API_KEY } from '../../../infra/local/registrar/credentials.ts';
import {
  type RegistrarOptions,
  type SimulatedRegistrar,
  startRegistrar,
} from '../../../infra/local/registrar/registrar.ts';
import { type Attributes, openTable, type Table } from '../../../shared/aws/table.ts';
import { readEndpoint } from '../../../shared/dmapi/endpoint.ts';
import { type Publish, publishTo } from '../../../shared/reconciler/event-bus.ts';
import {
  type Attempt,
  createReconciler,
  type Reconcile,
  type ReconcilerOptions,
} from '../../../shared/reconciler/reconcile.ts';
import type { ResultEventDetail } from '../../../shared/reconciler/result-event.ts';
import type { Summary } from '../../../shared/reconciler/summary.ts';
import type { Session } from '../../../shared/session/session.ts';
import { LEDGER } from '../../tables.ts';
import { farAway } from '../../time.ts';
import { openSession } from '../http/serving.ts';

export const DAY_MS = 86_400_000;
export const MINUTE_MS = 60_000;
export const ACCOUNT = '1000001';
const LEASE_MS = 55_000;

/** The reconciler with all it talks to, on loopback, and the one clock of them all. */
export interface Rig {
  readonly registrar: SimulatedRegistrar;
  readonly dynamoDb: DynamoDb;
  readonly eventBridge: EventBridge;
  readonly clock: Clock;
  /** Runs the reconciler of one execution environment. */
  run(attempt?: Partial<Attempt>): Promise<Summary>;
  /** Another execution environment, which remembers nothing. */
  environment(options?: Partial<EnvironmentOptions>): Reconcile;
  /** What was published so far, oldest first. */
  details(): ResultEventDetail[];
  /** The same as `<svTrId> <previous status> <status>`, each line once. */
  told(): string[];
  /** Direct access to the account's part of the ledger. */
  readonly table: Table;
  /** What `environment` uses unless told otherwise, to be wrapped. */
  readonly openTable: ReconcilerOptions['openTable'];
  readonly publish: Publish;
}

export interface Clock {
  nowMs: number;
}

export interface EnvironmentOptions {
  readonly publishHistory: boolean;
  readonly now: () => number;
  readonly session: Session;
  readonly openTable: ReconcilerOptions['openTable'];
  readonly publish: Publish;
}

const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

/** Ends what `startRig` has started; done after each test anyway. */
export async function closeRigs(): Promise<void> {
  await Promise.all(closers.splice(0).map((close) => close()));
}

export interface RigOptions extends RegistrarOptions {
  /** @default false */
  readonly publishHistory?: boolean;
  /** How often the SDK tries a call. @default its own 3 */
  readonly maxAttempts?: number;
}

export async function startRig(options: RigOptions = {}): Promise<Rig> {
  const { publishHistory = false, maxAttempts, ...more } = options;
  const clock: Clock = { nowMs: Date.parse('2026-11-01T12:00:00Z') };
  const now = () => clock.nowMs;
  const [registrar, dynamoDb, eventBridge] = await Promise.all([
    startRegistrar({ now, ...more }),
    startDynamoDb(),
    startEventBridge({ now }),
  ]);
  closers.push(...[registrar, dynamoDb, eventBridge].map((part) => () => part.close()));
  await dynamoDb.createTable(LEDGER);
  eventBridge.createBus('results');

  const tables = new DynamoDBClient(clientOptions(dynamoDb.url, maxAttempts));
  const bus = new EventBridgeClient(clientOptions(eventBridge.url, maxAttempts));
  closers.push(...[tables, bus].map((client) => async () => client.destroy()));
  const open: ReconcilerOptions['openTable'] = (account, deadline) =>
    openTable(tables, { name: 'ledger', account, deadline });
  const publish = publishTo(bus, 'results');
  const environment = (changed: Partial<EnvironmentOptions> = {}) =>
    createReconciler({
      session: openSession(readEndpoint(registrar.url), async () => ({
        apiKey: SIMULATED_API_KEY,
      })),
      openTable: open,
      publish,
      publishHistory,
      now,
      ...changed,
    });
  const reconcile = environment();
  let runs = 0;
  const details = () =>
    eventBridge.delivered.map(({ detail }) => detail as unknown as ResultEventDetail);
  return {
    registrar,
    dynamoDb,
    eventBridge,
    clock,
    environment,
    run: (attempt = {}) => reconcile({ ...inTime(`run-${++runs}`), ...attempt }),
    details,
    told: () => [...new Set(details().map(toLine))],
    table: openTable(tables, { name: 'ledger', account: ACCOUNT, deadline: farAway() }),
    openTable: open,
    publish,
  };
}

/** All that the ledger holds of an account. DynamoDB wants the beginning of a key. */
export async function everything(table: Table): Promise<Attributes[]> {
  const places = ['run', 'open/', 'settled/', 'baseline/'];
  return (await Promise.all(places.map((place) => table.query(place)))).flat();
}

/** A run with time enough on any machine: what a run may take is another test's business. */
export function inTime(id: string): Attempt {
  return { id, deadline: farAway(), answerBy: farAway(), leaseMs: LEASE_MS };
}

export function toLine({ previousStatus, result }: ResultEventDetail): string {
  return `${result.svTrId} ${previousStatus} ${result.status}`;
}

/** A tracking id that tells what it is for. The simulator wants lower case. */
export function id(n: number, kind = 'r'): string {
  return `${kind}${String(n).padStart(6, '0')}`;
}

function clientOptions(endpoint: string, maxAttempts: number | undefined) {
  return {
    endpoint,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    ...(maxAttempts !== undefined && { maxAttempts }),
  };
}
