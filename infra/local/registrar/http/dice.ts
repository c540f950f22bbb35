/** A source of numbers in [0, 1), the same run of numbers for the same seed. */
export type Dice = () => number;

const DIGITS_PER_ROLL = 8;

/** Makes dice from a 32-bit seed (the public-domain mulberry32 mixer); not for real secrets. */
export function createDice(seed: number): Dice {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** That many lower-case hex digits. */
export function rollHex(dice: Dice, digits: number): string {
  let hex = '';
  while (hex.length < digits) {
    const roll = Math.floor(dice() * 16 ** DIGITS_PER_ROLL);
    hex += roll.toString(16).padStart(DIGITS_PER_ROLL, '0');
  }
  return hex.slice(0, digits);
}

/** A new array with the same items in another order. */
export function shuffle<Item>(dice: Dice, items: readonly Item[]): Item[] {
  return items
    .map((item) => ({ item, at: dice() }))
    .sort((left, right) => left.at - right.at)
    .map(({ item }) => item);
}
