import type { Context } from 'aws-lambda';
import { deadlineIn } from '../dmapi/deadline.ts';
import { inRequest, log } from '../log.ts';
import { recordMetrics } from './metrics.ts';
import type { Attempt, Reconcile } from './reconcile.ts';
import type { Summary } from './summary.ts';

/** Of the function's time, what is kept for recording what was begun, and for the answer. */
const RECORDING_MS = 15_000;
const ANSWERING_MS = 2000;
/** The function may live for longer than one run: what has died shall not keep the next one out. */
const RUN_MS = 55_000;

/**
 * The handler of the Lambda function that reconciles on a schedule; what the schedule sends does not
 * matter. It returns, logs and measures what the run has come to.
 *
 * @throws what the reconciler throws: a defect.
 */
export function reconcileOnSchedule(
  connect: () => Reconcile | Promise<Reconcile> = connectEnvironment,
) {
  let reconcile: Reconcile | undefined;

  async function run(context: Context): Promise<Summary> {
    // At the first call, so that a wrong environment variable fails a run and not the start.
    reconcile ??= await connect();
    const summary = await reconcile(toAttempt(context));
    recordMetrics(summary);
    if (summary.outcome === 'failed') log().warn('not reconciled', { ...summary });
    else log().info('reconciled', { ...summary });
    return summary;
  }

  return (_event: unknown, context: Context) => inRequest(context.awsRequestId, () => run(context));
}

/** What a run needs is most of the bundle: read at the first one, not at the start. */
async function connectEnvironment(): Promise<Reconcile> {
  const { environmentReconciler } = await import('./environment-reconciler.ts');
  return environmentReconciler();
}

function toAttempt({ awsRequestId, getRemainingTimeInMillis }: Context): Attempt {
  const remainingMs = Math.min(getRemainingTimeInMillis(), RUN_MS);
  return {
    id: awsRequestId,
    deadline: deadlineIn(Math.max(0, remainingMs - RECORDING_MS)),
    answerBy: deadlineIn(Math.max(0, remainingMs - ANSWERING_MS)),
    leaseMs: remainingMs,
  };
}
