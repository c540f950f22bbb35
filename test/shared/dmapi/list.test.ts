import { describe, expect, test } from '@jest/globals';
import { readList, refuseIllegible } from '../../../shared/dmapi/list.ts';
import { UNREADABLE } from '../../wire.ts';

const readNumber = ([cell = '']: readonly string[]) =>
  /^\d+$/.test(cell) ? { number: Number(cell) } : 'it is no number';

describe('a list', () => {
  test('has the rows that can be read, and says where the others stand', () => {
    expect(readList([['1'], ['x'], ['3'], ['']], readNumber)).toEqual({
      rows: [{ number: 1 }, { number: 3 }],
      unreadable: [
        { row: 2, reason: 'it is no number' },
        { row: 4, reason: 'it is no number' },
      ],
      received: 4,
    });
  });

  test('of rubbish is counted, and tells of no more than ten thousand', () => {
    const { rows, unreadable, received } = readList(Array(12_345).fill(['x']), readNumber);
    expect([rows.length, unreadable.length, received]).toEqual([0, 10_000, 12_345]);
  });
});

describe('a list of which nothing can be read', () => {
  const listOf = (good: number, bad: number) =>
    readList([...Array(good).fill(['1']), ...Array(bad).fill(['x'])], readNumber);

  test.each([
    [0, 0],
    [0, 1],
    [0, 10],
    [1, 1000],
  ])('is accepted as %i rows that can be read and %i that cannot', (good, bad) => {
    expect(() => refuseIllegible(listOf(good, bad))).not.toThrow();
  });

  test.each([11, 1000])('is none with %i rows', (bad) => {
    expect(() => refuseIllegible(listOf(0, bad))).toThrow(UNREADABLE);
  });
});
