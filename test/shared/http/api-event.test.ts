import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { action as logout } from '../../../shared/actions/logout.ts';
import { action as resultDelete } from '../../../shared/actions/result-delete.ts';
import { action as resultList } from '../../../shared/actions/result-list.ts';
import { action as resultRetrieve } from '../../../shared/actions/result-retrieve.ts';
import { InvalidInputError } from '../../../shared/failure.ts';
import { type ApiEvent, readInput } from '../../../shared/http/api-event.ts';

type Loose = Record<string, unknown>;

/** An event with fields of any type, as nothing keeps API Gateway or a test console from sending. */
const event = (fields: Loose) => fields as ApiEvent;
const base64 = (text: string | Uint8Array) => Buffer.from(text).toString('base64');

function fieldAtFault(read: () => unknown): string | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    if (error instanceof InvalidInputError) return error.field;
    throw error;
  }
}

const get = (fields: Loose) => readInput(resultList, event(fields));
const post = (fields: Loose) => readInput(resultDelete, event(fields));

describe('the parameters of a GET', () => {
  test('are the query string', () => {
    const query = { limit: '5', requestType: 'domain-*' };
    const many = { limit: ['5'], requestType: ['domain-*'] };
    const expected = { limit: 5, requestType: 'domain-*' };
    expect(get({ queryStringParameters: query })).toEqual(expected);
    expect(get({ multiValueQueryStringParameters: many })).toEqual(expected);
    expect(get({ queryStringParameters: query, multiValueQueryStringParameters: many })).toEqual(
      expected,
    );
  });

  test.each<Loose>([
    {},
    { queryStringParameters: null, multiValueQueryStringParameters: null, body: null },
    { queryStringParameters: {}, multiValueQueryStringParameters: {}, body: '' },
    { body: ' \n', isBase64Encoded: false },
    { body: '', isBase64Encoded: true },
  ])('may be none: %j', (fields) => {
    expect(get(fields)).toEqual({});
  });

  test.each<[Loose, string]>([
    [
      {
        queryStringParameters: { limit: '2' },
        multiValueQueryStringParameters: { limit: ['1', '2'] },
      },
      'limit',
    ],
    [{ multiValueQueryStringParameters: { limit: ['1', '1'] } }, 'limit'],
    [{ multiValueQueryStringParameters: { limit: [] } }, 'limit'],
    [{ queryStringParameters: { limit: null } }, 'limit'],
    [{ queryStringParameters: { limit: 5 } }, 'limit'],
    [{ queryStringParameters: { limit: { valueOf: '5' } } }, 'limit'],
    [{ multiValueQueryStringParameters: { limit: [null] } }, 'limit'],
    [{ queryStringParameters: { unknown: 'x' } }, 'unknown'],
    [{ queryStringParameters: { '': 'x' } }, ''],
    [{ queryStringParameters: { constructor: 'x' } }, 'constructor'],
    [{ queryStringParameters: JSON.parse('{"__proto__":"x"}') }, '__proto__'],
    [{ multiValueQueryStringParameters: JSON.parse('{"__proto__":["x"]}') }, '__proto__'],
    [{ queryStringParameters: 'limit=5' }, 'queryStringParameters'],
    [{ queryStringParameters: ['limit'] }, 'queryStringParameters'],
    [{ multiValueQueryStringParameters: 7 }, 'queryStringParameters'],
  ])('must each be known, be a text and be given once: %j', (fields, field) => {
    expect(fieldAtFault(() => get(fields))).toBe(field);
  });

  test.each<Loose>([
    { body: '{}' },
    { body: '{"limit":"5"}' },
    { body: base64('{}'), isBase64Encoded: true },
    { body: 'limit=5' },
    { body: 7 },
  ])('are not in a body: %j', (fields) => {
    expect(fieldAtFault(() => get(fields))).toBe('body');
  });
});

describe('the parameters of a POST', () => {
  test('are a JSON body', () => {
    expect(post({ body: '{"procId":"7"}' })).toEqual({ procId: '7' });
    expect(post({ body: ' \r\n{ "procId" : "7" }\n' })).toEqual({ procId: '7' });
    expect(post({ body: base64('{"procId":"7"}'), isBase64Encoded: true })).toEqual({
      procId: '7',
    });
  });

  test.each<Loose>([{}, { body: null }, { body: '' }, { body: '{}' }])(
    'may be none where none are needed: %j',
    (fields) => {
      expect(readInput(logout, event(fields))).toEqual({});
    },
  );

  test('must be there where one is needed', () => {
    for (const body of [undefined, null, '', '{}']) {
      expect(fieldAtFault(() => post({ body }))).toBe('svTrId');
    }
    expect(() => post({})).toThrow('svTrId or procId must be given.');
  });

  test.each(['null', 'true', '7', '"procId"', '[]', '[{"procId":"7"}]'])(
    'are an object and not %s',
    (body) => {
      expect(fieldAtFault(() => post({ body }))).toBe('body');
    },
  );

  test.each([
    '{',
    '{"procId":"7"',
    "{'procId':'7'}",
    'procId=7',
    '{"procId":7,}',
    '\ufeff{}',
    '\0',
  ])('are JSON and not %j', (body) => {
    expect(fieldAtFault(() => post({ body }))).toBe('body');
    expect(() => post({ body })).toThrow('The body is not JSON.');
  });

  test.each<[unknown, unknown]>([
    [7, false],
    [{}, false],
    [['{}'], true],
    [base64(Uint8Array.of(0xff, 0xfe)), true],
    [base64(Buffer.from('{"procId":"\xff"}', 'latin1')), true],
    [base64('not JSON'), true],
    ['{"procId":"7"}', true],
  ])('are readable text and not %j (base64: %j)', (body, isBase64Encoded) => {
    expect(fieldAtFault(() => post({ body, isBase64Encoded }))).toBe('body');
  });

  test.each([
    ['{"procId":"7","other":1}', 'other'],
    ['{"procId":7}', 'procId'],
    ['{"procId":null}', 'procId'],
    ['{"procId":["7"]}', 'procId'],
    ['{"procId":{"toString":"7"}}', 'procId'],
    ['{"svTrId":"a\\r\\nauth-sid: b"}', 'svTrId'],
    ['{"svTrId":"a&auth-sid=b"}', 'svTrId'],
    ['{"svTrId":"a","__proto__":{"procId":"7"}}', '__proto__'],
    ['{"__proto__":{"procId":"7"}}', '__proto__'],
    ['{"constructor":{"prototype":{"procId":"7"}},"procId":"7"}', 'constructor'],
  ])('must each be known and of its kind: %s', (body, field) => {
    expect(fieldAtFault(() => post({ body }))).toBe(field);
    expect(({} as Loose).procId).toBeUndefined();
  });

  test.each<Loose>([
    { queryStringParameters: { procId: '7' } },
    { body: '{"procId":"7"}', queryStringParameters: { procId: '7' } },
    { body: '{"procId":"7"}', multiValueQueryStringParameters: { procId: ['7'] } },
  ])('are not in the query string: %j', (fields) => {
    expect(fieldAtFault(() => post(fields))).toBe('procId');
  });
});

describe('a refusal', () => {
  test('names the field and never quotes the value', () => {
    const canary = `canary${'\n'.repeat(3)}`;
    for (const name of ['limit', 'date', 'status', 'pending', 'procId']) {
      expect(() => get({ queryStringParameters: { [name]: canary } })).toThrow(
        new RegExp(`^${name} must (?!.*canary).*\\.$`),
      );
    }
    expect(() => post({ body: 'canary' })).toThrow(/^(?!.*canary)/s);
  });

  test('says which action has no such parameter', () => {
    expect(() => get({ queryStringParameters: { x: '1' } })).toThrow(
      'result-list has no such parameter.',
    );
  });

  test('keeps no more of an unknown name than can be read', () => {
    const name = 'x'.repeat(5000);
    expect(fieldAtFault(() => get({ queryStringParameters: { [name]: '1' } }))).toHaveLength(64);
  });
});

describe('any event', () => {
  const anything = fc.anything({ withNullPrototype: true, withObjectString: true, maxDepth: 3 });
  const texts = fc.dictionary(fc.string(), fc.oneof(fc.string(), anything));

  test('is valid input or refused, and nothing else is thrown', () => {
    const fields = fc.record(
      {
        queryStringParameters: fc.oneof(texts, anything),
        multiValueQueryStringParameters: fc.oneof(texts, anything),
        body: fc.oneof(fc.json(), fc.string(), anything),
        isBase64Encoded: fc.oneof(fc.boolean(), anything),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        fields,
        fc.constantFrom(resultList, resultRetrieve, resultDelete, logout),
        (it, action) => {
          fieldAtFault(() => readInput<object>(action, event(it)));
        },
      ),
      { numRuns: 500 },
    );
  });
});
