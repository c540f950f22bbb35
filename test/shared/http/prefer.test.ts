import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { preferredWaitSeconds } from '../../../shared/http/prefer.ts';
import { anyText } from '../../any-text.ts';
import { cpuMs } from '../../time.ts';

test.each<[string | undefined, number | undefined]>([
  [undefined, undefined],
  ['', undefined],
  ['wait=0', 0],
  ['wait=7', 7],
  ['Wait = 7', 7],
  ['wait="7"', 7],
  ['wait=007', 7],
  ['wait=20', 20],
  ['wait=21', 20],
  ['wait=99999999999999999999', 20],
  [`wait=${'9'.repeat(5000)}`, 20],
  ['respond-async, wait=7', 7],
  ['respond-async,wait=7,return=minimal', 7],
  ['wait=7; foo="a, b"', 7],
  ['wait=7;foo', 7],
  ['foo="a \\", wait=5", wait=7', 7],
  ['wait=7, wait=9', 7],
  ['wait, wait=9', undefined],
  ['wait=x, wait=9', undefined],
  ['respond-async; wait=7', undefined],
  ['foo="wait=5, wait=7"', undefined],
  ['foo="a, wait=7"', undefined],
  ['wait', undefined],
  ['wait=', undefined],
  ['wait=-1', undefined],
  ['wait=1.5', undefined],
  ['wait=1e1', undefined],
  ['wait=٧', undefined],
  ['wait=7s', undefined],
  ['wait="7', undefined],
  ['wait:7', undefined],
  ['await=7', undefined],
  ['waiting=7', undefined],
  ['x-wait=7', undefined],
])('Prefer: %s asks to wait for %s', (prefer, seconds) => {
  expect(preferredWaitSeconds(prefer)).toBe(seconds);
});

test('whatever it holds, it is some seconds or none', () => {
  const part = fc.oneof(
    fc.constantFrom('wait', '=', ',', ';', '"', '\\', ' ', '7'),
    anyText({ maxLength: 2 }),
  );
  const property = fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
    const seconds = preferredWaitSeconds(parts.join('')) ?? 0;
    expect(Number.isInteger(seconds) && seconds >= 0 && seconds <= 20).toBe(true);
  });
  fc.assert(property, { numRuns: 500 });
});

test.each([',"'.repeat(5000), '"\\'.repeat(5000), 'wait '.repeat(2000), ' '.repeat(10_000)])(
  'a long one takes no time',
  async (prefer) => {
    expect(await cpuMs(() => preferredWaitSeconds(prefer))).toBeLessThan(1000);
  },
);
