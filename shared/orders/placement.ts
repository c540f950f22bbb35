import type { Deadline } from '../dmapi/deadline.ts';
import type { Queued } from '../reply/queued.ts';
import type { Before } from './order.ts';

/** A request that is to be sent once, whatever becomes of the answer to it. */
export interface Placement {
  /** The action. */
  readonly action: string;
  /** Whether it can cost money: then one at a time is open for a domain. */
  readonly isOrder: boolean;
  readonly allowDuplicate: boolean;
  /** Whether it is sent with a clTrId of ours where the caller gives none. */
  readonly takesClTrId: boolean;
  readonly caller: string;
  readonly key: string;
  /** Validated. */
  readonly input: object;
  readonly requestObject: string | null;
  /** The caller's own. */
  readonly clTrId: string | undefined;
  readonly deadline: Deadline;
  /** Sees to it that what is sent is what is wanted, with what was noted. Throws to send nothing. */
  check(before: Before): Promise<void>;
  /** Sends it. */
  send(clTrId: string | null): Promise<Queued>;
}
