import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { toASCII } from 'tr46';
import { domain, host, tld } from '../../../shared/input/domain-name.ts';
import { anyText } from '../../any-text.ts';

/** The name as it is read; `undefined` where it is refused. */
function read(kind: typeof domain, name: unknown): string | undefined {
  const { success, data } = kind.safeParse(name);
  return success ? data : undefined;
}

describe('a domain name', () => {
  test.each([
    ['example.com', 'example.com'],
    ['EXAMPLE.Com.', 'example.com'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['BÜCHER。example｡', 'xn--bcher-kva.example'],
    ['bu\u0308cher.example', 'xn--bcher-kva.example'],
    ['a\u00f1\u0327.example', 'xn--a-mla94k.example'],
    ['straße.example', 'xn--strae-oqa.example'],
    ['ｅｘａｍｐｌｅ.com', 'example.com'],
    ['XN--BCHER-KVA.example', 'xn--bcher-kva.example'],
    ['例え.テスト', 'xn--r8jz45g.xn--zckzah'],
    ['نامه\u200cای.com', 'xn--mgba3gch31f060k.com'],
    ['1and1.example', '1and1.example'],
    ['1.2.3.example', '1.2.3.example'],
    ['a-b.c--d.example', 'a-b.c--d.example'],
    ['1a.אב', undefined],
    [`${'a'.repeat(63)}.example`, `${'a'.repeat(63)}.example`],
    [`${'a'.repeat(64)}.example`, undefined],
    [`${'a.'.repeat(126)}b`, `${'a.'.repeat(126)}b`],
    [`${'a.'.repeat(127)}b`, undefined],
    ['com', undefined],
    ['', undefined],
    ['.', undefined],
    ['..', undefined],
    ['.example.com', undefined],
    ['example..com', undefined],
    ['example.com..', undefined],
    ['-a.example', undefined],
    ['a-.example', undefined],
    ['ab--c.example', undefined],
    ['xn--.example', undefined],
    ['xn--a.example', undefined],
    ['xn--bcher-kva-.example', undefined],
    ['a_b.example', undefined],
    ['*.example', undefined],
    ['a b.example', undefined],
    [' example.com', undefined],
    ['example.com\n', undefined],
    ['exam\tple.com', undefined],
    ['foo/bar.com', undefined],
    ['foo\\bar.com', undefined],
    ['user@example.com', undefined],
    ['example.com:80', undefined],
    ['example.com?x', undefined],
    ['example.com#x', undefined],
    ['ex%61mple.com', undefined],
    ['[::1]', undefined],
    ['1.2.3', undefined],
    ['1.2.3.4', undefined],
    ['0x7f.1', undefined],
    ['example.123', undefined],
    ['example.0x1', undefined],
    ['a\u200db.example', undefined],
    ['क्\u200c\u200cष.example', undefined],
    ['\u0300a.example', undefined],
    ['אa.example', undefined],
    ['a\ud800.example', undefined],
    ['a\ufffd.example', undefined],
  ])('%j is read as %j', (name, ascii) => {
    expect(read(domain, name)).toBe(ascii);
    expect(read(host, name)).toBe(ascii);
  });

  test('is a text', () => {
    for (const it of [null, undefined, 7, true, {}, [], ['example.com']]) {
      expect(read(domain, it)).toBeUndefined();
    }
  });
});

test('a top level domain has one label or more', () => {
  expect(['COM', 'co.uk.', 'РФ', '.com', 'c m', '', '7'].map((name) => read(tld, name))).toEqual([
    ...['com', 'co.uk', 'xn--p1ai'],
    ...[undefined, undefined, undefined, undefined],
  ]);
});

/** Letters that all versions of Unicode agree on since long, and what is special to names. */
const CHARACTERS = [
  ...'abxyzAZ019--..',
  ...'äßçñøÄÇıİ',
  ...'αςσΣΑ',
  ...'дёжЯ',
  ...'אבג',
  ...'ابتنی١۱',
  ...'कष्त्र',
  ...'中文字例え。｡．',
  ...'한국ﬁ½²ａＺ０',
  ...'\u00ad\u200b\u200c\u200d\u0300\u0308\u0327\u2024\u2260\u2490',
  ...'_*/:@%#? \t\n\0',
];
const OPTIONS = {
  checkBidi: true,
  checkJoiners: true,
  checkHyphens: true,
  transitionalProcessing: false,
  useSTD3ASCIIRules: true,
  verifyDNSLength: true,
};

/** By another implementation of UTS 46; what ends in a number could be an address. */
function byOracle(name: string): string | undefined {
  const ascii = toASCII(name.replace(/[.。．｡]$/, ''), OPTIONS);
  const labels = ascii?.split('.') ?? [];
  const isName = labels.length > 1 && !/^(\d+|0x[\da-f]*)$/.test(labels.at(-1) ?? '');
  return isName ? ascii?.toLowerCase() : undefined;
}

const label = fc.array(fc.constantFrom(...CHARACTERS, 'xn--', 'xn--bcher-kva'), {
  minLength: 1,
  maxLength: 6,
});
const names = fc
  .array(
    label.map((characters) => characters.join('')),
    { minLength: 1, maxLength: 3 },
  )
  .map((labels) => labels.join('.'));

test('what is taken for a name, and how it is read, is what UTS 46 says', () => {
  const property = fc.property(names, (name) => {
    expect([name, read(domain, name)]).toEqual([name, byOracle(name)]);
  });
  fc.assert(property, { numRuns: 3000 });
});

test('what has been read is a name, and is read as the same again', () => {
  const property = fc.property(fc.oneof(names, anyText({ maxLength: 20 })), (name) => {
    const ascii = read(domain, name);
    if (ascii === undefined) return;
    expect(ascii).toMatch(/^(?=.{3,253}$)[a-z\d-]{1,63}(\.[a-z\d-]{1,63})+$/);
    expect(read(domain, ascii)).toBe(ascii);
  });
  fc.assert(property, { numRuns: 2000 });
});
