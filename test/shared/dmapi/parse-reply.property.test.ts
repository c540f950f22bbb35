import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseReply } from '../../../shared/dmapi/parse-reply.ts';
import { anyText } from '../../any-text.ts';
import { cpuMs } from '../../time.ts';
import { bytes, readOrRefuse, replyOf } from '../../wire.ts';

const RUNS = { numRuns: 200 };

const name = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,20}$/);
const otherName = name.filter((it) => it.toLowerCase() !== 'status-code');
/** Any text of one line; blanks at its ends are not part of a value. */
const value = fc
  .string({ unit: 'grapheme', maxLength: 40 })
  .map((text) => text.replace(/[\n\r\u2028\u2029]/g, '').replace(/^ +| +$/g, ''));
const statusCode = fc.oneof(
  fc.constantFrom(0, -401, 1000, 2200),
  fc.integer({ min: 0, max: 9999 }),
);
const body = fc.string({ unit: 'grapheme', maxLength: 200 });

/** Well-formed replies, with the lines they are made of. */
const reply = fc.record({
  statusCode,
  before: fc.array(fc.tuple(otherName, value), { maxLength: 6 }),
  after: fc.array(fc.tuple(otherName, value), { maxLength: 6 }),
  body,
});

/** Text that is nearly a reply: lines such as those of a reply, in any order. */
const nearly = fc
  .array(
    fc.oneof(
      fc.constantFrom('Status-Code: 0', 'Status-Code: 2303', 'Status-Code:', '', '\r', ':', '\t'),
      fc.tuple(name, anyText({ maxLength: 20 })).map((pair) => pair.join(': ')),
      anyText({ maxLength: 20 }),
    ),
    { maxLength: 12 },
  )
  .map((lines) => lines.join('\n'));

describe('whatever comes is a reply or unreadable, never anything else:', () => {
  test('any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (octets) => {
        readOrRefuse(() => parseReply(octets));
      }),
      RUNS,
    );
  });

  test('a success with any bytes after it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (octets) => {
        const reply = readOrRefuse(() =>
          parseReply(Buffer.concat([bytes('Status-Code: 0\n'), octets])),
        );
        expect([0, undefined]).toContain(reply?.statusCode);
      }),
      RUNS,
    );
  });

  test('text that is nearly a reply', () => {
    fc.assert(
      fc.property(nearly, (text) => {
        const reply = readOrRefuse(() => replyOf(text));
        expect(Number.isInteger(reply?.statusCode ?? 0)).toBe(true);
      }),
      RUNS,
    );
  });

  test('a header line of any size, in a time that grows with it and no faster', async () => {
    // Its square would take minutes.
    const line = `X: a${' '.repeat(1_000_000)}b`;
    const read = () => readOrRefuse(() => replyOf(`Status-Code: 0\n${line}\n\n`));
    expect(await cpuMs(read)).toBeLessThan(5000);
  });
});

describe('a well-formed reply is read back exactly', () => {
  test.each(['\n', '\r\n'])('with line ends %j', (lineEnd) => {
    fc.assert(
      fc.property(reply, ({ statusCode, before, after, body }) => {
        const lines = [...before, ['Status-Code', String(statusCode)] as const, ...after];
        const head = lines.map(([name, value]) => `${name}: ${value}`).join(lineEnd);
        const expected = new Map<string, string[]>();
        for (const [name, value] of lines) {
          const key = name.toLowerCase();
          expected.set(key, [...(expected.get(key) ?? []), value]);
        }
        expect(replyOf(`${head}${lineEnd}${lineEnd}${body}`)).toEqual({
          statusCode,
          headers: expected,
          body,
        });
      }),
      RUNS,
    );
  });
});
