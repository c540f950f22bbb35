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

/** A day, `YYYY-MM-DD`, however long the registrar has written it; null where there is none. */
export const day: Cell<string | null> = (cell) =>
  moment(cell)?.slice(0, 'YYYY-MM-DD'.length) ?? null;

/** A moment as readTimestamp writes it, or a day; null for anything else. */
export const moment: Cell<string | null> = (cell) => {
  if (/^\d{4}-\d\d-\d\d$/.test(cell)) return cell;
  if (/^\d{8}$/.test(cell)) return cell.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');
  try {
    return readTimestamp(cell);
  } catch {
    return null;
  }
};
