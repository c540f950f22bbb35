import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { Context } from 'aws-lambda';
import { startDynamoDb } from '../../../infra/local/aws/dynamodb.ts';
import { startEventBridge } from '../../../infra/local/aws/event-bridge.ts';
import { SIMULATED_API_KEY } from '../../../infra/local/registrar/credentials.ts';
import { startRegistrar } from '../../../infra/local/registrar/registrar.ts';
import { AWS_REQUEST_HANDLER } from '../../../shared/aws/aws-call.ts';
import { openTable } from '../../../shared/aws/table.ts';
import { type Deadline, deadlineIn } from '../../../shared/dmapi/deadline.ts';
import { readEndpoint } from '../../../shared/dmapi/endpoint.ts';
import { attend } from '../../../shared/orders/attend.ts';
import type { Attendance } from '../../../shared/orders/attendance.ts';
import { openOrderBook, SLOTS } from '../../../shared/orders/order-book.ts';
import { openWatch } from '../../../shared/orders/watch.ts';
import { watchResults } from '../../../shared/orders/watch-results.ts';
import { publishTo } from '../../../shared/reconciler/event-bus.ts';
import { createReconciler } from '../../../shared/reconciler/reconcile.ts';
import { settledAmong } from '../../../shared/reconciler/settled-results.ts';
import type { Summary } from '../../../shared/reconciler/summary.ts';
import { localClient } from '../../infra/local/aws/local-client.ts';
import { openSession } from '../../shared/http/serving.ts';
import { createStage, type Stage } from '../../shared/orders/stage.ts';
import { LEDGER, ORDERS } from '../../tables.ts';

/** What a request to the registrar is taken to last: on loopback it takes no time worth a name. */
export const REQUEST_MS = 200;
const START_MS = Date.UTC(2026, 10, 27, 12);
const FUNCTION_MS = 15 * 60_000;
const LEASE_MS = 55_000;
const ACCOUNT = '1000001';

/** With the time and the tries that the deployed clients have. */
function patient<T extends object>(config: T) {
  return { ...config, maxAttempts: 3, requestHandler: AWS_REQUEST_HANDLER };
}

/** The reconciler with its tables, bus and registrar on loopback, all on one clock that is played. */
export interface World {
  readonly stage: Stage;
  /** When the results were told, by svTrId. */
  readonly told: ReadonlyMap<string, number>;
  readonly cost: { requests: number; runs: number; calls: number; staysMs: number };
  readonly tableCalls: ReadonlyMap<string, number>;
  /** Places a request now that settles after so long, and notes it as the functions do. */
  place(settlesAfterMs: number): Promise<string>;
  /** Calls the function now. */
  invoke(event: object): Promise<void>;
  close(): Promise<void>;
}

export async function startWorld(): Promise<World> {
  process.env.POWERTOOLS_METRICS_DISABLED = 'true';
  const stage = createStage(START_MS);
  const { now, sleep } = stage;
  const [registrar, dynamoDb, eventBridge] = await Promise.all([
    startRegistrar({ now }),
    startDynamoDb(),
    startEventBridge({ now }),
  ]);
  await Promise.all([LEDGER, ORDERS].map(dynamoDb.createTable));
  eventBridge.createBus('bus');
  const client = new DynamoDBClient(patient(localClient(dynamoDb)));
  const bus = new EventBridgeClient(patient(localClient(eventBridge)));
  const open = ({ TableName: name }: { TableName: string }, deadline: Deadline) =>
    openTable(client, { name, account: ACCOUNT, deadline });
  const session = openSession(readEndpoint(registrar.url), async () => ({
    apiKey: SIMULATED_API_KEY,
  }));
  const reconciler = createReconciler({
    session,
    openTable: (_account, deadline) => open(LEDGER, deadline),
    publish: publishTo(bus, 'bus'),
    publishHistory: false,
    now,
  });

  const told = new Map<string, number>();
  const cost = { requests: 0, runs: 0, calls: 0, staysMs: 0 };

  /** What a run sees is as old as the run: it takes its time after the asking, before it has told. */
  async function reconcile(): Promise<Summary> {
    const from = eventBridge.delivered.length;
    const summary = await reconciler({
      id: `run-${++cost.runs}`,
      deadline: deadlineIn(60_000),
      answerBy: deadlineIn(70_000),
      leaseMs: LEASE_MS,
    });
    cost.requests += summary.requestsMade;
    await sleep(summary.requestsMade * REQUEST_MS);
    for (const { detail, ...event } of eventBridge.delivered.slice(from)) {
      const { svTrId } = Object(detail).result;
      if (event['detail-type'] !== 'Result Pending') told.set(svTrId, now());
    }
    return summary;
  }

  const attendance: Attendance = {
    attend: ({ looks, askedBeforeMs, deadline }) =>
      attend({
        book: openOrderBook(open(ORDERS, deadline), now),
        // Nothing here is of unknown outcome.
        placing: { lookFor: async (entry) => entry },
        isOpen: async () => false,
        settled: (references) => settledAmong(open(LEDGER, deadline), references),
        looks,
        askedBeforeMs,
        now,
        deadline,
      }),
    watch: (options) => openWatch(open(ORDERS, deadlineIn(600_000)), { ...options, now }),
  };
  const handler = watchResults({ reconcile, connect: async () => attendance, now, sleep });

  return {
    stage,
    told,
    cost,
    tableCalls: dynamoDb.calls,
    async place(settleAfterMs) {
      const { svTrId, procId } = registrar.addResult({ status: '?', settleAfterMs });
      const book = openOrderBook(open(ORDERS, deadlineIn(60_000)), now);
      const name = `${SLOTS}domain-renew/example.com/${svTrId}`;
      await book.take({ name, holder: null, claim: svTrId, svTrId, procId, sinceMs: now() });
      return svTrId;
    },
    async invoke(event) {
      const startedAtMs = now();
      const awsRequestId = `call-${++cost.calls}`;
      const getRemainingTimeInMillis = () => startedAtMs + FUNCTION_MS - now();
      await handler(event, { awsRequestId, getRemainingTimeInMillis } as Context);
      cost.staysMs += now() - startedAtMs;
    },
    async close() {
      client.destroy();
      bus.destroy();
      await Promise.all([registrar.close(), dynamoDb.close(), eventBridge.close()]);
    },
  };
}
