import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type * as z from 'zod/mini';
import { date } from '../../../shared/input/date.ts';
import { flag, integer } from '../../../shared/input/query.ts';
import { pattern } from '../../../shared/input/text.ts';
import { procId, svTrId } from '../../../shared/input/tracking.ts';

/** What a reader makes of these values: the value it reads, or the sentence it refuses it with. */
function outcomes(reader: z.ZodMiniType, values: readonly unknown[]): unknown[] {
  return values.map((value) => {
    const result = reader.safeParse(value);
    return result.success ? result.data : result.error.issues[0]?.message;
  });
}

const NO_TEXTS = [undefined, null, 7, true, {}, [], ['x']];

function expectRefused(reader: z.ZodMiniType, values: readonly unknown[], sentence: string) {
  expect(outcomes(reader, values)).toEqual(values.map(() => sentence));
}

test('a flag is true or false', () => {
  expect(outcomes(flag, ['true', 'false'])).toEqual([true, false]);
  const others = ['', 'True', 'yes', '1', '0', ' true', 'true\n', ...NO_TEXTS];
  expectRefused(flag, others, 'must be true or false');
});

describe('a whole number', () => {
  test('is one within its bounds', () => {
    expect(outcomes(integer(1, 100), ['1', '42', '100'])).toEqual([1, 42, 100]);
    expect(outcomes(integer(0, 9), ['0'])).toEqual([0]);
  });

  test('is nothing else', () => {
    const others = ['', '0', '101', '-1', '+1', '01', '1.0', '1e1', '0x1', ' 1', '1\n', '１'];
    const sentence = 'must be a whole number from 1 to 100';
    expectRefused(integer(1, 100), [...others, '9'.repeat(400), ...NO_TEXTS], sentence);
  });

  test('is read exactly, or refused', () => {
    fc.assert(
      fc.property(fc.integer({ min: -200, max: 200 }), (number) => {
        const result = integer(0, 100).safeParse(String(number));
        expect(result.success).toBe(number >= 0 && number <= 100);
        if (result.success) expect(result.data).toBe(number);
      }),
    );
  });
});

describe('a date', () => {
  test('is a day of the calendar', () => {
    const days = ['2024-01-01', '2024-02-29', '1999-12-31'];
    expect(outcomes(date, days)).toEqual(days);
  });

  test('is nothing else', () => {
    const noDays = ['2023-02-29', '2024-02-30', '2024-13-01', '2024-00-10', '2024-04-31'];
    const noForm = [
      '',
      '2024-1-1',
      '20240101',
      '2024-01-01T00:00:00',
      ' 2024-01-01',
      '2024-01-01\n',
    ];
    expectRefused(date, [...noDays, ...noForm, ...NO_TEXTS], 'must be a date, YYYY-MM-DD');
  });
});

describe('a pattern', () => {
  test('is any text', () => {
    const texts = ['*', 'domain-?', 'exämple.net', '😀', '__proto__', 'a & b=c', 'x'.repeat(255)];
    expect(outcomes(pattern, texts)).toEqual(texts);
  });

  test('is neither empty nor endless', () => {
    expectRefused(pattern, [''], 'must not be empty');
    expectRefused(pattern, ['x'.repeat(256)], 'must not be longer than 255 characters');
    expectRefused(pattern, NO_TEXTS, 'must be a text');
  });

  test('holds no control characters and no broken Unicode', () => {
    const texts = [
      'a\nb',
      'a\r',
      '\t',
      '\0',
      '\x1b[0m',
      '\x7f',
      '\x85',
      '\u2028',
      '\u2029',
      '\ufffd',
      'a\ud800',
    ];
    expectRefused(pattern, texts, 'must not hold control characters or broken Unicode');
  });
});

test('a tracking id is letters, digits and dashes', () => {
  const ids = ['01dac0b3000000000000000000000001', 'A-b-9', 'x'.repeat(64)];
  expect(outcomes(svTrId, ids)).toEqual(ids);
  const others = ['', '*', 'a b', 'a\n', 'ä', 'x'.repeat(65), ...NO_TEXTS];
  expectRefused(svTrId, others, 'must be a tracking id: letters, digits and dashes');
});

test('a processing id is digits', () => {
  expect(outcomes(procId, ['0', '100000001', '9'.repeat(20)])).toEqual([
    '0',
    '100000001',
    '9'.repeat(20),
  ]);
  const others = ['', '*', '-1', '1.5', '1\n', '１', '9'.repeat(21), ...NO_TEXTS];
  expectRefused(procId, others, 'must be a processing id: digits');
});
