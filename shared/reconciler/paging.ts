import type { Result } from '../dmapi/result.ts';

/**
 * How many rows of a page are read again with the next one. Results that arrive meanwhile push the
 * others down, which costs nothing; should some vanish, the others move up into what is read again.
 */
export const OVERLAP = 50;

/** Rows that are asked for at the head of the list, and at the most. */
export const FIRST_PAGE = 100;
export const PAGE = 1000;

/** How many rows to ask for next where it turns out to be more than a few that are of interest. */
export function larger(limit: number): number {
  return Math.min(4 * limit, PAGE);
}

/**
 * Where the next page begins, or `undefined` after the last one. A page with fewer rows than were
 * asked for need not be the last: the registrar may have a limit of its own.
 */
export function nextOffset(offset: number, rows: readonly Result[]): number | undefined {
  return rows.length > OVERLAP ? offset + rows.length - OVERLAP : undefined;
}

/** The same for a list that has to be read to its end, however few rows the registrar gives at once. */
export function nextOffsetToEnd(
  offset: number,
  rows: readonly Result[],
  before: readonly Result[],
): number | undefined {
  const seen = new Set(before.map(({ svTrId }) => svTrId));
  if (rows.every(({ svTrId }) => seen.has(svTrId))) return undefined;
  return offset + rows.length - Math.min(OVERLAP, Math.floor(rows.length / 2));
}
