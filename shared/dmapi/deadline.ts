import { setMaxListeners } from 'node:events';
import { DmapiError } from './error.ts';

/** The moment by which a call must be answered, and the signal that fires at it. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Milliseconds left, never below 0. */
  remainingMs(): number;
}

/**
 * What the work comes to, if it does so in time. It is not ended: whatever it waits for has its own
 * eye on the deadline, and this is for the day when that fails.
 *
 * @throws DmapiError `timeout` once the deadline has passed
 */
export async function within<T>(deadline: Deadline, work: Promise<T>): Promise<T> {
  const { signal } = deadline;
  let expire: () => void = () => {};
  const expired = new Promise<never>((_, reject) => {
    expire = () => reject(new DmapiError('timeout', 'There was no answer in time.'));
    signal.addEventListener('abort', expire);
    if (signal.aborted) expire();
  });
  try {
    return await Promise.race([work, expired]);
  } finally {
    signal.removeEventListener('abort', expire);
  }
}

/** A deadline `ms` milliseconds from now, on the monotonic clock. */
export function deadlineIn(ms: number): Deadline {
  const endsAtMs = performance.now() + ms;
  // Whole milliseconds only, and not before the time has passed.
  const signal = AbortSignal.timeout(Math.ceil(ms));
  // Any number of calls may wait for it at once: that is no leak.
  setMaxListeners(0, signal);
  return {
    signal,
    remainingMs: () => Math.max(0, endsAtMs - performance.now()),
  };
}

/** The same deadline, so much earlier: for what leaves some time to do something else. */
export function earlier(deadline: Deadline, ms: number): Deadline {
  const remainingMs = () => Math.max(0, deadline.remainingMs() - ms);
  return { ...deadlineIn(Math.max(1, remainingMs())), remainingMs };
}
