import { beforeAll, expect, test } from '@jest/globals';
import { complaints } from './judge.ts';
import { cellsOf, type Row } from './matrix.ts';
import { holdsSecret, type Played } from './play.ts';
import { playAll } from './play-all.ts';
import { listen } from './written-lines.ts';

/** Makes a test of every cell of these rows. Call it at the top of a file. */
export function testEveryCell(rows: readonly Row[]): void {
  const cells = cellsOf(rows);
  let played: ReadonlyMap<string, Played>;
  let log: string;

  beforeAll(async () => {
    const lines = listen();
    try {
      played = await playAll(cells);
    } finally {
      lines.end();
      log = lines.text();
    }
  });

  test.each(cells.map((cell) => [cell.name, cell] as const))('%s', (name, cell) => {
    expect(complaints(cell, played.get(name) as Played)).toEqual([]);
  });

  test('no key and no session is in the log', () => {
    expect(log).toContain('"level":"WARN"');
    expect(log.split('\n').filter(holdsSecret)).toEqual([]);
  });
}
