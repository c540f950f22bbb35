import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SIMULATED_API_KEY } from '../../infra/local/registrar/credentials.ts';
import { startRegistrar } from '../../infra/local/registrar/registrar.ts';
import { AWS_REQUEST_HANDLER } from '../../shared/aws/aws-call.ts';
import { openTable } from '../../shared/aws/table.ts';
import { createClient } from '../../shared/dmapi/client.ts';
import { deadlineIn } from '../../shared/dmapi/deadline.ts';
import { readEndpoint } from '../../shared/dmapi/endpoint.ts';
import { createOrders, type OrderRequest } from '../../shared/orders/orders.ts';
import { readQueued } from '../../shared/reply/queued.ts';
import { createLogin } from '../../shared/session/login.ts';
import { createSession } from '../../shared/session/session.ts';
import { ownSessions } from '../own-sessions.ts';
import { ORDERS } from '../tables.ts';
import { startServices } from './services.ts';
import { inTurn, median, percentile, round } from './statistics.ts';
import type { Row, Table } from './table.ts';

const ROUNDS = 5;
const WARM_UP = 20;
const CALLS = 100;
/** What is ordered. */
const ORDERED = 'ns-create';

/** How an order is placed: bare, or with the guard that has it sent once. */
type Way = 'without' | 'with';

/**
 * An order with the guard beside the same order without: what it adds in time and in calls. Each
 * order is one of a domain of its own, one at a time; the reconciler is not woken.
 */
export async function benchOrders(): Promise<Table[]> {
  const measured: Record<Way, Measured[]> = { without: [], with: [] };
  for (let round = 0; round < ROUNDS; round++) {
    for (const way of inTurn(round, 'without' as Way, 'with' as Way)) {
      measured[way].push(await measure(way));
    }
  }
  const rows = [toRow('without', measured), toRow('with', measured)];
  return [{ title: `Order: with the guard and without, ${ROUNDS} × ${CALLS} orders`, rows }];
}

interface Measured {
  readonly durations: readonly number[];
  /** For each order. */
  readonly requests: number;
  readonly awsCalls: number;
}

async function measure(way: Way): Promise<Measured> {
  const registrar = await startRegistrar();
  const services = await startServices(registrar.url);
  await services.dynamoDb.createTable(ORDERS);
  const tables = new DynamoDBClient({
    endpoint: services.dynamoDb.url,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' },
    requestHandler: AWS_REQUEST_HANDLER,
  });
  try {
    const order = ordering(registrar.url, tables, way);
    for (let n = 0; n < WARM_UP; n++) await order(`warm-${n}.example.org`);
    const requestsBefore = registrar.requests.length;
    const callsBefore = sum(services.dynamoDb.calls);
    const durations: number[] = [];
    for (let n = 0; n < CALLS; n++) {
      const startedAtMs = performance.now();
      await order(`new-${n}.example.org`);
      durations.push(performance.now() - startedAtMs);
    }
    return {
      durations,
      requests: (registrar.requests.length - requestsBefore) / CALLS,
      awsCalls: (sum(services.dynamoDb.calls) - callsBefore) / CALLS,
    };
  } finally {
    tables.destroy();
    await Promise.all([services.close(), registrar.close()]);
  }
}

/** Orders in that way. A host stands for the domain: it is queued as one, and needs no balance. */
function ordering(url: string, tables: DynamoDBClient, way: Way) {
  const client = createClient(readEndpoint(url));
  const stored = { credentials: { apiKey: SIMULATED_API_KEY }, version: '1' };
  const credentials = { read: async () => stored, readAgain: async () => stored };
  const logIn = createLogin({ client, credentials, now: Date.now });
  const session = createSession({ client, source: ownSessions(logIn), now: Date.now });
  const orders = createOrders({
    session,
    openTable: (account, deadline) =>
      openTable(tables, { name: ORDERS.TableName, account, deadline }),
    maxOrderPrice: undefined,
    wake: async () => {},
    now: Date.now,
    newClaim: randomUUID,
  });

  return async (host: string): Promise<void> => {
    const deadline = deadlineIn(25_000);
    const params = { host, ip: '192.0.2.1' };
    const request: OrderRequest = {
      action: {
        name: ORDERED,
        access: 'cost',
        terms: { operation: 'create', takesMaxPrice: true },
      },
      input: { host },
      caller: 'bench',
      deadline,
      send: async (input) =>
        readQueued(
          await session.send({ name: ORDERED, access: 'cost', params }, deadline),
          ORDERED,
          input,
        ),
    };
    if (way === 'with') await orders.place(request, randomUUID());
    else await request.send({ host });
  };
}

function sum(calls: ReadonlyMap<string, number>): number {
  return [...calls.values()].reduce((total, count) => total + count, 0);
}

function toRow(way: Way, measured: Readonly<Record<Way, readonly Measured[]>>): Row {
  const of = (which: Way, figure: (one: Measured) => number) => median(measured[which].map(figure));
  const at = (share: number) => (one: Measured) => percentile(one.durations, share);
  const added = (figure: (one: Measured) => number) => of(way, figure) - of('without', figure);
  return {
    order: `${way} the guard`,
    'p50 ms': round(of(way, at(0.5)), 2),
    'added p50 ms': round(added(at(0.5)), 2),
    'p99 ms': round(of(way, at(0.99)), 2),
    'added p99 ms': round(added(at(0.99)), 2),
    requests: round(
      of(way, ({ requests }) => requests),
      2,
    ),
    'DynamoDB calls': round(
      of(way, ({ awsCalls }) => awsCalls),
      2,
    ),
  };
}
