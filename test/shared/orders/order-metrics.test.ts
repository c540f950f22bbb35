import { beforeAll, expect, test } from '@jest/globals';
import type { Standing } from '../../../shared/orders/standing.ts';
import { captureLog } from '../../captured-log.ts';

const log = captureLog();

let recordOrderMetrics: typeof import('../../../shared/orders/order-metrics.ts').recordOrderMetrics;

beforeAll(async () => {
  process.env.POWERTOOLS_SERVICE_NAME = 'joker-dmapi-test';
  process.env.POWERTOOLS_METRICS_NAMESPACE = 'joker-dmapi';
  ({ recordOrderMetrics } = await import('../../../shared/orders/order-metrics.ts'));
});

const STANDING: Standing = {
  inProgress: 1,
  pending: 2,
  unknown: 3,
  oldestUnknownSeconds: 601,
  settledAfterSeconds: [],
  toldAfterSeconds: [],
  youngestSinceMs: 0,
};

/** All values of a metric, over all lines. */
function values(name: string): unknown[] {
  const lines = log.entries().filter((entry) => '_aws' in entry);
  return lines.flatMap((line) => (name in line ? [line[name]].flat() : []));
}

test('tell how many orders stand how, and how old the oldest of unknown outcome is', () => {
  recordOrderMetrics(STANDING);
  expect(log.entries()).toEqual([
    expect.objectContaining({
      OrdersInProgress: 1,
      OrdersPending: 2,
      OrdersUnknown: 3,
      OldestUnknownOrderAge: 601,
    }),
  ]);
  expect(values('SettledAfter')).toEqual([]);
});

test.each([1, 99, 100, 101, 250])('tell of all %i that have settled', (count) => {
  const seconds = Array.from({ length: count }, (_, n) => n);
  recordOrderMetrics({ ...STANDING, settledAfterSeconds: seconds, toldAfterSeconds: seconds });
  expect(values('SettledAfter')).toEqual(seconds);
  expect(values('ToldAfter')).toEqual(seconds);
  expect(values('OrdersPending')).toEqual([2]);
  for (const entry of log.entries()) expect(entry).toHaveProperty('_aws');
});
