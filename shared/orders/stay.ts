import { setTimeout as realSleep } from 'node:timers/promises';
import { SOON_MS, type Standing } from './attend.ts';
import type { Watch } from './watch.ts';

/** One look at the results and at what is open. */
export interface Look {
  /** @param looks whether orders of unknown outcome are looked for */
  (looks: boolean): Promise<Standing | undefined>;
}

export interface StayOptions {
  readonly watch: Watch;
  readonly look: Look;
  /** How the orders stood at the look that has just been taken. */
  readonly standing: Standing | undefined;
  /** Milliseconds that are left of the function's time. */
  readonly remainingMs: () => number;
  /** @default the timer of Node */
  readonly sleep?: (ms: number) => Promise<unknown>;
}

const FIRST_MINUTE_MS = 60_000;
const OFTEN_MS = 5000;
const SELDOM_MS = 10_000;
/** Between two looks for an order of unknown outcome. */
const LOOKS_APART_MS = 60_000;
/** Another look must not be begun with less time. */
const LOOK_MS = 60_000;

/**
 * Stays while something that was placed less than ten minutes ago is open, and looks every five
 * seconds in its first minute, every ten from then on: all of them at once.
 */
export async function stay(options: StayOptions): Promise<void> {
  const { watch, look, remainingMs, sleep = realSleep } = options;
  let { standing } = options;
  let lookedMs = remainingMs();
  while (isYoung(standing) && remainingMs() > LOOK_MS) {
    if (!(await watch.keep())) return;
    await sleep(rhythm(standing));
    const looks = lookedMs - remainingMs() >= LOOKS_APART_MS;
    if (looks) lookedMs = remainingMs();
    standing = await look(looks);
    if (isYoung(standing)) continue;
    await watch.end();
    // What was placed a moment before has found the watch taken.
    standing = await look(false);
  }
  await watch.end();
}

type Young = Standing & { readonly youngestMs: number };

function isYoung(standing: Standing | undefined): standing is Young {
  return standing?.youngestMs !== undefined && standing.youngestMs < SOON_MS;
}

function rhythm({ youngestMs }: Young): number {
  return youngestMs < FIRST_MINUTE_MS ? OFTEN_MS : SELDOM_MS;
}
