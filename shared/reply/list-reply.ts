import * as z from 'zod/mini';
import { type Cell, count, day, flag, key, moment, text, words } from './cells.ts';
import type { Columns, List } from './list.ts';

const schemas = () =>
  new Map<Cell<unknown>, z.ZodMiniType>([
    [key, z.string()],
    [text, z.nullable(z.string())],
    [words, z.array(z.string())],
    [flag, z.nullable(z.boolean())],
    [count, z.nullable(z.number())],
    [day, z.nullable(z.iso.date())],
    [moment, z.nullable(z.string())],
  ]);

/**
 * The schema of a row. A column that nobody knows is kept as text.
 *
 * @param sentences what is to be said of columns that are not plain
 */
export function rowReply<const Of extends Columns>(
  columns: Of,
  sentences: { readonly [Column in keyof Of]?: string } = {},
) {
  const known = schemas();
  const cells = Object.entries(columns).map(([column, { cell, isOptional }]) => {
    const schema = known.get(cell) ?? z.unknown();
    const sentence = sentences[column];
    const told = sentence === undefined ? schema : schema.check(z.describe(sentence));
    return [column, isOptional ? z.optional(told) : told];
  });
  return z.catchall(z.object(Object.fromEntries(cells)), z.string());
}

/** The schema of a reply with a list under its name; the rest as rowReply. */
export function listReply<const Name extends string, const Of extends Columns>(
  name: Name,
  columns: Of,
  sentences: { readonly [Column in keyof Of]?: string } = {},
): z.ZodMiniType<List<Name, Of>> {
  const rows = z.array(rowReply(columns, sentences));
  const schema = z.strictObject({ [name]: rows, unreadableRows: unreadableRowsReply() });
  return schema as unknown as z.ZodMiniType<List<Name, Of>>;
}

/** What is told of rows that could not be read. */
export const unreadableRowsReply = () =>
  z
    .optional(z.array(z.strictObject({ row: z.number(), reason: z.string() })))
    .check(
      z.describe('Rows that could not be read, by their position from 1; absent where all could.'),
    );
