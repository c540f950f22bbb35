import { unreadable } from './error.ts';
import { lineAt } from './lines.ts';
import { header, type Reply } from './reply.ts';

/** A list reply: one row a line, its cells in the order of the columns. */
export interface Rows {
  /** The names in the `Columns` header; `undefined` where the registrar sent none. */
  readonly columns: readonly string[] | undefined;
  /** Can be gone through once. Nothing is split before it is asked for. */
  readonly rows: Iterable<readonly string[]>;
}

/** Far more than any list has; each row has a cell for each of them, which would fill the memory. */
const MAX_COLUMNS = 100;
const BLANK = ' ';
const TAB = '\t';

/**
 * Splits the body of a list reply. A last cell with separators in it stays whole when the row is
 * split by blanks, and missing cells at the end are empty.
 *
 * @param width how many columns the request is documented to have, for replies without `Columns`.
 */
export function readRows(reply: Reply, width: number): Rows {
  const named = header(reply, 'Columns');
  const columns = named ? named.split(',', MAX_COLUMNS + 1).map((name) => name.trim()) : undefined;
  if (columns && columns.length > MAX_COLUMNS) throw unreadable('it has too many columns');
  const separator = readSeparator(reply);
  return { columns, rows: splitRows(reply.body, separator, columns?.length ?? width) };
}

function* splitRows(body: string, separator: string, width: number): Generator<string[]> {
  // Not over `lines`: one generator within another takes up to a quarter of a long list's time.
  for (let at = 0; at < body.length; ) {
    const { text, next } = lineAt(body, at);
    if (text !== '') yield splitRow(text, separator, width);
    at = next;
  }
}

/**
 * The documents write TAB as `"\t"` and SPACE as `" "`, the registrar's own programs compare with
 * the words; a real TAB is understood as well. The default is a blank.
 */
function readSeparator(reply: Reply): string {
  const value = (header(reply, 'Separator') ?? '').replace(/^(["'])(.*)\1$/, '$2');
  switch (value.toUpperCase()) {
    case '':
    case BLANK:
    case 'SPACE':
      return BLANK;
    case TAB:
    case '\\T':
    case 'TAB':
      return TAB;
    default:
      throw unreadable('its Separator is not known');
  }
}

function splitRow(line: string, separator: string, width: number): string[] {
  const cells: string[] = [];
  let start = 0;
  while (cells.length < width - 1) {
    const end = line.indexOf(separator, start);
    if (end < 0) break;
    cells.push(line.slice(start, end));
    start = end + separator.length;
  }
  cells.push(line.slice(start));
  while (cells.length < width) cells.push('');
  return cells;
}
