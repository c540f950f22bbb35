/** One line of a `key: value` body. */
export type KeyValue = readonly [key: string, value: string];

/** Lines of `key: value`, each ended. */
export function keyValueLines(pairs: readonly KeyValue[]): string {
  return pairs.map(([key, value]) => `${key}: ${value}\n`).join('');
}

/** The same without those that have no value. */
export function filledLines(pairs: readonly KeyValue[]): string {
  return keyValueLines(pairs.filter(([, value]) => value !== ''));
}
