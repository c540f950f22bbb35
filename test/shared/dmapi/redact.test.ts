import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { redact } from '../../../shared/dmapi/redact.ts';
import { header, headerValues } from '../../../shared/dmapi/reply.ts';
import { fixture, replyOf } from '../../wire.ts';

const SID = 'canary-0000000000000000000000000000000001';
const KEY = 'canary-api-key-$&-$1-.*';

const keys = (...all: string[]) => ({ keys: all, passwords: [] });

describe('a key', () => {
  test('is blanked out of every header value and the body, wherever it stands', () => {
    const reply = replyOf(
      `Status-Code: 2200\nError: no session ${SID}\nError: <${SID}${SID}>\nStatus-Text: ${KEY}\n\n${SID} and ${KEY}\n`,
    );
    const clean = redact(reply, keys(SID, KEY));
    expect(headerValues(clean, 'Error')).toEqual([
      'no session [redacted]',
      '<[redacted][redacted]>',
    ]);
    expect(header(clean, 'Status-Text')).toBe('[redacted]');
    expect(clean.body).toBe('[redacted] and [redacted]\n');
    expect(clean.statusCode).toBe(2200);
  });

  test('stays in the reply that was given', () => {
    const reply = replyOf(`Status-Code: 0\nError: ${SID}\n\n${SID}`);
    redact(reply, keys(SID));
    expect(header(reply, 'Error')).toBe(SID);
    expect(reply.body).toBe(SID);
  });

  test('is blanked out where it is form-encoded or percent-encoded', () => {
    const reply = replyOf(
      'Status-Code: 0\n\npass%40word+1&pass%40word%201&pass@word 1&p%c3%a4ss&p%C3%A4ss%26',
    );
    expect(redact(reply, keys('pass@word 1')).body).toBe(
      '[redacted]&[redacted]&[redacted]&p%c3%a4ss&p%C3%A4ss%26',
    );
    expect(redact(reply, keys('päss&long')).body).toBe(reply.body);
    const lowerCase = replyOf('Status-Code: 0\n\np%c3%a4ss%26long P%c3%a4ss p%C3%A4ss%26long');
    expect(redact(lowerCase, keys('päss&long')).body).toBe('[redacted] P%c3%a4ss [redacted]');
  });

  test('that begins with another is blanked out whole', () => {
    const reply = replyOf('Status-Code: 0\n\nABCDEFGHIJKL ABCDEFGH');
    expect(redact(reply, keys('ABCDEFGH', 'ABCDEFGHIJKL')).body).toBe('[redacted] [redacted]');
  });

  test('that is short is blanked out of what people read, not of data', () => {
    const reply = replyOf('Status-Code: 2200\nError: not "1234"\n\n01d61234bb9b');
    const clean = redact(reply, keys('1234'));
    expect(header(clean, 'Error')).toBe('not "[redacted]"');
    expect(clean.body).toBe('01d61234bb9b');
  });

  test('of no length blanks nothing out', () => {
    const reply = replyOf(fixture('login.success'));
    expect(redact(reply, { keys: ['', SID], passwords: [''] })).toEqual(reply);
    expect(redact(reply, keys())).toEqual(reply);
  });

  test('is nowhere in any reply', () => {
    const secret = fc.stringMatching(/^[A-Za-z0-9$&.*+?^()[\]{}|\\]{12,40}$/);
    const around = fc.tuple(fc.string(), fc.string());
    fc.assert(
      fc.property(secret, around, (secret, [before, after]) => {
        const text = `${before}${secret}${after}`;
        const reply = { statusCode: 0, headers: new Map([['error', [text, text]]]), body: text };
        const clean = redact(reply, keys(secret));
        expect(JSON.stringify([[...clean.headers], clean.body])).not.toContain(
          JSON.stringify(secret).slice(1, -1),
        );
      }),
    );
  });
});

describe('a password', () => {
  const football = (text: string) =>
    redact(replyOf(text), { keys: [SID], passwords: ['football'] });
  const errorOf = (text: string) =>
    header(football(`Status-Code: 2200\nError: ${text}\n\n`), 'Error');

  test('never changes data, in which the same word can stand', () => {
    const text =
      'Status-Code: 0\nUser-Login: football\nColumns: football\n\nfootball-tickets.example football\n';
    expect(football(text)).toEqual(replyOf(text));
  });

  test('is blanked out where the registrar speaks to people', () => {
    const clean = football(
      'Status-Code: 2200\nStatus-Text: football?\nWarning: football\nError: football\nError: (football)\n\nfootball',
    );
    expect(header(clean, 'Status-Text')).toBe('[redacted]?');
    expect(header(clean, 'Warning')).toBe('[redacted]');
    expect(headerValues(clean, 'Error')).toEqual(['[redacted]', '([redacted])']);
    expect(clean.body).toBe('football');
  });

  test.each([
    ['"football" is wrong', '"[redacted]" is wrong'],
    ['the password is football.', 'the password is [redacted].'],
    ['password=football&x=1', 'password=[redacted]&x=1'],
    ['user:football, football', 'user:[redacted], [redacted]'],
    ['football\n  football', '[redacted]\n[redacted]'],
  ])('is found as a word of its own: %j', (text, clean) => {
    expect(errorOf(text)).toBe(clean);
  });

  test.each([
    'football-tickets.example is taken',
    'tickets.football is taken',
    'no domain football.example',
    'Parameter email: me@football',
    'footballs, eurofootball, football2, football_cup, footballü, Football',
  ])('is not looked for within names and longer words, which would tell it: %j', (text) => {
    expect(errorOf(text)).toBe(text);
  });

  test.each(['$&-ü!', 'pass@word 1', 'a.b', '(', 'x', '\\d+', '-key-', '😀', 'ü', 'a/b^c|d[e]{2}'])(
    'may be any text: %j',
    (password) => {
      const text = `Status-Code: 2200\nError: no ${password}, ${encodeURIComponent(password)}\n\n${password}`;
      const clean = redact(replyOf(text), { keys: [], passwords: [password] });
      expect(header(clean, 'Error')).toBe('no [redacted], [redacted]');
      expect(clean.body).toBe(password);
    },
  );
});
