import { setTimeout as realSleep } from 'node:timers/promises';
import { log } from '../log.ts';
import type { Looks, Seen } from './looks.ts';
import { SOON_MS } from './standing.ts';
import type { Watch } from './watch.ts';

export interface StayOptions {
  readonly watch: Watch;
  readonly looks: Looks;
  /** What the look has shown that has just been taken. */
  readonly seen: Seen;
  /** Milliseconds that are left of the function's time. */
  readonly remainingMs: () => number;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** @default the timer of Node */
  readonly sleep?: ((ms: number) => Promise<unknown>) | undefined;
}

const FIRST_MINUTE_MS = 60_000;
const OFTEN_MS = 5000;
const SELDOM_MS = 10_000;
/** Between two looks for an order of unknown outcome. */
const LOOKS_APART_MS = 60_000;
/** What is kept of the function's time: for one more look, and the sleep before it. */
export const ENDING_MS = 90_000;

/**
 * Stays while something that was placed less than ten minutes ago is open, and looks every five
 * seconds in its first minute, every ten from then on: at all of them at once. It ends as soon as
 * another has taken the watch, and before the function's time is over.
 *
 * @throws what the looks throw
 */
export async function stay(options: StayOptions): Promise<void> {
  const { watch, looks, remainingMs, now, sleep = realSleep } = options;
  let { seen } = options;
  let lookedForAtMs = now();
  do {
    while (isYoung(seen, now()) && remainingMs() > ENDING_MS) {
      if (!(await keeps(watch, seen.youngestSinceMs + SOON_MS))) return;
      await sleep(untilNext(seen, now()));
      const looksFor = now() - lookedForAtMs >= LOOKS_APART_MS;
      if (looksFor) lookedForAtMs = now();
      seen = await looks.look(looksFor, seen);
    }
    await end(watch);
    if (remainingMs() <= ENDING_MS) return;
    // Whoever has placed something a moment before has found the watch taken; and what has settled
    // since the registrar was asked can have been found open no more by others.
    seen = await looks.look(false, seen);
  } while (isYoung(seen, now()));
}

type Young = Seen & { readonly youngestSinceMs: number };

/** Whether something is open that the registrar is asked about more often than by the schedule. */
export function isYoung(seen: Seen, nowMs: number): seen is Young {
  return seen.youngestSinceMs !== undefined && nowMs - seen.youngestSinceMs < SOON_MS;
}

/**
 * Takes or keeps the watch. A table that fails does not tell that another has it: then this run looks
 * on, and the results are told by one run at a time all the same.
 */
export async function keeps(watch: Watch, neededUntilMs: number): Promise<boolean> {
  try {
    return await watch.keep(neededUntilMs);
  } catch (error) {
    log().warn('the watch over orders could not be kept', { reason: (error as Error).name });
    return true;
  }
}

/** Should it fail, the watch ends by the clock. */
async function end(watch: Watch): Promise<void> {
  await watch.end().catch(() => undefined);
}

/**
 * The next look begins earlier by what it takes: what settles right after the registrar was asked is
 * told within one period. A registrar that is slow is left alone for half of it.
 */
function untilNext({ beganAtMs, tookMs, youngestSinceMs }: Young, nowMs: number): number {
  const periodMs = nowMs - youngestSinceMs < FIRST_MINUTE_MS ? OFTEN_MS : SELDOM_MS;
  const nextAtMs = beganAtMs + Math.max(periodMs - tookMs, periodMs / 2);
  return Math.max(0, nextAtMs - nowMs);
}
