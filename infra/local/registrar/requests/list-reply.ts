import { done, type Outcome, type ReplyHeader } from './outcome.ts';

/** How a list tells its shape. */
export interface ListShape {
  readonly columns?: readonly string[];
  /** @default 'space' */
  readonly separator?: 'space' | 'tab';
}

/**
 * A list, one row a line; like the recorded ones its last row has no line end. A tab is announced by
 * its word, with which the registrar's own programs compare.
 */
export function listReply(
  rows: readonly (readonly string[])[],
  { columns, separator = 'space' }: ListShape = {},
): Outcome {
  const headers: ReplyHeader[] = [];
  if (columns) headers.push(['Columns', columns.join(',')]);
  if (separator === 'tab') headers.push(['Separator', 'TAB']);
  const glue = separator === 'tab' ? '\t' : ' ';
  return done(rows.map((row) => row.join(glue)).join('\n'), headers);
}

/** The part of a list that `from` and `to` name: positions from 1 on, both inclusive. */
export function positions<Item>(
  items: readonly Item[],
  params: ReadonlyMap<string, string>,
): readonly Item[] {
  const from = Number(params.get('from') || 1);
  const to = Number(params.get('to') || items.length);
  return items.slice(Math.max(0, from - 1), to);
}
