import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Standing } from './attend.ts';

/** Writes how orders stand as CloudWatch metrics; an alarm and the dashboard are made of them. */
export function recordOrderMetrics(standing: Standing): void {
  const metrics = new Metrics();
  const { Count, Seconds } = MetricUnit;
  metrics.addMetric('OrdersInProgress', Count, standing.inProgress);
  metrics.addMetric('OrdersPending', Count, standing.pending);
  metrics.addMetric('OrdersUnknown', Count, standing.unknown);
  metrics.addMetric('OldestUnknownOrderAge', Seconds, standing.oldestUnknownSeconds);
  // Of very many the first ones: CloudWatch takes no more values at once.
  for (const seconds of standing.settledAfterSeconds.slice(0, 100)) {
    metrics.addMetric('SettledAfter', Seconds, Math.round(seconds));
  }
  metrics.publishStoredMetrics();
}
