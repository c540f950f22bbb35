import { describe, expect, test } from '@jest/globals';
import { DmapiError, type DmapiErrorKind } from '../../../shared/dmapi/error.ts';
import {
  AwsUnavailableError,
  CredentialsRejectedError,
  InvalidInputError,
} from '../../../shared/failure.ts';
import { problemHeaders, toProblem } from '../../../shared/http/problem.ts';
import { fixture, replyOf } from '../../wire.ts';

const reply = replyOf(fixture('any.two-errors-and-a-warning'));

describe('a failure becomes a problem document:', () => {
  test.each<[DmapiErrorKind, number]>([
    ['not-permitted', 403],
    ['not-found', 404],
    ['conflict', 409],
    ['refused', 422],
    ['unreadable-reply', 502],
    ['unavailable', 503],
    ['timeout', 504],
  ])('%s is %i', (kind, status) => {
    expect(toProblem(new DmapiError(kind, 'Our sentence.'), 'r')).toStrictEqual({
      type: `urn:dmapi:problem:${kind}`,
      title: expect.any(String),
      status,
      detail: 'Our sentence.',
      requestId: 'r',
    });
  });

  test('input that is refused names its field', () => {
    expect(toProblem(new InvalidInputError('limit', 'limit is no number.'), 'r')).toStrictEqual({
      type: 'urn:dmapi:problem:invalid-input',
      title: 'The request is not valid',
      status: 400,
      detail: 'limit is no number.',
      requestId: 'r',
      field: 'limit',
    });
  });

  test('a throttled AWS call is unavailable', () => {
    const problem = toProblem(new AwsUnavailableError('Later.'), 'r');
    expect(problem).toMatchObject({ type: 'urn:dmapi:problem:unavailable', status: 503 });
  });

  test('credentials that cannot be tried are told under the same title as those refused', () => {
    const cause = new DmapiError('refused', 'canary', { reply });
    const [tried, untried] = [{ cause }, {}].map((options) =>
      toProblem(new CredentialsRejectedError('The secret is empty.', options), 'r'),
    );
    expect(untried).toStrictEqual({
      type: 'urn:dmapi:problem:credentials-rejected',
      title: tried?.title,
      status: 502,
      detail: 'The secret is empty.',
      requestId: 'r',
    });
    expect(untried?.title).not.toMatch(/registrar|refused/i);
  });

  test('a refused login tells the code and the tracking id of the refusal', () => {
    const cause = new DmapiError('refused', 'canary', { reply });
    const problem = toProblem(new CredentialsRejectedError('Refused.', { cause }), 'r');
    expect(problem).toMatchObject({
      type: 'urn:dmapi:problem:credentials-rejected',
      status: 502,
      detail: 'Refused.',
      dmapi: { statusCode: 2005, trackingId: '01dac0b300000000000000000000000b' },
    });
    expect(JSON.stringify(problem)).not.toContain('canary');
  });

  test.each<[string, unknown]>([
    ['a defect', new TypeError('canary')],
    [
      'an error that only looks like ours',
      { name: 'DmapiError', kind: 'not-found', message: 'canary' },
    ],
    ['a text', 'canary'],
    ['nothing', undefined],
    ['a session that nobody replaced', new DmapiError('session-refused', 'canary')],
  ])('%s is internal, with a fixed sentence', (_what, error) => {
    const problem = toProblem(error, 'r');
    expect(problem).toMatchObject({ type: 'urn:dmapi:problem:internal', status: 500 });
    expect(JSON.stringify(problem)).not.toContain('canary');
  });
});

describe('a refusal that blames a parameter names the field', () => {
  const told = (errors: string, fieldOf?: (wireName: string) => string | undefined) => {
    const refusal = replyOf(`Status-Code: 2400\n${errors}\n\n`);
    return toProblem(new DmapiError('refused', 'No.', { reply: refusal }), 'r', fieldOf).field;
  };

  test.each([
    ['Error: Parameter username: expected: valid username', 'username'],
    ['Error: parameter Proc-ID: expected: a number', 'procId'],
    ['Error: Parameter x-ca.legal_type: no', 'xCaLegalType'],
    ['Error: it failed\nError: Parameter domain: no\nError: Parameter period: no', 'domain'],
    ['Error: Parameter auth-sid: no\nError: Parameter domain: no', 'domain'],
    ['Error: Parameter domain: no\n  such thing', 'domain'],
  ])('as %j does', (errors, field) => {
    expect(told(errors)).toBe(field);
  });

  test.each([
    'Error: Parameter auth-sid: expected: valid session',
    'Error: Missing parameter: domain',
    'Error: Parameter : no',
    'Error: Parameter a b: no',
    `Error: Parameter ${'a'.repeat(65)}: no`,
    'Warning: Parameter domain: odd',
    'Status-Text: Parameter domain: no',
  ])('but not of %j', (errors) => {
    expect(told(errors)).toBeUndefined();
  });

  test('by the name that the action has for it', () => {
    const fieldOf = (name: string) => ({ 'owner-c': 'ownerContact' })[name];
    expect(told('Error: Parameter Owner-C: no', fieldOf)).toBe('ownerContact');
    expect(told('Error: Parameter admin-c: no', fieldOf)).toBe('adminC');
  });

  test('but not where the request was not at fault', () => {
    const cause = new DmapiError('refused', 'No.', {
      reply: replyOf('Status-Code: 2400\nError: Parameter username: expected: valid username\n\n'),
    });
    const error = new CredentialsRejectedError('Refused.', { cause });
    expect(toProblem(error, 'r')).not.toHaveProperty('field');
  });
});

describe('the answer of the registrar', () => {
  test('has a null where there is no Status-Code', () => {
    const uncoded = replyOf('Error: Missing parameter: domain\n\n');
    expect(toProblem(new DmapiError('refused', 'No.', { reply: uncoded }), 'r')).toMatchObject({
      status: 422,
      dmapi: { statusCode: null, errors: ['Missing parameter: domain'] },
    });
  });

  test('is told whole where it judges the request', () => {
    expect(toProblem(new DmapiError('refused', 'No.', { reply }), 'r').dmapi).toStrictEqual({
      statusCode: 2005,
      statusText: 'Parameter value syntax error',
      errors: ['period: must be a number', 'domain: is missing'],
      warnings: ['language: unknown, English is used'],
      trackingId: '01dac0b300000000000000000000000b',
    });
  });

  test('has null and empty lists for what it does not say', () => {
    const bare = replyOf('Status-Code: 2303');
    expect(toProblem(new DmapiError('not-found', 'No.', { reply: bare }), 'r').dmapi).toStrictEqual(
      {
        statusCode: 2303,
        statusText: null,
        errors: [],
        warnings: [],
        trackingId: null,
      },
    );
  });
});

test('a caller is told to wait as long as the registrar asks, or else a few seconds', () => {
  const retryAfter = (error: Error) =>
    Number(problemHeaders(toProblem(error, 'r-1'), error)['retry-after']);
  const asked = new DmapiError('unavailable', 'Later.', { retryAfterSeconds: 42 });
  expect(retryAfter(asked)).toBe(42);
  for (const error of [
    new DmapiError('unavailable', 'Later.'),
    new AwsUnavailableError('Later.'),
  ]) {
    expect(retryAfter(error)).toBeGreaterThanOrEqual(1);
    expect(retryAfter(error)).toBeLessThan(60);
  }
});
