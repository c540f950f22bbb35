import { describe, expect, test } from '@jest/globals';
import {
  callerOf,
  derivedClTrId,
  fingerprintOf,
  keyDigest,
  readIdempotencyKey,
} from '../../../shared/orders/idempotency-key.ts';

const UUID = '8e03978e-40d5-43dd-bc93-6894a57f9324';

describe('the value of the header', () => {
  test.each([
    [`"${UUID}"`, UUID],
    [UUID, UUID],
    [` "${UUID}" `, UUID],
    ['"a\\"b\\\\c"', 'a"b\\c'],
    ['a"b', 'a"b'],
    ['a,b;c=d', 'a,b;c=d'],
    ['!~', '!~'],
    ['x'.repeat(255), 'x'.repeat(255)],
    [`"${'x'.repeat(255)}"`, 'x'.repeat(255)],
  ])('%j is %j', (header, key) => {
    expect(readIdempotencyKey(header)).toBe(key);
  });

  test.each([
    '',
    ' ',
    '""',
    '" "',
    '"',
    '"open',
    '"a"b"',
    `"${UUID}"; foo=bar`,
    '"a\\n"',
    'two words',
    '"two words"',
    'tab\tin',
    'line\nin',
    'nul\u0000',
    'del\u007f',
    'ümlaut',
    '"ümlaut"',
    'x'.repeat(256),
    `"${'x'.repeat(256)}"`,
  ])('%j is none', (header) => {
    expect(readIdempotencyKey(header)).toBeUndefined();
  });
});

describe('the caller', () => {
  test.each([
    ['AROAEXAMPLE:task-1', 'AROAEXAMPLE'],
    ['AROAEXAMPLE:task-2', 'AROAEXAMPLE'],
    ['AIDAEXAMPLE', 'AIDAEXAMPLE'],
    [null, 'anyone'],
    [undefined, 'anyone'],
    ['', 'anyone'],
    [7, 'anyone'],
  ])('%j is %j', (caller, principal) => {
    expect(callerOf(caller)).toBe(principal);
  });
});

describe('what is kept', () => {
  test('tells neither the key nor the input', () => {
    const digests = [keyDigest('caller', UUID), fingerprintOf({ name: 'Erika' })];
    for (const digest of digests) expect(digest).toMatch(/^[0-9a-f]{64}$/);
  });

  test('is the same for the same input, whatever the order of its members', () => {
    expect(fingerprintOf({ a: 1, b: { c: [1, 2], d: undefined } })).toBe(
      fingerprintOf({ b: { c: [1, 2] }, a: 1 }),
    );
  });

  test.each([
    [{ a: 1 }, { a: '1' }],
    [{ a: [1, 2] }, { a: [2, 1] }],
    [{ a: 1 }, { a: 1, b: null }],
    [{ a: [['b', 1]] }, { a: { b: 1 } }],
  ])('and another for another: %j, %j', (one, other) => {
    expect(fingerprintOf(one)).not.toBe(fingerprintOf(other));
  });

  test('no two pairs of caller and key come to the same', () => {
    expect(keyDigest('a', 'bc')).not.toBe(keyDigest('ab', 'c'));
  });
});

test('the clTrId of an order is one of 32 characters for each account, route and key', () => {
  const ids = [
    derivedClTrId('1', 'domain-register', 'k'),
    derivedClTrId('2', 'domain-register', 'k'),
    derivedClTrId('1', 'domain-renew', 'k'),
    derivedClTrId('1', 'domain-register', 'l'),
  ];
  expect(new Set(ids).size).toBe(4);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{32}$/);
  expect(derivedClTrId('1', 'domain-register', 'k')).toBe(ids[0]);
});
