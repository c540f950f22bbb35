import { type Dice, rollHex } from './dice.ts';

const STEPS_FROM_1601_TO_1970 = 116_444_736_000_000_000n;
const STEPS_PER_MS = 10_000n;

/**
 * Makes the Tracking-Ids (elsewhere called SvTrIds) of requests made at an epoch millisecond: 32
 * hex digits, a clock in steps of 100 ns since 1601 UTC and then 16 random ones. A counter fills
 * the steps below the millisecond, so ids of one moment still sort as made.
 */
export function createTrackingIds(dice: Dice): (atMs: number) => string {
  let made = 0n;
  return (atMs) => {
    const steps = BigInt(Math.floor(atMs)) * STEPS_PER_MS + (made++ % STEPS_PER_MS);
    return (STEPS_FROM_1601_TO_1970 + steps).toString(16).padStart(16, '0') + rollHex(dice, 16);
  };
}
