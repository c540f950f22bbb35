import { describe, expect, test } from '@jest/globals';
import { parseReply } from '../../../shared/dmapi/parse-reply.ts';
import { header, headerValues } from '../../../shared/dmapi/reply.ts';
import { bytes, fixture, replyOf, UNREADABLE } from '../../wire.ts';

describe('a reply as the registrar sends it', () => {
  test('of a login has its headers, and the TLDs in its body', () => {
    const reply = replyOf(fixture('login.success'));
    expect(reply.statusCode).toBe(0);
    expect(reply.headers.size).toBe(22);
    expect(header(reply, 'User-Access')).toBe('@modify-only');
    expect(reply.body).toBe('ac\nae.org\ncom\nxn--p1ai\n');
  });

  test('keeps the colons in a value', () => {
    const reply = replyOf(fixture('login.success'));
    expect(header(reply, 'Stats-Last-Login')).toBe('2020-11-15 22:37:05 +0100');
  });

  test('tells an empty value from a missing header', () => {
    const reply = replyOf(fixture('login.success'));
    expect(header(reply, 'Stats-Last-Error')).toBe('');
    expect(header(reply, 'Result')).toBeUndefined();
  });

  test('may end without a line feed', () => {
    const reply = replyOf(fixture('query-domain-list.one-row'));
    expect(reply.body).toBe('example.net 2030-01-31 production');
  });

  test.each(['query-domain-list.no-match', 'dns-zone-put.success', 'result-list.empty'])(
    'may have no body: %s',
    (name) => {
      expect(replyOf(fixture(name))).toMatchObject({ statusCode: 0, body: '' });
    },
  );

  test('keeps the blank lines and the colons of a body', () => {
    const { body } = replyOf(fixture('result-retrieve.ack'));
    expect(body).toBe(
      'Completion-Status: ack\nObject-Name: example.net\n\nThe Authorization ID is: "canary-transfer-code"\n\nKeep it: a new request voids it.\n',
    );
    expect(replyOf(fixture('dns-zone-get.success')).body).toMatch(/^\$dnssec=no\n\$dyndns=no::\n/);
  });

  test('keeps every Error and Warning, in order', () => {
    const reply = replyOf(fixture('any.two-errors-and-a-warning'));
    expect(headerValues(reply, 'Error')).toEqual([
      'period: must be a number',
      'domain: is missing',
    ]);
    expect(headerValues(reply, 'Warning')).toEqual(['language: unknown, English is used']);
  });

  test.each(['any.session-expired', 'any.session-expired-before-2017', 'any.unknown-object'])(
    'may tell of a failure: %s',
    (name) => {
      expect([2200, -401, 2303]).toContain(replyOf(fixture(name)).statusCode);
    },
  );
});

describe('a reply may differ from the usual form:', () => {
  test.each(['Status-Code: 0', 'Status-Code: 0\n', 'Status-Code: 0\n\n'])(
    'without the blank line where there is no body: %j',
    (text) => {
      expect(replyOf(text)).toMatchObject({ statusCode: 0, body: '' });
    },
  );

  test('with CRLF at the line ends', () => {
    const reply = replyOf('Status-Code: 1000\r\nError: one\r\n\r\nbody\r\n');
    expect(reply).toMatchObject({ statusCode: 1000, body: 'body\r\n' });
    expect(headerValues(reply, 'Error')).toEqual(['one']);
  });

  test('with header names in another case', () => {
    const reply = replyOf('STATUS-CODE: 0\nauth-SID: a\nproc-id: 7\n\n');
    expect(header(reply, 'Auth-Sid')).toBe('a');
    expect(header(reply, 'Proc-ID')).toBe('7');
  });

  test('with no blank, or several, around a value', () => {
    const reply = replyOf('Status-Code:0\nStatus-Text:   all is well  \n\n');
    expect(reply.statusCode).toBe(0);
    expect(header(reply, 'Status-Text')).toBe('all is well');
  });

  test('with a TAB as a value, which is no blank to trim', () => {
    expect(header(replyOf('Status-Code: 0\nSeparator: \t\n\n'), 'Separator')).toBe('\t');
  });

  test('with a byte order mark', () => {
    expect(replyOf('\ufeffStatus-Code: 0\n\n').statusCode).toBe(0);
  });

  test('with letters beyond ASCII', () => {
    const reply = replyOf('Status-Code: 0\nStatus-Text: größer 😀\n\nZürich\n');
    expect(header(reply, 'Status-Text')).toBe('größer 😀');
    expect(reply.body).toBe('Zürich\n');
  });

  test('with the same Status-Code twice', () => {
    expect(replyOf('Status-Code: 2303\nStatus-Code: 2303\n\n').statusCode).toBe(2303);
  });

  test('with headers named like parts of an object', () => {
    const reply = replyOf('Status-Code: 0\nconstructor: a\ntoString: b\nhasOwnProperty: c\n\n');
    expect(header(reply, 'constructor')).toBe('a');
    expect(header(reply, 'toString')).toBe('b');
    expect(header(reply, 'valueOf')).toBeUndefined();
  });
});

describe('a byte that is not UTF-8 is replaced and spoils nothing else', () => {
  test.each([
    ['a letter cut in half', [0xc3]],
    ['a letter of Latin-1', [0xe4]],
    ['a surrogate written as UTF-8', [0xed, 0xa0, 0x80]],
  ])('%s', (_what, octets) => {
    const reply = [...bytes('Status-Code: 0\n\na'), ...octets, ...bytes('\nb\n')];
    const { statusCode, body } = parseReply(Uint8Array.from(reply));
    expect(statusCode).toBe(0);
    expect(body).toMatch(/^a\ufffd+\nb\n$/);
  });
});

describe('a Status-Code that cannot be read is none:', () => {
  test.each([
    ['bytes that are not UTF-8', [0xff, 0xfe, 0x00]],
    ['a Status-Code with such a byte', [...bytes('Status-Code: 0'), 0xc3, ...bytes('\n\n')]],
  ])('%s', (_what, octets) => {
    expect(parseReply(Uint8Array.from(octets)).statusCode).toBeNull();
  });

  test.each([
    ['nothing', ''],
    ['a line feed', '\n'],
    ['no Status-Code', 'Status-Text: OK\n\n'],
    ['a Status-Code in the body only', 'Version: 1.2\n\nStatus-Code: 0\n'],
    ['an empty Status-Code', 'Status-Code: \n\n'],
    ['a word as Status-Code', 'Status-Code: OK\n\n'],
    ['a Status-Code that only begins with digits', 'Status-Code: 0 OK\n\n'],
    ['a decimal Status-Code', 'Status-Code: 0.0\n\n'],
    ['a hexadecimal Status-Code', 'Status-Code: 0x0\n\n'],
    ['an exponent in the Status-Code', 'Status-Code: 1e3\n\n'],
    ['a Status-Code in other digits', 'Status-Code: ٠\n\n'],
    ['an endless Status-Code', `Status-Code: ${'1'.repeat(400)}\n\n`],
    ['two Status-Codes that differ', 'Status-Code: 0\nStatus-Code: 2303\n\n'],
    ['two Status-Codes that differ in case of the name', 'Status-Code: 0\nstatus-code: 2303\n\n'],
    ['a page', '<!DOCTYPE html>\n<html><body>502 Bad Gateway</body></html>\n'],
    ['JSON', '{"Status-Code": 0}'],
    ['a line that would continue the name', 'Status-Code:\n 0\n\n'],
  ])('%s', (_what, text) => {
    expect(replyOf(text).statusCode).toBeNull();
  });
});

describe('a line that is no header continues the one before:', () => {
  test('an Error over two lines', () => {
    const reply = replyOf(
      'Status-Code: 2400\nError: contacts are not valid\n  owner (COM-1)\r\nadmin\nError: two\n\nbody',
    );
    expect(reply).toMatchObject({ statusCode: 2400, body: 'body' });
    expect(headerValues(reply, 'Error')).toEqual([
      'contacts are not valid\nowner (COM-1)\nadmin',
      'two',
    ]);
  });

  test('an Error that begins on the next line', () => {
    const reply = replyOf('Status-Code: 2400\nError:\n  contacts are not valid\n\n');
    expect(headerValues(reply, 'Error')).toEqual(['contacts are not valid']);
  });

  test.each(['Warning', 'Status-Text'])('a %s over two lines, in a success', (name) => {
    const reply = replyOf(`${name}: one\ntwo\n three\nStatus-Code: 0\n\nbody`);
    expect(reply).toMatchObject({ statusCode: 0, body: 'body' });
    expect(header(reply, name)).toBe('one\ntwo\nthree');
  });

  test.each([' ', '\t'])('any value that is continued after %j', (blank) => {
    const reply = replyOf(`Status-Code: 0\nStats-last-error: one\n${blank}two\n\nbody`);
    expect(header(reply, 'Stats-last-error')).toBe('one\ntwo');
    expect(reply.body).toBe('body');
  });

  test.each([
    ['nothing before it', 'junk\n: value\nStatus-Code: 2303\nError: why\n\n'],
    ['the Status-Code before it', 'Status-Code: 2303\njunk\n junk: x\nError: why\n\n'],
    ['a value before it', 'Proc-ID: 7\njunk\nStatus-Code: 2303\nError: why\n\n'],
    ['no blank line after it', 'Error: why\nStatus-Code: 2303\njunk'],
    ['a name of no form', 'Error: why\nStatus-Code: 2303\n__proto__: polluted\n\n'],
    ['a page before it', '<html>\n<body>\nStatus-Code: 2303\nError: why\n</body>\n\n'],
  ])('and spoils no refusal, with %s', (_what, text) => {
    const reply = replyOf(text);
    expect(reply.statusCode).toBe(2303);
    expect(header(reply, 'Error')).toMatch(/^why/);
  });
});

describe('a success with a line that may be part of what was asked for is unreadable:', () => {
  test.each([
    ['a line without a colon among the headers', 'Status-Code: 0\nhello\n\n'],
    ['one after a value', 'Status-Code: 0\nProc-ID: 7\nhello\n\n'],
    ['one before all headers', 'hello\nStatus-Code: 0\n\n'],
    ['a header without a name', 'Status-Code: 0\n: value\n\n'],
    ['a continued Status-Code', 'Status-Code: 0\n more: of it\n\n'],
    ['a continued Result', 'Status-Code: 0\nResult: NACK\n of it\n\n'],
    ['a hostile header name', 'Status-Code: 0\n__proto__: polluted\n\n'],
    ['a list without the blank line before it', 'Status-Code: 0\nexample.net 2030-01-31\n'],
    ['the same after words', 'Status-Code: 0\nStatus-Text: OK\nexample.net 2030-01-31\n'],
    ['the same, indented', 'Status-Code: 1000\nVersion: 1\n example.net 2030-01-31'],
  ])('%s', (_what, text) => {
    expect(() => replyOf(text)).toThrow(UNREADABLE);
  });
});

describe('what is not DMAPI is refused as unreadable:', () => {
  test('headers without end', () => {
    expect(() => replyOf('a: b\n'.repeat(1001))).toThrow(UNREADABLE);
    expect(() => replyOf('canary\n'.repeat(1001))).toThrow(UNREADABLE);
  });

  test('and the error quotes nothing of it', () => {
    expect(() => replyOf('Status-Code: 0\ncanary-secret\n')).toThrow(
      /^(?!.*canary).*is not DMAPI/s,
    );
  });
});
