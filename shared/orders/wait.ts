import { setTimeout as sleep } from 'node:timers/promises';
import { type Deadline, deadlineIn } from '../dmapi/deadline.ts';
import { referenceParams } from '../input/result-reference.ts';
import { log } from '../log.ts';
import type { Queued } from '../reply/queued.ts';
import { type Retrieved, readRetrieved } from '../reply/retrieved.ts';
import type { Session } from '../session/session.ts';

/** A request that has settled, with what result-retrieve tells of it. */
export interface Settled extends Omit<Queued, 'status'>, Omit<Retrieved, 'status'> {
  readonly status: 'ack' | 'nack';
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
  queued: Queued,
  seconds: number,
  deadline: Deadline,
): Promise<Settled | undefined> {
  const { svTrId, procId } = queued;
  if (svTrId === null && procId === null) return undefined;
  const patience = deadlineIn(Math.min(seconds * 1000, deadline.remainingMs() - ANSWER_MS));
  const reference = { svTrId: svTrId ?? undefined, procId: procId ?? undefined };
  for (let asked = 0; patience.remainingMs() > 0; asked++) {
    await sleep(Math.min(asked < SOON ? INTERVAL_MS : LATER_INTERVAL_MS, patience.remainingMs()));
    const told = await retrieve(session, reference, within(deadline));
    if (told?.status === 'ack' || told?.status === 'nack') {
      return { ...queued, ...told, status: told.status };
    }
  }
  return undefined;
}

/** The last look is worth a moment more than the caller has asked to wait. */
function within(deadline: Deadline): Deadline {
  return deadlineIn(Math.max(0, deadline.remainingMs() - ANSWER_MS));
}

async function retrieve(
  session: Session,
  reference: Parameters<typeof referenceParams>[0],
  deadline: Deadline,
): Promise<Retrieved | undefined> {
  const params = referenceParams(reference);
  try {
    const request = { name: 'result-retrieve', access: 'read', params } as const;
    return readRetrieved(await session.send(request, deadline));
  } catch (error) {
    log().warn('a result could not be asked for', { reason: (error as Error).name });
    return undefined;
  }
}
