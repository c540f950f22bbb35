import { describe, expect, test } from '@jest/globals';
import { DmapiError, type DmapiErrorKind } from '../../../shared/dmapi/error.ts';
import {
  AwsUnavailableError,
  CredentialsRejectedError,
  InvalidInputError,
} from '../../../shared/failure.ts';
import { retryAfterSeconds, toProblem } from '../../../shared/http/problem.ts';
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

describe('the answer of the registrar', () => {
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
  const asked = new DmapiError('unavailable', 'Later.', { retryAfterSeconds: 42 });
  expect(retryAfterSeconds(asked)).toBe(42);
  for (const error of [
    new DmapiError('unavailable', 'Later.'),
    new AwsUnavailableError('Later.'),
  ]) {
    expect(retryAfterSeconds(error)).toBeGreaterThanOrEqual(1);
    expect(retryAfterSeconds(error)).toBeLessThan(60);
  }
});
