import type { Context } from 'aws-lambda';
import { inRequest } from '../log.ts';
import { reconcileOnSchedule } from '../reconciler/on-schedule.ts';
import type { Summary } from '../reconciler/summary.ts';
import type { Attendance } from './attendance.ts';
import { createLooks } from './looks.ts';
import { SOON_MS } from './standing.ts';
import { ENDING_MS, isYoung, keeps, stay } from './stay.ts';

export interface WatchResultsOptions {
  /** One run of the reconciler. @default the one of this execution environment */
  readonly reconcile?: (event: unknown, context: Context) => Promise<Summary>;
  /** @default the one of this execution environment */
  readonly connect?: () => Promise<Attendance>;
  /** Epoch milliseconds. @default Date.now */
  readonly now?: () => number;
  /** @default the timer of Node */
  readonly sleep?: (ms: number) => Promise<unknown>;
}

/**
 * The handler of the Lambda function that tells what became of requests: it reconciles, and sees to
 * the orders that are open. It stays for what is young if the event says so: `placed`, from a
 * function that has placed something, which is over at once where another run stays for it already;
 * or `stay`, from the schedule, in case that nobody does.
 *
 * It returns the summary of its last run, nothing where there was none, and throws what the
 * reconciler throws: a defect.
 */
export function watchResults(options: WatchResultsOptions = {}) {
  const { reconcile = reconcileOnSchedule(), connect = connectEnvironment } = options;
  const { now = Date.now, sleep } = options;

  async function run(event: unknown, context: Context): Promise<Summary | undefined> {
    const remainingMs = () => context.getRemainingTimeInMillis();
    const { isPlaced, stays } = read(event);
    const startedAtMs = now();
    const attendance = await connect();
    const staysUntilMs = startedAtMs + remainingMs() - ENDING_MS;
    const watch = attendance.watch({ holder: context.awsRequestId, staysUntilMs });
    if (isPlaced && !(await keeps(watch, startedAtMs + SOON_MS))) return undefined;

    const looks = createLooks({ reconcile: () => reconcile(event, context), attendance, now });
    const youngestSinceMs = isPlaced ? startedAtMs : undefined;
    const seen = await looks.look(true, { askedAtMs: undefined, tookMs: 0, youngestSinceMs });
    if (isPlaced || (stays && isYoung(seen, now()))) {
      await stay({ watch, looks, seen, remainingMs, now, sleep });
    }
    return looks.summary;
  }

  return (event: unknown, context: Context) =>
    inRequest(context.awsRequestId, () => run(event, context));
}

function read(event: unknown) {
  const { placed, stay: stays } = Object(event);
  return { isPlaced: placed === true, stays: stays === true };
}

/** Read at the first run, not at the start. */
async function connectEnvironment(): Promise<Attendance> {
  const { environmentAttendance } = await import('./environment-attendance.ts');
  return environmentAttendance();
}
