import type { Deadline } from '../dmapi/deadline.ts';
import type { Standing } from './standing.ts';
import type { Watch, WatchOptions } from './watch.ts';

/** How the orders are to be seen to. */
export interface Attending {
  /** Whether orders of unknown outcome are looked for, which asks the registrar. */
  readonly looks: boolean;
  /** When the registrar was asked before, epoch milliseconds; `undefined` where nobody knows. */
  readonly askedBeforeMs: number | undefined;
  readonly deadline: Deadline;
}

/** What sees to the orders of the account. */
export interface Attendance {
  attend(attending: Attending): Promise<Standing>;
  /** The right to stay. */
  watch(options: Omit<WatchOptions, 'now'>): Watch;
}
