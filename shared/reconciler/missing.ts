import type { Missing } from './ledger-entry.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** How long after each time that a result was asked for in vain; the last one again and again. */
const STEPS_MS = [MINUTE_MS, 10 * MINUTE_MS, 60 * MINUTE_MS, DAY_MS];
/** The registrar keeps a result for 90 days. */
const GIVEN_UP_MS = 100 * DAY_MS;

/** What is kept of a result that was asked for in vain, again perhaps. */
export function askedInVain(missing: Missing | null, nowMs: number): Missing {
  const looks = (missing?.looks ?? 0) + 1;
  const step = STEPS_MS[Math.min(looks, STEPS_MS.length) - 1] ?? DAY_MS;
  return { sinceMs: missing?.sinceMs ?? nowMs, looks, nextLookMs: nowMs + step };
}

/** A clock that has been set back must not put it off for longer than the longest step. */
export function isLookDue({ nextLookMs }: Missing, nowMs: number): boolean {
  return nextLookMs <= nowMs || nextLookMs - nowMs > DAY_MS;
}

export function isGivenUp({ sinceMs }: Missing, nowMs: number): boolean {
  return nowMs - sinceMs >= GIVEN_UP_MS;
}
