import { setTimeout as realSleep } from 'node:timers/promises';
import { type Deadline, deadlineIn } from '../dmapi/deadline.ts';
import type { Queued } from '../reply/queued.ts';
import type { Retrieved } from '../reply/retrieved.ts';
import type { Session } from '../session/session.ts';
import { retrieve } from './retrieve.ts';

/** A request that has settled, with what result-retrieve tells of it. */
export interface Settled extends Omit<Queued, 'status'>, Omit<Retrieved, 'status'> {
  readonly status: 'ack' | 'nack';
}

/** For how long to wait. */
export interface Patience {
  readonly seconds: number;
  /** Of the call: a moment of it is left for the answer. */
  readonly deadline: Deadline;
  /** @default the timer of Node */
  readonly sleep?: (ms: number) => Promise<unknown>;
}

/** Most take more than a few seconds, and the registrar asks to be spared. */
const INTERVAL_MS = 1000;
const LATER_INTERVAL_MS = 2000;
const SOON = 5;
/** What is left of a call for its answer. */
const ANSWER_MS = 500;

/**
 * Asks for the result of a request until it has settled, for so many seconds or until the deadline is
 * near. The request has been accepted: whatever goes wrong here leaves it so.
 *
 * @returns `undefined` while it has not settled
 */
export async function waitForResult(
  session: Session,
  { svTrId, procId, ...accepted }: Queued,
  { seconds, deadline, sleep = realSleep }: Patience,
): Promise<Settled | undefined> {
  if (svTrId === null && procId === null) return undefined;
  const endsAtMs = Math.max(deadline.remainingMs() - seconds * 1000, ANSWER_MS);
  const leftMs = () => deadline.remainingMs() - endsAtMs;
  // A timer can be early by less than a millisecond.
  for (let asked = 0; leftMs() >= 1; asked++) {
    await sleep(Math.min(asked < SOON ? INTERVAL_MS : LATER_INTERVAL_MS, leftMs()));
    // The last look is worth a moment more than the caller has asked to wait.
    const soon = deadlineIn(Math.max(0, deadline.remainingMs() - ANSWER_MS));
    const told = await retrieve(session, { svTrId, procId }, soon);
    if (told?.status === 'ack' || told?.status === 'nack') {
      return { ...accepted, svTrId, procId, ...told, status: told.status };
    }
  }
  return undefined;
}
