import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readTimestamp } from '../../../shared/dmapi/timestamp.ts';

const WRITTEN = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)?$/;

describe('a timestamp', () => {
  test.each([
    ['of the documents', '20240617124449', '2024-06-17T12:44:49'],
    ['in ISO form', '2024-06-17T12:44:49', '2024-06-17T12:44:49'],
    ['in UTC', '2024-06-17T12:44:49Z', '2024-06-17T12:44:49Z'],
    ['with a zone', '2024-06-17T12:44:49+02:00', '2024-06-17T12:44:49+02:00'],
    ['with a zone west of Greenwich', '2024-06-17T12:44:49-03:30', '2024-06-17T12:44:49-03:30'],
    ['with a zone of hours', '2024-06-17T12:44:49+02', '2024-06-17T12:44:49+02:00'],
    ['with a zone without a colon', '2024-06-17T12:44:49+0200', '2024-06-17T12:44:49+02:00'],
    ['with parts of a second', '2024-06-17T12:44:49.123', '2024-06-17T12:44:49'],
    ['with parts of a second and a zone', '2024-06-17T12:44:49.5Z', '2024-06-17T12:44:49Z'],
    ['with a blank', '2024-06-17 12:44:49', '2024-06-17T12:44:49'],
    ['with a blank and a zone', '2024-06-17 12:44:49+02:00', '2024-06-17T12:44:49+02:00'],
    ['as login writes it', '2024-06-17 12:44:49 +0200', '2024-06-17T12:44:49+02:00'],
    ['with a blank and parts of a second', '2024-06-17 12:44:49.123', '2024-06-17T12:44:49'],
    ['at the first moment of a year', '20240101000000', '2024-01-01T00:00:00'],
    ['at the last moment of a year', '20241231235959', '2024-12-31T23:59:59'],
  ])('%s is written in one form', (_what, wire, written) => {
    expect(readTimestamp(wire)).toBe(written);
  });

  test.each([
    '',
    '-',
    '?',
    'yesterday',
    '2024-06-17',
    '20240617',
    '2024061712444',
    '202406171244490',
    '20240617T124449',
    '2024-06-17  12:44:49',
    '2024-06-17 12:44:49  +0200',
    '2024-06-17\t12:44:49',
    '2024-06-17 24:44:49',
    '00000000000000',
    '0000-00-00 00:00:00',
    '2024-06-17T12:44',
    '2024-06-17T12:44:49+2',
    '2024-06-17T12:44:49 +0200',
    '2024-06-17T12:44:49CEST',
    '2024-06-17T12:44:49.',
    '2024-13-17T12:44:49',
    '2024-00-17T12:44:49',
    '2024-06-32T12:44:49',
    '2024-06-17T24:00:00',
    '2024-06-17T12:60:00',
    '2024-06-17T12:44:61',
    '99999999999999',
    '1718628289',
    ' 20240617124449',
    '20240617124449\n',
  ])('in no known form is unreadable: %j', (wire) => {
    expect(readTimestamp(wire)).toBeUndefined();
  });

  test('of any text is written in the one form or unreadable', () => {
    const digits = fc.stringMatching(/^[0-9T:.Z+-]{10,26}$/);
    fc.assert(
      fc.property(fc.oneof(fc.string(), digits), (wire) => {
        const written = readTimestamp(wire);
        if (written !== undefined) expect(written).toMatch(WRITTEN);
      }),
      { numRuns: 200 },
    );
  });

  test('is read as by going through its parts one by one', () => {
    const digits = (most: number) =>
      fc.oneof(
        { weight: 9, arbitrary: fc.integer({ min: 0, max: most }) },
        fc.integer({ min: 0, max: 99 }),
      );
    const parts = fc.tuple(...[9999, 12, 31, 23, 60, 60].map(digits));
    const shape = fc.oneof(
      fc.constant({ marks: '', fraction: '', zone: '' }),
      fc.record({
        marks: fc.constantFrom('--T::', '', '-', 'T', '--T:', '-- ::'),
        fraction: fc.constantFrom('', '.', '.5', '.123456'),
        zone: fc.constantFrom('', 'Z', 'z', '+02', '-0330', '+02:00', '+2', '+02:', '+99:99'),
      }),
    );
    fc.assert(
      fc.property(parts, shape, (numbers, shape) => {
        const texts = numbers.map((it, i) => String(it).padStart(i === 0 ? 4 : 2, '0'));
        const moment = texts.map((it, i) => it + (shape.marks[i] ?? '')).join('');
        const wire = moment + shape.fraction + shape.zone;
        const expected = readByParts(numbers, texts, shape);
        expect(readTimestamp(wire)).toBe(expected);
      }),
      { numRuns: 1000 },
    );
  });

  test('means the same moment in both wire forms', () => {
    const moment = fc.date({
      noInvalidDate: true,
      min: new Date('1990-01-01T00:00:00Z'),
      max: new Date('2099-12-31T23:59:59Z'),
    });
    fc.assert(
      fc.property(moment, fc.constantFrom('', 'Z', '+02:00'), (at, zone) => {
        const iso = at.toISOString().slice(0, 19);
        expect(readTimestamp(`${iso}${zone}`)).toBe(`${iso}${zone}`);
        expect(readTimestamp(iso.replace(/[-:T]/g, ''))).toBe(iso);
      }),
    );
  });
});

const LEAST = [0, 1, 1, 0, 0, 0];
const MOST = [9999, 12, 31, 23, 59, 60];
const ZONES: Readonly<Record<string, string>> = {
  '': '',
  Z: 'Z',
  '+02': '+02:00',
  '-0330': '-03:30',
  '+02:00': '+02:00',
  '+99:99': '+99:99',
};

/** What is to be made of a timestamp, told by its parts; `undefined` where it is unreadable. */
function readByParts(
  numbers: readonly number[],
  texts: readonly string[],
  { marks, fraction, zone }: Readonly<Record<'marks' | 'fraction' | 'zone', string>>,
): string | undefined {
  const isMoment = numbers.every((it, i) => it >= (LEAST[i] ?? 0) && it <= (MOST[i] ?? 0));
  const isCompact = marks === '' && fraction === '' && zone === '';
  const isIso =
    (marks === '--T::' || marks === '-- ::') && fraction !== '.' && ZONES[zone] !== undefined;
  if (!isMoment || !(isCompact || isIso)) return undefined;
  const [year, month, day, ...time] = texts;
  return `${year}-${month}-${day}T${time.join(':')}${ZONES[zone]}`;
}
