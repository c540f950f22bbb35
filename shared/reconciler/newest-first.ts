import type { Result } from '../dmapi/result.ts';
import type { Change } from './change.ts';

/** Rows made at nearly the same time may stand in any order. */
const JUMBLE_MS = 10 * 60_000;

/**
 * Whether these rows stand newest first, as the registrar lists them today. It has listed them
 * oldest first before, so each reading is checked; rows that prove nothing prove the contrary.
 */
export function areNewestFirst(rows: readonly Result[]): boolean {
  const [first] = rows;
  const last = rows.at(-1);
  if (!first || !last || first === last) return true;
  return descends(first, last) && !rows.some((row, i) => overtakes(row, rows[i - 1]));
}

/** Sorts changes in the order of a list from the oldest to the newest. */
export function oldestFirst(changes: readonly Change[]): Change[] {
  return [...changes].reverse().sort((a, b) => instantOf(a.result) - instantOf(b.result));
}

function descends(first: Result, last: Result): boolean {
  const difference = instantOf(first) - instantOf(last);
  return difference > 0 || (difference === 0 && procNumber(first) > procNumber(last));
}

function overtakes(row: Result, before: Result | undefined): boolean {
  return before !== undefined && !(instantOf(row) - instantOf(before) <= JUMBLE_MS);
}

/** On the registrar's clock: without a zone it is a number to compare, no moment. */
export function instantOf({ timestamp }: Pick<Result, 'timestamp'>): number {
  return Date.parse(/(Z|[+-]\d\d:\d\d)$/.test(timestamp) ? timestamp : `${timestamp}Z`);
}

/** A Proc-ID is a running number, as far as anyone has seen. */
function procNumber({ procId }: Result): number {
  return /^\d{1,15}$/.test(procId) ? Number(procId) : Number.NaN;
}
