import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { redact } from '../../../shared/dmapi/redact.ts';
import { header, headerValues } from '../../../shared/dmapi/reply.ts';
import { fixture, replyOf } from '../../wire.ts';

const SID = 'canary-0000000000000000000000000000000001';
const KEY = 'canary-api-key-$&-$1-.*';

describe('a secret', () => {
  test('is blanked out of every header value and the body, wherever it stands', () => {
    const reply = replyOf(
      `Status-Code: 2200\nError: no session ${SID}\nError: <${SID}${SID}>\nStatus-Text: ${KEY}\n\n${SID} and ${KEY}\n`,
    );
    const clean = redact(reply, [SID, KEY]);
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
    redact(reply, [SID]);
    expect(header(reply, 'Error')).toBe(SID);
    expect(reply.body).toBe(SID);
  });

  test('is blanked out where it is form-encoded or percent-encoded', () => {
    const reply = replyOf('Status-Code: 0\n\npass%40word+1&pass%40word%201&pass@word 1');
    expect(redact(reply, ['pass@word 1']).body).toBe('[redacted]&[redacted]&[redacted]');
  });

  test('that begins with another is blanked out whole', () => {
    const reply = replyOf('Status-Code: 0\n\nABCDEFGHIJKL ABCDEFGH');
    expect(redact(reply, ['ABCDEFGH', 'ABCDEFGHIJKL']).body).toBe('[redacted] [redacted]');
  });

  test('that is short is blanked out of what people read, not of data', () => {
    const reply = replyOf('Status-Code: 2200\nError: not "1234"\n\n01d61234bb9b');
    const clean = redact(reply, ['1234']);
    expect(header(clean, 'Error')).toBe('not "[redacted]"');
    expect(clean.body).toBe('01d61234bb9b');
  });

  test('of no length blanks nothing out', () => {
    const reply = replyOf(fixture('login.success'));
    expect(redact(reply, ['', SID])).toEqual(reply);
    expect(redact(reply, [])).toEqual(reply);
  });

  test('is nowhere in any reply', () => {
    const secret = fc.stringMatching(/^[A-Za-z0-9$&.*+?^()[\]{}|\\]{12,40}$/);
    const around = fc.tuple(fc.string(), fc.string());
    fc.assert(
      fc.property(secret, around, (secret, [before, after]) => {
        const text = `${before}${secret}${after}`;
        const reply = { statusCode: 0, headers: new Map([['error', [text, text]]]), body: text };
        const clean = redact(reply, [secret]);
        expect(JSON.stringify([[...clean.headers], clean.body])).not.toContain(
          JSON.stringify(secret).slice(1, -1),
        );
      }),
    );
  });
});
