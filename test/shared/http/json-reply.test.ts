import { describe, expect, test } from '@jest/globals';
import { problemJson } from '../../../shared/http/json-reply.ts';

const LONG = '"'.repeat(3_100_000);
const about = { type: 'urn:dmapi:problem:refused', status: 422 };

describe('a problem that Lambda would not pass on', () => {
  test('is told without how the zone differs', () => {
    const { body } = problemJson(502, {
      ...about,
      diff: { added: [{ other: LONG }], removed: [] },
    });
    expect(JSON.parse(body)).toEqual({ ...about, diff: null });
  });

  test('is told without what the registrar has said', () => {
    const dmapi = { statusCode: 2400, statusText: 'No', errors: [LONG], warnings: [] };
    const { body } = problemJson(422, { ...about, dmapi });
    const short = { statusCode: 2400, statusText: null, errors: [], warnings: [] };
    expect(JSON.parse(body)).toEqual({ ...about, dmapi: short });
  });
});

test('a problem is told as it is', () => {
  const problem = { ...about, diff: { added: [], removed: [] }, dmapi: { errors: ['No'] } };
  expect(JSON.parse(problemJson(422, problem).body)).toEqual(problem);
});
