import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DmapiError } from '../../../shared/dmapi/error.ts';
import { parseReply } from '../../../shared/dmapi/parse-reply.ts';
import { judge } from '../../../shared/dmapi/verdict.ts';
import { bytes, fixture } from '../../wire.ts';

const PAGE = '<!DOCTYPE html>\n<html><body>An error page</body></html>\n';

function judged(httpStatus: number, text: string, retryAfterSeconds?: number) {
  const answer = { httpStatus, retryAfterSeconds, bytes: bytes(text) };
  return judge(answer, () => parseReply(answer.bytes));
}

function failure(...answer: Parameters<typeof judged>): DmapiError {
  try {
    judged(...answer);
  } catch (error) {
    if (error instanceof DmapiError) return error;
    throw error;
  }
  throw new Error('It was judged a success.');
}

describe('a success', () => {
  test.each([0, 1000, 1001, 1500, 1999])('has the Status-Code %i', (code) => {
    expect(judged(200, `Status-Code: ${code}\n\nbody`)).toMatchObject({ body: 'body' });
  });

  test.each([200, 201, 202, 299])('comes under HTTP %i', (httpStatus) => {
    expect(judged(httpStatus, 'Status-Code: 0\n\n').statusCode).toBe(0);
  });

  test.each(['Result: ACK', 'Result: ack', 'Result: ', 'Warning: careful', 'Proc-ID: 7'])(
    'may have the header %s',
    (line) => {
      expect(judged(200, `Status-Code: 0\n${line}\n\n`).statusCode).toBe(0);
    },
  );

  test.each(['login.success', 'query-domain-list.no-match', 'dns-zone-put.success'])(
    'is what was recorded: %s',
    (name) => {
      expect(judged(200, fixture(name)).statusCode).toBe(0);
    },
  );
});

describe('no success', () => {
  test.each([1, 100, 999, -1, -401, 2000, 2400, 9999])('has the Status-Code %i', (code) => {
    expect(failure(200, `Status-Code: ${code}\n\n`).reply?.statusCode).toBe(code);
  });

  test.each([
    'Error: why',
    'Error: ',
    'error: why',
    'Result: NACK',
    'Result: nack',
    'Result: ACK\nResult: NACK',
    'Warning: one\n two\nError: why\n why not',
    'Warning: one\ntwo\nResult: NACK',
  ])('has the header %j, whatever its Status-Code', (line) => {
    expect(failure(200, `Status-Code: 0\n${line}\n\n`).kind).toBe('refused');
    expect(failure(200, `Status-Code: 1000\n${line}\n\n`).kind).toBe('refused');
  });

  test.each([300, 301, 302, 304, 307, 308, 400, 403, 404, 414])(
    'comes under HTTP %i, and one that claims to be is unreadable',
    (httpStatus) => {
      expect(failure(httpStatus, 'Status-Code: 0\n\n').kind).toBe('unreadable-reply');
      expect(failure(httpStatus, 'Status-Code: 1000\n\n').kind).toBe('unreadable-reply');
      expect(failure(httpStatus, 'Status-Code: 0\nResult: NACK\n\n').kind).toBe('refused');
    },
  );

  test('is told by the wrong API key, though it names no Error', () => {
    const { kind, reply } = failure(200, fixture('login.wrong-api-key'));
    expect([kind, reply?.body]).toEqual(['session-refused', 'API key is invalid\n']);
  });
});

describe('a failure is of the kind that its code tells, under any HTTP status:', () => {
  const CODES = [
    [2200, 'session-refused'],
    [-401, 'session-refused'],
    [2501, 'session-refused'],
    [2201, 'not-permitted'],
    [2302, 'conflict'],
    [2303, 'not-found'],
    [2000, 'refused'],
    [2003, 'refused'],
    [2005, 'refused'],
    [2104, 'refused'],
    [2202, 'refused'],
    [2304, 'refused'],
    [2306, 'refused'],
  ] as const;

  test.each(CODES)('%i is %s', (code, kind) => {
    for (const httpStatus of [200, 302, 400, 403, 404, 429, 500, 503]) {
      const text = `Status-Code: ${code}\nError: why\n\n`;
      expect([httpStatus, failure(httpStatus, text).kind]).toEqual([httpStatus, kind]);
    }
  });

  test.each([2400, 2500, 2502, 1, 9999])('%i is refused where HTTP tells nothing else', (code) => {
    expect(failure(200, `Status-Code: ${code}\n\n`).kind).toBe('refused');
    expect(failure(400, `Status-Code: ${code}\n\n`).kind).toBe('refused');
  });

  test('and the reply comes with it, for whoever tells the caller', () => {
    const { reply } = failure(404, fixture('any.unknown-object'));
    expect(reply?.headers.get('error')).toEqual(['object not found']);
  });

  test('and the message quotes nothing of the reply', () => {
    expect(failure(200, 'Status-Code: 2303\nError: canary\n\ncanary').message).not.toContain(
      'canary',
    );
  });
});

describe('HTTP alone tells the kind', () => {
  test.each([
    ['a page', PAGE],
    ['nothing', ''],
    ['a reply', fixture('any.session-expired')],
    ['a reply with another code', fixture('any.unknown-object')],
    ['a reply of success', 'Status-Code: 0\n\n'],
  ])('401 with %s is session-refused', (_what, text) => {
    expect(failure(401, text).kind).toBe('session-refused');
  });

  test.each([500, 502, 503, 504, 599, 429, 408])('%i is unavailable', (httpStatus) => {
    for (const text of [PAGE, '', 'Status-Code: 0\n\n', 'Status-Code: 2400\nError: why\n\n']) {
      expect(failure(httpStatus, text)).toMatchObject({ kind: 'unavailable', sent: true });
    }
  });

  test('and Retry-After goes with it', () => {
    expect(failure(503, PAGE, 7).retryAfterSeconds).toBe(7);
    expect(failure(429, 'Status-Code: 2400\n\n', 0).retryAfterSeconds).toBe(0);
    expect(failure(503, PAGE).retryAfterSeconds).toBeUndefined();
  });

  test('and no answer of the registrar goes with a page', () => {
    expect(failure(503, PAGE).reply).toBeUndefined();
    expect(failure(401, PAGE).reply).toBeUndefined();
  });

  test.each([200, 204, 301, 400, 403, 404, 414])('%i without DMAPI is unreadable', (httpStatus) => {
    for (const text of [PAGE, '', '{"error":"no"}', 'a\n'.repeat(2000), 'Status-Text: no\n\n']) {
      const { kind, message } = failure(httpStatus, text);
      expect([kind, message]).toEqual([
        'unreadable-reply',
        expect.stringMatching(new RegExp(`not DMAPI: .*HTTP ${httpStatus}\\.$`)),
      ]);
    }
  });
});

describe('an Error without a Status-Code', () => {
  const TEXT = 'Error: Missing parameter: domain\nError: two\n\n';

  test.each([400, 402, 403, 404, 405, 409, 410, 414, 422, 451, 499])(
    'is a refusal under HTTP %i, told with its text',
    (httpStatus) => {
      for (const code of ['', 'Status-Code: \n', 'Status-Code: OK\n']) {
        const { kind, message, reply } = failure(httpStatus, `${code}${TEXT}`);
        expect([kind, reply?.statusCode, reply?.headers.get('error')]).toEqual([
          'refused',
          null,
          ['Missing parameter: domain', 'two'],
        ]);
        expect(message).toContain(`HTTP ${httpStatus}`);
        expect(message).not.toContain('domain');
      }
    },
  );

  test.each([200, 204, 301, 302])('is unreadable under HTTP %i', (httpStatus) => {
    expect(failure(httpStatus, TEXT).kind).toBe('unreadable-reply');
  });

  test.each([
    [401, 'session-refused'],
    [408, 'unavailable'],
    [429, 'unavailable'],
    [500, 'unavailable'],
  ])('under HTTP %i is %s, as all else is', (httpStatus, kind) => {
    expect(failure(httpStatus, TEXT).kind).toBe(kind);
  });

  test.each(['Error:\n\n', 'Error:  \t \n\n', 'Warning: why\n\n', '\nError: why\n'])(
    'is one only where it has a text: %j',
    (text) => {
      expect(failure(400, text).kind).toBe('unreadable-reply');
    },
  );
});

test('no answer but HTTP 2xx with 0 or 1000 to 1999, no Error and no NACK is a success', () => {
  const line = fc.constantFrom('Error: why', 'Result: NACK', 'Result: ACK', 'Version: 1.2');
  const code = fc.oneof(
    fc.constantFrom(0, 999, 1000, 1999, 2000),
    fc.integer({ min: -999, max: 9999 }),
  );
  const httpStatus = fc.oneof(fc.constant(200), fc.integer({ min: 200, max: 599 }));
  fc.assert(
    fc.property(httpStatus, code, fc.array(line, { maxLength: 1 }), (httpStatus, code, lines) => {
      const isSuccess =
        httpStatus < 300 &&
        (code === 0 || (code >= 1000 && code <= 1999)) &&
        !lines.some((it) => it === 'Error: why' || it === 'Result: NACK');
      const text = [`Status-Code: ${code}`, ...lines, '', ''].join('\n');
      if (isSuccess) expect(judged(httpStatus, text).statusCode).toBe(code);
      else expect(failure(httpStatus, text)).toBeInstanceOf(DmapiError);
    }),
    { numRuns: 200 },
  );
});
