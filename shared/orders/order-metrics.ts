import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Standing } from './standing.ts';

/** Writes how orders stand as CloudWatch metrics; an alarm and the dashboard are made of them. */
export function recordOrderMetrics(standing: Standing): void {
  const metrics = new Metrics();
  const { Count, Seconds } = MetricUnit;
  // Of very many values a part is published on the way: what is always there comes last.
  for (const seconds of standing.settledAfterSeconds) {
    metrics.addMetric('SettledAfter', Seconds, seconds);
  }
  for (const seconds of standing.toldAfterSeconds) {
    metrics.addMetric('ToldAfter', Seconds, seconds);
  }
  metrics.addMetric('OrdersInProgress', Count, standing.inProgress);
  metrics.addMetric('OrdersPending', Count, standing.pending);
  metrics.addMetric('OrdersUnknown', Count, standing.unknown);
  metrics.addMetric('OldestUnknownOrderAge', Seconds, standing.oldestUnknownSeconds);
  metrics.publishStoredMetrics();
}
