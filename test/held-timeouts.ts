import { afterEach, jest } from '@jest/globals';

const restores: (() => void)[] = [];

afterEach(() => {
  for (const restore of restores.splice(0)) restore();
});

/** Timeouts that the code has asked for. */
export interface HeldTimeouts {
  /** How long each is to be, in milliseconds, in the order in which they were asked for. */
  readonly askedMs: readonly number[];
  /** Has those that there are so far pass. */
  pass(): void;
  /** Has those to come pass by the clock again. */
  restore(): void;
}

/**
 * Has the timeouts that are asked for from now on, to the end of the test, pass when the test says so;
 * those of no time at all pass at once, as ever.
 */
export function holdTimeouts(): HeldTimeouts {
  const askedMs: number[] = [];
  const held: AbortController[] = [];
  const spy = jest.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
    askedMs.push(ms);
    if (ms === 0) return AbortSignal.abort();
    const controller = new AbortController();
    held.push(controller);
    return controller.signal;
  });
  const restore = () => spy.mockRestore();
  restores.push(restore);
  return {
    askedMs,
    restore,
    pass() {
      for (const controller of held.splice(0)) controller.abort();
    },
  };
}
