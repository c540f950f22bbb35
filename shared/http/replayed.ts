/** Says of an answer that the request was sent by an earlier one. */
export const REPLAYED = { 'idempotent-replayed': 'true' } as const;
