import { readTimestamp } from '../dmapi/timestamp.ts';

/** How a cell of a list is read: its value, or `undefined` where it has none and must have one. */
export type Cell<Value> = (text: string) => Value | undefined;

/** A name without which the row is worth nothing. A byte that was no UTF-8 is no part of one. */
export const key: Cell<string> = (text) =>
  text === '' || text === '-' || text.includes('\ufffd') ? undefined : text;

/** A text that may be missing. */
export const text: Cell<string | null> = (cell) => (cell === '' || cell === '-' ? null : cell);

/** Words joined by commas. */
export const words: Cell<string[]> = (cell) =>
  cell
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '' && word !== '-');

/** `true` or `false`, as words or digits; null for anything else. */
export const flag: Cell<boolean | null> = (cell) => {
  if (/^(true|yes|1)$/i.test(cell)) return true;
  return /^(false|no|0)$/i.test(cell) ? false : null;
};

/** A count; null for anything else. */
export const count: Cell<number | null> = (cell) => (/^\d{1,15}$/.test(cell) ? Number(cell) : null);

/** A day, `YYYY-MM-DD`, whatever time or other columns follow it; null where there is none. */
export const day: Cell<string | null> = (cell) => {
  const [first = ''] = cell.split(' ', 1);
  return moment(first)?.slice(0, 'YYYY-MM-DD'.length) ?? null;
};

/** A moment as readTimestamp writes it, or a day; null for anything else. */
export const moment: Cell<string | null> = (cell) => {
  const at = DAY.test(cell) ? cell.replace(DAY, '$1-$3-$4') : readTimestamp(cell);
  return at !== undefined && isCalendarDate(at.slice(0, 'YYYY-MM-DD'.length)) ? at : null;
};

const DAY = /^(\d{4})(-?)(\d\d)\2(\d\d)$/;

function isCalendarDate(day: string): boolean {
  const at = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day);
}
