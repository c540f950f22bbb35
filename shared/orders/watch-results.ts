import type { Context } from 'aws-lambda';
import { deadlineIn } from '../dmapi/deadline.ts';
import { inRequest, log } from '../log.ts';
import { reconcileOnSchedule } from '../reconciler/on-schedule.ts';
import type { Summary } from '../reconciler/summary.ts';
import type { Standing } from './attend.ts';
import type { Attendance } from './attendance.ts';
import { recordOrderMetrics } from './order-metrics.ts';
import { stay } from './stay.ts';

export interface WatchResultsOptions {
  /** One run of the reconciler. @default the one of this execution environment */
  readonly reconcile?: (event: unknown, context: Context) => Promise<Summary>;
  /** @default the one of this execution environment */
  readonly connect?: () => Promise<Attendance>;
  /** @default the timer of Node */
  readonly sleep?: (ms: number) => Promise<unknown>;
}

/** For seeing to the orders, after a run. */
const ATTENDING_MS = 15_000;

/**
 * The handler of the Lambda function that tells what became of requests: it reconciles, sees to the
 * orders that are open, and stays for what is young if the event says `stay`, as the schedule's does
 * and that of a function which has placed something. It returns the summary of its last run.
 *
 * @throws what the reconciler throws: a defect.
 */
export function watchResults(options: WatchResultsOptions = {}) {
  const { reconcile = reconcileOnSchedule(), connect = connectEnvironment, sleep } = options;

  async function run(event: unknown, context: Context): Promise<Summary> {
    const remainingMs = () => context.getRemainingTimeInMillis();
    let summary = await reconcile(event, context);
    const attendance = await connect();
    const attend = (looks: boolean) => attended(attendance, looks);
    const standing = await attend(true);
    if (Object(event).stay !== true || standing?.youngestMs === undefined) return summary;
    await stay({
      watch: await attendance.watch(context.awsRequestId, deadlineIn(remainingMs())),
      standing,
      remainingMs,
      ...(sleep && { sleep }),
      async look(looks) {
        summary = await reconcile(event, context);
        return await attend(looks);
      },
    });
    return summary;
  }

  return (event: unknown, context: Context) =>
    inRequest(context.awsRequestId, () => run(event, context));
}

/** A failure of it is no failure of the run: the next one sees to the orders. */
async function attended(attendance: Attendance, looks: boolean): Promise<Standing | undefined> {
  try {
    const standing = await attendance.attend(looks, deadlineIn(ATTENDING_MS));
    recordOrderMetrics(standing);
    return standing;
  } catch (error) {
    log().warn('orders could not be seen to', { reason: (error as Error).name });
    return undefined;
  }
}

/** Read at the first run, not at the start. */
async function connectEnvironment(): Promise<Attendance> {
  const { environmentAttendance } = await import('./environment-attendance.ts');
  return environmentAttendance();
}
