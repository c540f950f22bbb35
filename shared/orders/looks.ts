import { deadlineIn } from '../dmapi/deadline.ts';
import { log } from '../log.ts';
import type { Summary } from '../reconciler/summary.ts';
import type { Attendance } from './attendance.ts';
import { recordOrderMetrics } from './order-metrics.ts';
import type { Standing } from './standing.ts';

/** What a look at the results and at the orders has shown. */
export interface Seen {
  /** When the run of the reconciler began, epoch milliseconds. */
  readonly beganAtMs: number;
  /** How long one takes: as long as this one, or as those before, of which the older count for less. */
  readonly tookMs: number;
  /**
   * When the last one began that has looked at everything: what settles later is told by the next.
   * `undefined` before the first.
   */
  readonly askedAtMs: number | undefined;
  /** When the youngest that is open was placed; `undefined` where none is. */
  readonly youngestSinceMs: number | undefined;
}

/** What is known before a look. */
export type Known = Omit<Seen, 'beganAtMs'>;

/** Looks at the results and at the orders, and tells what they show. */
export interface Looks {
  /** @param looksFor whether orders of unknown outcome are looked for */
  look(looksFor: boolean, before: Known): Promise<Seen>;
  /** Of the last run of the reconciler. */
  readonly summary: Summary | undefined;
}

export interface LooksOptions {
  /** One run of the reconciler. */
  readonly reconcile: () => Promise<Summary>;
  readonly attendance: Attendance;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** For seeing to the orders, after a run. */
const ATTENDING_MS = 15_000;

/** Of how long a look took, what counts at the next. */
const FADING = 0.9;

/** The looks of one call of the function. They throw what the reconciler throws: a defect. */
export function createLooks({ reconcile, attendance, now }: LooksOptions): Looks {
  let summary: Summary | undefined;
  return {
    async look(looksFor, before) {
      const beganAtMs = now();
      summary = await reconcile();
      const tookMs = Math.max(now() - beganAtMs, before.tookMs * FADING);
      const askedAtMs = summary.outcome === 'completed' ? beganAtMs : before.askedAtMs;
      const standing = await attended(attendance, looksFor, before.askedAtMs);
      // Where the orders cannot be seen to, what was known of them holds.
      const { youngestSinceMs } = standing ?? before;
      return { beganAtMs, tookMs, askedAtMs, youngestSinceMs };
    },
    get summary() {
      return summary;
    },
  };
}

/** A failure of it is no failure of the run: the next one sees to the orders. */
async function attended(
  attendance: Attendance,
  looks: boolean,
  askedBeforeMs: number | undefined,
): Promise<Standing | undefined> {
  try {
    const deadline = deadlineIn(ATTENDING_MS);
    const standing = await attendance.attend({ looks, askedBeforeMs, deadline });
    recordOrderMetrics(standing);
    return standing;
  } catch (error) {
    log().warn('orders could not be seen to', { reason: (error as Error).name });
    return undefined;
  }
}
