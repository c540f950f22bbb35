import { setMaxListeners } from 'node:events';
import type { Deadline } from '../../shared/dmapi/deadline.ts';
import { CALL_BUDGET_MS } from '../../shared/http/serve.ts';
import { farAway } from '../time.ts';
import type { Row, Time } from './matrix.ts';
import type { Struck } from './strike.ts';

/** By when a call has to be answered, and a run has to be recorded after its own deadline. */
export interface Times {
  readonly deadline: Deadline;
  readonly answerBy: Deadline;
}

/** How long a call goes on once it has met the fault. */
export const LASTS_MS: Readonly<Record<Time, number>> = { full: CALL_BUDGET_MS, short: 500 };
/** Of a run's time, what is kept for recording. */
const RECORDING_MS = 200;
const LOOK_EVERY_MS = 10;
/**
 * What a run waits for an answer when it has so much time left: it has met the fault and its time is
 * over before that, however busy the machine.
 */
const WAITING_MS = 10_000;

/** For what is no part of the trial. */
export function ample(): Times {
  return { deadline: farAway(), answerBy: farAway() };
}

/**
 * The time of what is to meet a fault. It begins to pass when the fault is met, not before: how long a
 * busy machine takes to come so far proves nothing.
 */
export function timesOf(row: Row, struck: Struck): Times & { end(): void } {
  const lastsMs = LASTS_MS[row.time];
  const deadline = passing(struck, lastsMs, isWaitedFor(row) ? WAITING_MS : CALL_BUDGET_MS);
  // What the registrar does not let a run read leaves it all the time to record the rest.
  const answerBy = isWaitedFor(row) ? undefined : passing(struck, lastsMs + RECORDING_MS);
  return {
    deadline,
    answerBy: answerBy ?? farAway(),
    end() {
      deadline.end();
      answerBy?.end();
    },
  };
}

/** Whether the registrar gives no answer: a run waits for one as long as it may, and then carries on. */
export function isWaitedFor({ strike, time }: Row): boolean {
  return time === 'short' && !('how' in strike);
}

/** Until it has passed it says that so much time is left, be it over soon. */
function passing(struck: Struck, ms: number, saysMs = CALL_BUDGET_MS): Deadline & { end(): void } {
  const controller = new AbortController();
  const { signal } = controller;
  setMaxListeners(0, signal);
  let metAtMs: number | undefined;
  const timer = setInterval(() => {
    if (struck.isMet()) metAtMs ??= performance.now();
    if (metAtMs === undefined || performance.now() < metAtMs + ms) return;
    clearInterval(timer);
    controller.abort();
  }, LOOK_EVERY_MS);
  return {
    signal,
    remainingMs: () => (signal.aborted ? 0 : saysMs),
    end: () => clearInterval(timer),
  };
}
