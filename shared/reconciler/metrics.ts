import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Summary } from './summary.ts';

/** Writes what a run has come to as CloudWatch metrics; alarms and the dashboard are made of them. */
export function recordMetrics(summary: Summary): void {
  if (summary.outcome === 'busy') return;
  const metrics = new Metrics();
  const { Count, Milliseconds, Seconds } = MetricUnit;
  const succeeded = summary.outcome === 'completed' || summary.outcome === 'unfinished';
  metrics.addMetric('SuccessfulRuns', Count, succeeded ? 1 : 0);
  metrics.addMetric('ResultsSeen', Count, summary.resultsSeen);
  metrics.addMetric('RowsUnreadable', Count, summary.rowsUnreadable);
  metrics.addMetric('EventsPublished', Count, summary.eventsPublished);
  metrics.addMetric('RequestsMade', Count, summary.requestsMade);
  metrics.addMetric('RunDuration', Milliseconds, summary.durationMs);
  // A zero where nothing is known would end an alarm.
  const known = (name: string, unit: typeof Count | typeof Seconds, value: number | null) => {
    if (value !== null) metrics.addMetric(name, unit, value);
  };
  known('StillPending', Count, summary.stillPending);
  known('StatusUnknown', Count, summary.statusUnknown);
  known('OldestUnknownAge', Seconds, summary.oldestUnknownSeconds);
  known('Vanished', Count, summary.vanished);
  known('OldestUnpublishedAge', Seconds, summary.oldestUnpublishedSeconds);
  metrics.publishStoredMetrics();
}
