import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readFields } from '../../../shared/dmapi/fields.ts';
import { anyText } from '../../any-text.ts';
import { cpuMs } from '../../time.ts';
import { fixture, replyOf } from '../../wire.ts';

describe('the fields a body begins with', () => {
  test('end at the first blank line', () => {
    expect(readFields(replyOf(fixture('result-retrieve.ack')).body)).toEqual({
      fields: { completionStatus: 'ack', objectName: 'example.net' },
      rest: 'The Authorization ID is: "canary-transfer-code"\n\nKeep it: a new request voids it.\n',
    });
  });

  test('may be all there is', () => {
    expect(readFields('a: 1\nb: 2')).toEqual({ fields: { a: '1', b: '2' }, rest: '' });
    expect(readFields('a: 1\nb: 2\n\n')).toEqual({ fields: { a: '1', b: '2' }, rest: '' });
  });

  test('end at the first line that is no field, which is kept', () => {
    expect(readFields('a: 1\nNo field here\nb: 2\n')).toEqual({
      fields: { a: '1' },
      rest: 'No field here\nb: 2\n',
    });
  });

  test.each(['\n', '\n\n', ' \n', '\r\n'])('may come after blank lines: %j', (blank) => {
    expect(readFields(`${blank}a: 1\nb: 2\n\nrest\n`)).toEqual({
      fields: { a: '1', b: '2' },
      rest: 'rest\n',
    });
  });

  test('may be missing', () => {
    expect(readFields('')).toEqual({ fields: {}, rest: '' });
    expect(readFields('API key is invalid\n')).toEqual({
      fields: {},
      rest: 'API key is invalid\n',
    });
    expect(readFields('\nAPI key is invalid\n')).toEqual({
      fields: {},
      rest: 'API key is invalid\n',
    });
  });

  test('are named in camelCase, whether written with dashes or underscores', () => {
    const { fields } = readFields(
      'customer-id: 7\nadmin_email: a@example.net\nVAT-ID: x\nwhois1: y',
    );
    expect(fields).toEqual({
      customerId: '7',
      adminEmail: 'a@example.net',
      vatId: 'x',
      whois1: 'y',
    });
  });

  test('keep the colons in a value, and empty values', () => {
    expect(readFields('url: https://www.example.net:8443/\nfax: \nhttp:').fields).toEqual({
      url: 'https://www.example.net:8443/',
      fax: '',
      http: '',
    });
  });

  test('keep all values of a repeated name', () => {
    expect(readFields('ns: a\nx: 1\nns: b\nNS: c').fields).toEqual({ ns: 'a\nb\nc', x: '1' });
  });

  test('may have CRLF at their line ends', () => {
    expect(readFields('a: 1\r\nb: 2\r\n\r\ntext\r\n')).toEqual({
      fields: { a: '1', b: '2' },
      rest: 'text\r\n',
    });
  });

  test('may be named like parts of an object and do no harm', () => {
    const { fields } = readFields('constructor: a\ntoString: b\nproto: c\nhas-own-property: d');
    expect(Object.entries(fields)).toEqual([
      ['constructor', 'a'],
      ['toString', 'b'],
      ['proto', 'c'],
      ['hasOwnProperty', 'd'],
    ]);
    expect(readFields('__proto__: polluted')).toEqual({ fields: {}, rest: '__proto__: polluted' });
    expect(Object.getPrototypeOf(readFields('p: 1').fields)).toBe(Object.prototype);
  });

  test('of a name of any size are read in a time that grows with it and no faster', async () => {
    // Its square would take minutes.
    const name = `a${'-'.repeat(1_000_000)}`;
    expect(await cpuMs(() => readFields(`${name}: 1`))).toBeLessThan(5000);
  });
});

describe('any body', () => {
  test('is fields and a rest that is its end', () => {
    const line = fc.oneof(
      anyText({ maxLength: 40 }),
      fc.stringMatching(/^[A-Za-z_-]{1,9}: ?\w{0,9}$/),
    );
    const body = fc.array(line).map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(body, (text) => {
        const { fields, rest } = readFields(text);
        expect(text.endsWith(rest)).toBe(true);
        expect(Object.values(fields).every((value) => typeof value === 'string')).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  test('that is well formed is read back exactly', () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9]{0,9}$/);
    const value = fc.stringMatching(/^([!-~]([ -~]{0,20}[!-~])?)?$/);
    fc.assert(
      fc.property(
        // Without a field the blank line would come first, and say nothing.
        fc.dictionary(name, value, { minKeys: 1, noNullPrototype: true }),
        fc.string(),
        (it, text) => {
          const head = Object.entries(it).map(([name, value]) => `${name}: ${value}\n`);
          expect(readFields(`${head.join('')}\n${text}`)).toEqual({ fields: it, rest: text });
        },
      ),
    );
  });
});
