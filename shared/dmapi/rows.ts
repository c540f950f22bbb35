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
/** Cells that a row parted by TABs may lack. */
const MAX_MISSING = 2;
const BLANK = ' ';
const TAB = '\t';

/**
 * Splits the body of a list reply. A last cell with separators in it stays whole, but for blanks
 * around it; missing cells at the end are empty; a line of nothing but blanks is no row.
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

function* splitRows(body: string, named: Separator, width: number): Generator<string[]> {
  const hasTabs = named === undefined && body.includes(TAB);
  // Not over `lines`: one generator within another takes up to a quarter of a long list's time.
  for (let at = 0; at < body.length; ) {
    const { text, next } = lineAt(body, at);
    const separator = hasTabs ? separatorOf(text, width) : (named ?? BLANK);
    if (!isBlank(text)) yield splitRow(text, separator, width);
    at = next;
  }
}

/**
 * What parts a row where the reply does not say: TABs that part it into all of its cells, or all but
 * a few that are missing. A row that blanks have parted before the first TAB has that in its last
 * cell.
 */
function separatorOf(line: string, width: number): string {
  const firstTab = line.indexOf(TAB);
  if (firstTab < 0 || count(line, BLANK, firstTab) >= width - 1) return BLANK;
  return count(line, TAB, line.length) >= Math.max(1, width - 1 - MAX_MISSING) ? TAB : BLANK;
}

function count(line: string, mark: string, end: number): number {
  let found = 0;
  for (let at = line.indexOf(mark); at >= 0 && at < end; at = line.indexOf(mark, at + 1)) found++;
  return found;
}

/** `undefined` where the reply names none. */
type Separator = typeof BLANK | typeof TAB | undefined;

/**
 * The documents write TAB as `"\t"` and SPACE as `" "`, the registrar's own programs compare with
 * the words; a real TAB is understood as well. The default is a blank, and yet its programs expect
 * TABs of some lists that name no separator.
 */
function readSeparator(reply: Reply): Separator {
  const value = (header(reply, 'Separator') ?? '').replace(/^(["'])(.*)\1$/, '$2');
  switch (value.toUpperCase()) {
    case '':
      return undefined;
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
  cells.push(trimBlanks(line, start));
  while (cells.length < width) cells.push('');
  return cells;
}

/** The rest of a line without the blanks around it, with no second text made where there are none. */
function trimBlanks(line: string, from: number): string {
  let [start, end] = [from, line.length];
  while (start < end && line[start] === BLANK) start++;
  while (end > start && line[end - 1] === BLANK) end--;
  return line.slice(start, end);
}

function isBlank(line: string): boolean {
  return line === '' || (line[0] === BLANK && /^ *$/.test(line));
}
