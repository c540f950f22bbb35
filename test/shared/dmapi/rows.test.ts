import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { lines } from '../../../shared/dmapi/lines.ts';
import type { Reply } from '../../../shared/dmapi/reply.ts';
import { readRows } from '../../../shared/dmapi/rows.ts';
import { anyText } from '../../any-text.ts';
import { fixture, readOrRefuse, replyOf, replyWithBody, UNREADABLE } from '../../wire.ts';

/** The list with all of its rows split. */
function readAll(reply: Reply, width: number) {
  const { columns, rows } = readRows(reply, width);
  return { columns, rows: [...rows] };
}

/** The same cells, all at once and with no thought of memory. */
function splitAll(body: string, separator: string, width: number): string[][] {
  const lines = body.split('\n').map((line) => line.replace(/\r$/, ''));
  return lines
    .filter((line) => /[^ ]/.test(line))
    .map((line) => {
      const parts = line.split(separator);
      const cells = [...parts.slice(0, width - 1), parts.slice(width - 1).join(separator)];
      const last = Math.min(width, parts.length) - 1;
      const trimmed = cells.map((cell, i) => (i === last ? cell.replace(/^ +| +$/g, '') : cell));
      return [...trimmed, ...Array<string>(width).fill('')].slice(0, width);
    });
}

const TABS = 'example.net\t2030-01-31\tin production\n';
const BLANKS = 'example.net 2030-01-31 in production\n';
const CELLS = ['example.net', '2030-01-31', 'in production'];

describe('a list', () => {
  test('names its columns', () => {
    expect(readAll(replyOf(fixture('query-domain-list.one-row')), 9)).toEqual({
      columns: ['domain', 'expiration_date', 'domain_status'],
      rows: [['example.net', '2030-01-31', 'production']],
    });
  });

  test.each([100, 101, 1_000_000])('of %i columns is read up to a hundred', (count) => {
    const names = Array(count).fill('a').join(',');
    const reply = replyWithBody('b c\n', `Columns: ${names}`);
    if (count <= 100) expect(readAll(reply, 9).rows[0]).toHaveLength(count);
    else expect(() => readAll(reply, 9)).toThrow('it has too many columns');
  });

  test('may name its columns and be empty', () => {
    expect(readAll(replyOf(fixture('query-domain-list.no-match')), 9)).toEqual({
      columns: ['domain', 'expiration_date', 'domain_status'],
      rows: [],
    });
  });

  test('may have more columns than usual', () => {
    const { rows } = readAll(replyOf(fixture('query-domain-list.with-grants')), 3);
    expect(rows).toEqual([['example.fi', '2017-06-02', 'lock', '@creator', 'true', '0', 'undef']]);
  });

  test('without named columns has as many as the request is documented to have', () => {
    expect(readAll(replyWithBody('a b c d\n'), 3)).toEqual({
      columns: undefined,
      rows: [['a', 'b', 'c d']],
    });
  });

  test('may have blanks around the names of its columns', () => {
    expect(readAll(replyWithBody('', 'Columns: a , b'), 9).columns).toEqual(['a', 'b']);
  });

  test('has no blanks around the last cell of a row, and no row of blanks alone', () => {
    expect(readAll(replyWithBody('a b \n  \na  c  \n'), 2).rows).toEqual([
      ['a', 'b'],
      ['a', 'c'],
    ]);
  });

  test('may have CRLF at its line ends, and blank lines', () => {
    expect(readAll(replyWithBody('a b\r\n\r\n\nc d'), 2).rows).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });

  test('has empty cells where a row is short', () => {
    expect(readAll(replyWithBody('a b\nc\n'), 3).rows).toEqual([
      ['a', 'b', ''],
      ['c', '', ''],
    ]);
  });

  test('keeps an empty cell between two separators', () => {
    expect(readAll(replyWithBody('a  c\n'), 3).rows).toEqual([['a', '', 'c']]);
    expect(readAll(replyWithBody('a\t\tc\n', 'Separator: TAB'), 3).rows).toEqual([['a', '', 'c']]);
  });

  test('keeps what looks like a part of an object', () => {
    expect(readAll(replyWithBody('__proto__ constructor\n', 'Columns: __proto__,x'), 2)).toEqual({
      columns: ['__proto__', 'x'],
      rows: [['__proto__', 'constructor']],
    });
  });
});

describe('the separator', () => {
  test('is a blank where the reply names none', () => {
    expect(readAll(replyWithBody(BLANKS), 3).rows).toEqual([CELLS]);
  });

  test.each(['', ' ', 'SPACE', 'space', '" "', "' '", '"SPACE"', '""'])(
    'is a blank where it is written %j',
    (separator) => {
      const reply = replyWithBody(BLANKS, `Separator: ${separator}`);
      expect(readAll(reply, 3).rows).toEqual([CELLS]);
    },
  );

  test.each(['\t', 'TAB', 'tab', '\\t', '"\\t"', "'\\t'", '"\t"', '"TAB"'])(
    'is a TAB where it is written %j',
    (separator) => {
      const reply = replyWithBody(TABS, `Separator: ${separator}`);
      expect(readAll(reply, 3).rows).toEqual([CELLS]);
    },
  );

  test.each<[string, string, readonly string[]]>([
    ['TABs', 'a b\tc\td e', ['a b', 'c', 'd e']],
    ['TABs where the last cell is missing', 'a b\tc', ['a b', 'c', '']],
    ['blanks where the last cell has a TAB', 'a b c\td', ['a', 'b', 'c\td']],
    ['blanks where there is no TAB', 'a b c d', ['a', 'b', 'c d']],
  ])('that no header names is told by the row: %s', (_what, row, cells) => {
    for (const header of ['Version: 1', 'Separator: ']) {
      expect(readAll(replyWithBody(`${row}\nx y z\n`, header), 3).rows).toEqual([
        cells,
        ['x', 'y', 'z'],
      ]);
    }
  });

  test.each([';', ',', 'COMMA', '"', '"\\n"', '\\', '  x', '__proto__'])(
    'is unreadable where it is written %j',
    (separator) => {
      const reply = replyWithBody(TABS, `Separator: ${separator}`);
      expect(() => readAll(reply, 3)).toThrow(UNREADABLE);
    },
  );
});

describe('lines', () => {
  test.each([
    ['', []],
    ['\n\r\n\n', []],
    ['a', ['a']],
    ['a\n', ['a']],
    ['\na\r\n\nb\r', ['a', 'b']],
    ['a\rb', ['a\rb']],
  ])('of %j are %j', (body, expected) => {
    expect([...lines(body)]).toEqual(expected);
  });
});

describe('any list', () => {
  const anySeparator = fc.oneof(fc.constantFrom('', 'TAB', 'SPACE', '"\\t"'), fc.string());

  test('has rows of one width, or is unreadable', () => {
    const columns = fc.option(fc.array(fc.string({ maxLength: 5 }), { maxLength: 9 }));
    const body = anyText({ maxLength: 200 });
    fc.assert(
      fc.property(columns, anySeparator, body, fc.integer({ min: 1, max: 9 }), (...it) => {
        const [columns, separator, body, width] = it;
        const headers = new Map([['separator', [separator]]]);
        if (columns) headers.set('columns', [columns.join(',')]);
        const list = readOrRefuse(() => readAll({ statusCode: 0, headers, body }, width));
        for (const row of list?.rows ?? []) {
          expect(row).toHaveLength(list?.columns?.length ?? width);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('has the cells that splitting the whole text gives', () => {
    const word = fc.constantFrom(' ', '  ', '\t', '\r', '\n', '\r\n', 'a', 'bc', 'ü😀', '\u2028');
    const body = fc.array(word, { maxLength: 40 }).map((words) => words.join(''));
    const separator = fc.constantFrom([' ', 'SPACE'] as const, ['\t', 'TAB'] as const);
    fc.assert(
      fc.property(body, separator, fc.integer({ min: 1, max: 9 }), (body, [mark, name], width) => {
        const reply = replyWithBody(body, `Separator: ${name}`);
        expect(readAll(reply, width).rows).toEqual(splitAll(body, mark, width));
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    ['TAB', '\t'],
    ['SPACE', ' '],
  ])('is read back exactly with %s between its cells', (word, separator) => {
    const cell = fc.stringMatching(/^[!-~]{1,12}$/);
    const row = fc.tuple(cell, cell, cell, fc.array(cell, { minLength: 1, maxLength: 3 }));
    fc.assert(
      fc.property(fc.array(row, { maxLength: 8 }), fc.boolean(), (table, finalLineFeed) => {
        const rows = table.map(([a, b, c, last]) => [a, b, c, last.join(separator)]);
        const body = rows.map((cells) => cells.join(separator)).join('\n');
        const reply = replyWithBody(finalLineFeed ? `${body}\n` : body, `Separator: ${word}`);
        expect(readAll(reply, 4).rows).toEqual(rows);
      }),
    );
  });
});
