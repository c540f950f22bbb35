import { keyOf } from './identity.ts';
import type { Page } from './result-lists.ts';

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
export function nextOffset(offset: number, { received }: Page): number | undefined {
  return received > OVERLAP ? offset + received - OVERLAP : undefined;
}

/** The same for a list that has to be read to its end, however few rows the registrar gives at once. */
export function nextOffsetToEnd(
  offset: number,
  page: Page,
  before: Page | undefined,
): number | undefined {
  return bringsNews(page, before) ? offset + page.received - overlapOf(page) : undefined;
}

function overlapOf({ received }: Page): number {
  return Math.min(OVERLAP, Math.floor(received / 2));
}

/**
 * Whether a page has rows that the one before has not. One that cannot be read can be known only by
 * its place: it is news below what is read again, unless the registrar gives the same page again.
 */
function bringsNews(page: Page, before: Page | undefined): boolean {
  const seen = new Set(before?.rows.map(keyOf));
  if (page.rows.some((row) => !seen.has(keyOf(row)))) return true;
  if (page.unreadable.length === 0 || !before) return page.unreadable.length > 0;
  const isTheSame = page.rows.length > 0 && page.rows.length === before.rows.length;
  return page.received > overlapOf(before) && !isTheSame;
}
