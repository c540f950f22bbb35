import { type Table, writeTable } from './table.ts';

/** What a bench has measured, if it has found every promise kept. @throws Error with the tables */
export function keptOrThrow(tables: Table[], broken: readonly string[]): Table[] {
  if (broken.length === 0) return tables;
  throw new Error([...broken, '', ...tables.map(writeTable)].join('\n'));
}
