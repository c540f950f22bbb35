import { once } from 'node:events';
import { expect, test } from '@jest/globals';
import { deadlineIn } from '../../../shared/dmapi/deadline.ts';

test('a deadline far away leaves nearly all of its time', () => {
  const deadline = deadlineIn(60_000);
  expect(deadline.remainingMs()).toBeGreaterThan(50_000);
  expect(deadline.remainingMs()).toBeLessThanOrEqual(60_000);
  expect(deadline.signal.aborted).toBe(false);
});

test('a part of a millisecond is time as well', () => {
  const deadline = deadlineIn(9904.665793);
  expect(deadline.signal.aborted).toBe(false);
  expect(deadline.remainingMs()).toBeLessThanOrEqual(9904.665793);
});

test('a deadline that has passed fires its signal and leaves no time, never less', async () => {
  const deadline = deadlineIn(5);
  const endMs = performance.now() + 6;
  await once(deadline.signal, 'abort');
  expect(deadline.signal.aborted).toBe(true);
  // A timer may fire up to a millisecond early.
  expect(deadline.remainingMs()).toBeLessThanOrEqual(1);
  while (performance.now() < endMs) await new Promise(setImmediate);
  expect(deadline.remainingMs()).toBe(0);
});
