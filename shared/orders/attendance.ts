import type { Deadline } from '../dmapi/deadline.ts';
import type { Standing } from './attend.ts';
import type { Watch } from './watch.ts';

/** What sees to the orders of the account. */
export interface Attendance {
  /** @param looks whether orders of unknown outcome are looked for */
  attend(looks: boolean, deadline: Deadline): Promise<Standing>;
  /** The right to stay, for this holder. */
  watch(holder: string, deadline: Deadline): Promise<Watch>;
}
