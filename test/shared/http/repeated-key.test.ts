import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { repeatedKey } from '../../../shared/http/repeated-key.ts';
import { anyText } from '../../any-text.ts';

describe('a key that an object gives twice', () => {
  test.each([
    ['{"a":1,"a":1}', 'a'],
    [' { "a" : 1 , "b" : 2 , "a" : 3 } ', 'a'],
    ['{"a":1,"\\u0061":2}', 'a'],
    ['{"\\"":1,"b":"\\\\","\\"":2}', '"'],
    ['{"":1,"":2}', ''],
    ['{"__proto__":1,"__proto__":2}', '__proto__'],
    ['{"{":1,"{":2}', '{'],
  ])('is told: %s', (json, key) => {
    expect(repeatedKey(json)).toBe(key);
  });

  test.each([
    '{"a":{"b":1,"b":2}}',
    '{"c":{"b":1},"a":{"b":{"d":[{"e":0,"e":0}]}}}',
    '{"a":[1,{},{"b":1,"b":2}],"c":3}',
  ])('is told by the outermost key that holds it: %s', (json) => {
    expect(repeatedKey(json)).toBe('a');
  });

  test.each([
    '{}',
    '"a"',
    '[{"a":1},{"a":2}]',
    '{"a":{"a":{"a":1}},"b":{"a":1}}',
    '{"a":"a","b":"a:","c":"{\\"a\\":1,\\"a\\":2}"}',
    '{"a":"\\\\","b":"\\\\\\"","c":":"}',
    '{"a":["a","a"],"A":1,"a ":2}',
  ])('is none: %s', (json) => {
    expect(repeatedKey(json)).toBeUndefined();
  });

  test('is none in what JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 2), (value, indent) => {
        expect(repeatedKey(JSON.stringify(value, null, indent))).toBeUndefined();
      }),
    );
  });

  test('is found whatever the keys and values are', () => {
    const key = anyText({ maxLength: 6 });
    const members = fc.uniqueArray(fc.tuple(key, fc.jsonValue()), {
      minLength: 1,
      maxLength: 6,
      selector: ([name]) => name,
    });
    fc.assert(
      fc.property(members, fc.nat(), fc.jsonValue(), (object, at, value) => {
        const [name] = object[at % object.length] ?? [''];
        const texts = [...object, [name, value]].map(
          ([it, of]) => `${JSON.stringify(it)}:${JSON.stringify(of)}`,
        );
        expect(repeatedKey(`{${texts.join()}}`)).toBe(name);
      }),
    );
  });
});

test.each([
  ['a long text', `{"a":"${'x'.repeat(4_000_000)}","a":1}`],
  ['a long text of escapes', `{"a":"${'\\n'.repeat(2_000_000)}","a":1}`],
  ['a deep list', `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)},"a":1}`],
  ['a deep object', `{"a":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)},"a":1}`],
])('%s is gone through', (_what, json) => {
  expect(repeatedKey(json)).toBe('a');
});
