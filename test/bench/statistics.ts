/** The figure that this share of them does not exceed. */
export function percentile(figures: readonly number[], share: number): number {
  const sorted = [...figures].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** The middle one of an odd number of figures. */
export function median(figures: readonly number[]): number {
  return percentile(figures, 0.5);
}

/** A figure with so many digits after the point. */
export function round(figure: number, digits = 0): number {
  return Number(figure.toFixed(digits));
}

/** The two, the other one first in every second round: whoever comes later meets a warmer machine. */
export function inTurn<T>(round: number, a: T, b: T): readonly [T, T] {
  return round % 2 === 0 ? [a, b] : [b, a];
}
