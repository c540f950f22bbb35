import { expect, test } from '@jest/globals';
import { type Holding, standingOf } from '../../../shared/orders/standing.ts';

const MINUTE = 60_000;
const NOW = Date.UTC(2026, 10, 27, 12);

/** What was placed so long ago. */
function holding(ageMs: number, stand: Holding['stand'], status?: 'ack' | 'nack'): Holding {
  const sinceMs = NOW - ageMs;
  const slot = { name: 'open/x', holder: null, claim: 'c', svTrId: 's', procId: null, sinceMs };
  return { slot, entry: undefined, status, stand };
}

const standing = (holdings: readonly Holding[], askedBeforeMs?: number) =>
  standingOf(holdings, { nowMs: NOW, askedBeforeMs });

test('nothing stands where nothing is open', () => {
  expect(standing([])).toEqual({
    inProgress: 0,
    pending: 0,
    unknown: 0,
    oldestUnknownSeconds: 0,
    settledAfterSeconds: [],
    toldAfterSeconds: [],
    youngestSinceMs: undefined,
  });
});

test('the youngest is one that is open, and the oldest one of unknown outcome', () => {
  const all = [
    holding(1000, 'over', 'ack'),
    holding(4 * MINUTE, 'pending'),
    holding(3 * MINUTE, 'in progress'),
    holding(11 * MINUTE, 'unknown'),
    holding(5 * MINUTE, 'unknown'),
  ];
  expect(standing(all)).toMatchObject({
    inProgress: 1,
    pending: 1,
    unknown: 2,
    oldestUnknownSeconds: 660,
    youngestSinceMs: NOW - 3 * MINUTE,
  });
});

test('what has settled was open when the registrar was asked before, or was not there yet', () => {
  const all = [holding(3 * MINUTE, 'over', 'ack'), holding(4000, 'over', 'nack')];
  expect(standing(all, NOW - 10_000)).toMatchObject({
    settledAfterSeconds: [180, 4],
    toldAfterSeconds: [10, 4],
  });
});

test('where nobody knows when it was asked before, it took as long as from the sending at most', () => {
  const all = [holding(40_000, 'over', 'ack'), holding(30 * MINUTE, 'over', 'ack')];
  expect(standing(all)).toMatchObject({
    settledAfterSeconds: [40, 1800],
    // What was placed earlier is told by the schedule: of that nothing was promised.
    toldAfterSeconds: [40],
  });
});

test('what is over and was not told to have settled has taken no time', () => {
  expect(standing([holding(40_000, 'over')])).toMatchObject({
    settledAfterSeconds: [],
    toldAfterSeconds: [],
  });
});

test('a clock that was set back makes no time negative', () => {
  expect(standing([holding(-5000, 'over', 'ack')], NOW + 9000)).toMatchObject({
    settledAfterSeconds: [0],
    toldAfterSeconds: [0],
  });
});
