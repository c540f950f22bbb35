const PLACES = 6;

/** A decimal text as a whole number of millionths, so that sums are exact. */
export function millionths(amount: string): bigint {
  const [whole = '0', fraction = ''] = amount.split('.');
  return BigInt(whole + fraction.slice(0, PLACES).padEnd(PLACES, '0'));
}

/** The amount so many times over, written with the places that it had. */
export function times(amount: string, factor: number): string {
  const places = amount.split('.')[1]?.length ?? 0;
  const product = (millionths(amount) * BigInt(factor)).toString().padStart(PLACES + 1, '0');
  const whole = product.slice(0, -PLACES);
  return places === 0 ? whole : `${whole}.${product.slice(-PLACES).slice(0, places)}`;
}

/** Whether one amount is above another. */
export function isAbove(amount: string, limit: string): boolean {
  return millionths(amount) > millionths(limit);
}

/** The lower of two ceilings, of which either may be none. */
export function lower(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return isAbove(a, b) ? b : a;
}
