const DAY_SECONDS = 86_400;

/**
 * For how long what was recorded is kept, in days. The registrar lists a result for 90 days: an
 * entry that went earlier would make it new again. One in progress is followed for up to a year.
 */
export const KEPT_DAYS = { settled: 100, open: 400 } as const;

/** The time, in epoch seconds, from which DynamoDB may delete an item (its TTL attribute). */
export function expiresAt(nowMs: number, days: number) {
  return { N: String(Math.ceil(nowMs / 1000) + days * DAY_SECONDS) };
}
