import type { Context } from 'aws-lambda';
import { deadlineIn } from '../dmapi/deadline.ts';
import { environmentSession } from '../environment-session.ts';
import { log } from '../log.ts';
import { readReconcilerSettings } from '../settings.ts';
import { createEventBusClient, publishTo } from './event-bus.ts';
import { recordMetrics } from './metrics.ts';
import { type Attempt, createReconciler, type Reconcile } from './reconcile.ts';
import type { Summary } from './summary.ts';
import { createTableClient, openTable } from './table.ts';

/** Of the function's time, what is kept for recording what was begun, and for the answer. */
const RECORDING_MS = 15_000;
const ANSWERING_MS = 2000;

/**
 * The handler of the Lambda function that reconciles on a schedule; what the schedule sends does not
 * matter. It returns, logs and measures what the run has come to.
 *
 * @throws what the reconciler throws: a defect.
 */
export function reconcileOnSchedule(connect: () => Reconcile = connectEnvironment) {
  let reconcile: Reconcile | undefined;

  return async (_event: unknown, context: Context): Promise<Summary> => {
    // At the first call, so that a wrong environment variable fails a run and not the start.
    reconcile ??= connect();
    const summary = await reconcile(toAttempt(context));
    recordMetrics(summary);
    if (summary.outcome === 'failed') log.warn('not reconciled', { ...summary });
    else log.info('reconciled', { ...summary });
    return summary;
  };
}

function connectEnvironment(): Reconcile {
  const { tableName, busName, publishHistory } = readReconcilerSettings();
  const tables = createTableClient();
  return createReconciler({
    session: environmentSession(),
    openTable: (account, deadline) => openTable(tables, { name: tableName, account, deadline }),
    publish: publishTo(createEventBusClient(), busName),
    publishHistory,
    now: Date.now,
  });
}

function toAttempt({ awsRequestId, getRemainingTimeInMillis }: Context): Attempt {
  const remainingMs = getRemainingTimeInMillis();
  return {
    id: awsRequestId,
    deadline: deadlineIn(Math.max(0, remainingMs - RECORDING_MS)),
    answerBy: deadlineIn(Math.max(0, remainingMs - ANSWERING_MS)),
    leaseMs: remainingMs,
  };
}
