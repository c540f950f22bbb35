import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { sealOf } from '../../../shared/session/session-seal.ts';

const credentials = { apiKey: 'canary-api-key' };
const seal = sealOf({ credentials, version: '1' });

const OTHERS = [
  { credentials, version: '2' },
  { credentials: { apiKey: 'another' }, version: '1' },
  { credentials: { username: 'canary-api-key', password: 'x' }, version: '1' },
];

test('what is sealed is opened by the same credentials', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const again = sealOf({ credentials: { ...credentials }, version: '1' });
      expect(again.open(seal.seal(text))).toBe(text);
    }),
  );
});

test.each(OTHERS)('other credentials, %j, do not open it', (other) => {
  expect(sealOf(other).open(seal.seal('text'))).toBeUndefined();
});

test('the same text is never sealed in the same way', () => {
  expect(seal.seal('text')).not.toBe(seal.seal('text'));
});

test('whatever has been changed is not opened', () => {
  const bytes = Buffer.from(seal.seal('text'), 'base64');
  for (let at = 0; at < bytes.length; at++) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(seal.open(changed.toString('base64'))).toBeUndefined();
  }
  for (let length = 0; length < bytes.length; length++) {
    expect(seal.open(bytes.subarray(0, length).toString('base64'))).toBeUndefined();
  }
});

test('what is sealed does not show', () => {
  expect(seal.seal('canary-text')).toMatch(/^[A-Za-z0-9+/]+=*$/);
  expect(Buffer.from(seal.seal('canary-text'), 'base64').toString('latin1')).not.toContain(
    'canary',
  );
});
