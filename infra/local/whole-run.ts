import { setTimeout as sleep } from 'node:timers/promises';

const APART_MS = 50;

/**
 * Runs the reconciler until it is not told that another run was under way: one that watches orders
 * makes a run every few seconds.
 *
 * @returns the summary of a run that has looked itself; rejects when a run fails
 */
export async function wholeRun(run: () => Promise<unknown>): Promise<unknown> {
  for (;;) {
    const summary = await run();
    if (Object(summary).outcome !== 'busy') return summary;
    await sleep(APART_MS);
  }
}
