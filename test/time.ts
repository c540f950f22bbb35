import { setMaxListeners } from 'node:events';
import { type Deadline, deadlineIn } from '../shared/dmapi/deadline.ts';

/** More than what any machine takes for anything here: for budgets that no test is about. */
export const AMPLE_MS = 600_000;

/** A deadline that nothing misses, however slow the machine. */
export function farAway(): Deadline {
  return deadlineIn(AMPLE_MS);
}

/** A deadline that passes when the test says so, and not before: no machine is too slow for it. */
export interface DeadlineAtWill extends Deadline {
  pass(): void;
}

/** @param remainingMs what is said to be left until it has passed */
export function deadlineAtWill(remainingMs = AMPLE_MS): DeadlineAtWill {
  const controller = new AbortController();
  const { signal } = controller;
  // As with a deadline by the clock, any number of calls may wait for it.
  setMaxListeners(0, signal);
  return {
    signal,
    remainingMs: () => (signal.aborted ? 0 : remainingMs),
    pass: () => controller.abort(),
  };
}

/** Milliseconds of the processor that the work takes: what else it is busy with does not count. */
export async function cpuMs(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Waits for something to happen, for as long as that takes. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise(setImmediate);
}
