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
