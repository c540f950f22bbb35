import { unreadable } from './error.ts';

/** A row of a list that nobody can read: where it stands, and what is wrong, never its text. */
export interface UnreadableRow {
  /** From 1, among the rows as they came. */
  readonly row: number;
  readonly reason: string;
}

/** The rows of a list, each read by itself: one that cannot be read spoils no other. */
export interface List<Row> {
  /** What could be read, in the order it came. */
  readonly rows: Row[];
  /** What could not; of very many the first ones. */
  readonly unreadable: readonly UnreadableRow[];
  /** How many rows came, of either kind: what paging counts. */
  readonly received: number;
}

/** A list with more rows than this of which none can be read is none. */
const MAX_ODD_ROWS = 10;
/** More would fill the memory, and tell nobody anything. */
const MAX_UNREADABLE = 10_000;

/**
 * Reads each row of a list.
 *
 * @param read makes a row of its cells, or says in our own words why it cannot. It does not throw:
 * a hostile list has millions of rows.
 */
export function readList<Row extends object>(
  rows: Iterable<readonly string[]>,
  read: (cells: readonly string[]) => Row | string,
): List<Row> {
  const list = { rows: [] as Row[], unreadable: [] as UnreadableRow[], received: 0 };
  for (const cells of rows) {
    list.received++;
    const row = read(cells);
    if (typeof row !== 'string') list.rows.push(row);
    else if (list.unreadable.length < MAX_UNREADABLE) {
      list.unreadable.push({ row: list.received, reason: row });
    }
  }
  return list;
}

/**
 * Refuses a list of which nothing can be read. For the first page of a list without a filter: there
 * are few rows on others, and those can be odd by themselves.
 *
 * @throws DmapiError `unreadable-reply`
 */
export function refuseIllegible({ rows, received }: List<unknown>): void {
  if (rows.length === 0 && received > MAX_ODD_ROWS) {
    throw unreadable('none of its rows can be read');
  }
}
