/** A row of figures, by the names of their columns. */
export type Row = Readonly<Record<string, string | number>>;

/** A table of figures with what it is about. */
export interface Table {
  readonly title: string;
  readonly rows: readonly Row[];
}

/** Writes a table as text, in Markdown: what is printed can be pasted into a document. */
export function writeTable({ title, rows }: Table): string {
  const columns = Object.keys(rows[0] ?? {}).map((name) => toColumn(name, rows));
  const line = (cells: readonly (string | undefined)[]) => `| ${cells.join(' | ')} |`;
  return [
    title,
    '',
    line(columns.map(({ name }) => name)),
    line(columns.map(({ rule }) => rule)),
    ...rows.map((_, at) => line(columns.map(({ cells }) => cells[at]))),
    '',
  ].join('\n');
}

/** Numbers stand to the right. */
function toColumn(name: string, rows: readonly Row[]) {
  const texts = rows.map((row) => write(row[name]));
  const width = Math.max(name.length, ...texts.map((text) => text.length));
  const isNumber = rows.every((row) => typeof row[name] === 'number');
  const align = (text: string) => (isNumber ? text.padStart(width) : text.padEnd(width));
  const rule = '-'.repeat(width - 1) + (isNumber ? ':' : '-');
  return { name: align(name), rule, cells: texts.map(align) };
}

function write(value: string | number | undefined): string {
  return typeof value === 'number' ? value.toLocaleString('en') : (value ?? '');
}
