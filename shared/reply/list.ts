import { camelCase } from '../dmapi/camel-case.ts';
import { readList as readRowsOf, refuseIllegible, type UnreadableRow } from '../dmapi/list.ts';
import type { Reply } from '../dmapi/reply.ts';
import { readRows } from '../dmapi/rows.ts';
import type { Cell } from './cells.ts';

/** A column of a list: how its cells are read, and what the registrar calls it. */
export interface Column<Value> {
  readonly cell: Cell<Value>;
  /** Names that it may have, beside ours. Case and punctuation do not matter. */
  readonly names: readonly string[];
  /** Whether rows may be without it. */
  readonly isOptional: boolean;
}

/** A column that every row has; `names` are the registrar's where they are not ours. */
export function column<Value>(cell: Cell<Value>, ...names: string[]): Column<Value> & Always {
  return { cell, names, isOptional: false };
}

/** A column that only some lists have. */
export function optional<Value>(cell: Cell<Value>, ...names: string[]): Column<Value> & Sometimes {
  return { cell, names, isOptional: true };
}

interface Always {
  readonly isOptional: false;
}
interface Sometimes {
  readonly isOptional: true;
}

/** The columns of a list by our names, in the order in which they stand where nobody names them. */
export type Columns = Readonly<Record<string, Column<unknown>>>;

/** The names of these columns, in their order. */
export function namesOf<Of extends Columns>(columns: Of): (keyof Of & string)[] {
  return Object.keys(columns);
}

/** A row: the columns, and what else the registrar sends, as text under its camelCased name. */
export type Row<Of extends Columns> = {
  [Name in keyof Of as Of[Name] extends Sometimes ? never : Name]: CellOf<Of[Name]>;
} & {
  [Name in keyof Of as Of[Name] extends Sometimes ? Name : never]?: CellOf<Of[Name]>;
};

type CellOf<It> = It extends Column<infer Value> ? Exclude<Value, undefined> : never;

/** A list under its name. */
export type List<Name extends string, Of extends Columns> = Readonly<Record<Name, Row<Of>[]>> & {
  /** Absent where all rows could be read. */
  readonly unreadableRows?: UnreadableRow[];
};

/** Far over what is known to occur. */
const MAX_CELL_LENGTH = 4096;

/**
 * Reads the rows of a list by the `Columns` header, or by position where there is none.
 *
 * @param asked the columns that were asked for, in the order in which they then come: those have a
 *   value in every row, null where a cell is empty. Without it, optional ones are absent then.
 * @throws DmapiError `unreadable-reply` when they cannot be told apart, or none of many can be read
 */
export function readList<const Name extends string, const Of extends Columns>(
  name: Name,
  columns: Of,
  reply: Reply,
  asked?: readonly (keyof Of & string)[],
): List<Name, Of> {
  const documented: readonly string[] = asked ?? Object.keys(columns);
  const needed = asked ?? documented.filter((column) => !columns[column]?.isOptional);
  const { columns: named, rows } = readRows(reply, documented.length);
  const order = named?.map((wireName) => ourName(wireName, columns)) ?? documented;
  const list = readRowsOf(rows, (cells) => readRow(cells, { order, needed, columns }));
  refuseIllegible(list);
  const { rows: read, unreadable } = list;
  return { [name]: read, ...(unreadable.length > 0 && { unreadableRows: unreadable }) } as List<
    Name,
    Of
  >;
}

interface Layout {
  readonly order: readonly string[];
  /** What every row has a value of. */
  readonly needed: readonly string[];
  readonly columns: Columns;
}

/** @returns why it cannot be read, or the row */
function readRow(cells: readonly string[], { order, needed, columns }: Layout) {
  const row = new Map<string, unknown>();
  for (const [i, name] of order.entries()) {
    const text = cells[i]?.trim() ?? '';
    if (text.length > MAX_CELL_LENGTH) return `its ${name} is too long`;
    if (text === '') continue;
    // A name of the registrar's can be one that every object has.
    const value = Object.hasOwn(columns, name) ? columns[name]?.cell(text) : text;
    if (value === undefined) return `it has no ${name}`;
    row.set(name, value);
  }
  for (const name of needed) {
    if (row.has(name)) continue;
    const value = columns[name]?.cell('');
    if (value === undefined) return `it has no ${name}`;
    row.set(name, value);
  }
  return Object.fromEntries(row);
}

function ourName(wireName: string, columns: Columns): string {
  const wanted = plain(wireName);
  const found = Object.entries(columns).find(([name, { names }]) =>
    [name, ...names].some((known) => plain(known) === wanted),
  );
  return found?.[0] ?? camelCase(wireName);
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}
