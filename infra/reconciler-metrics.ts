import { Duration } from 'aws-cdk-lib';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { bundleName } from './bundle-name.ts';
import { METRICS_NAMESPACE } from './bundled-function.ts';
import type { Settings } from './settings.ts';

/** What the reconciler tells of each run, and how the values of several runs make one. */
const STATISTICS = {
  SuccessfulRuns: Stats.SUM,
  ResultsSeen: Stats.SUM,
  RowsUnreadable: Stats.MAXIMUM,
  EventsPublished: Stats.SUM,
  RequestsMade: Stats.SUM,
  StillPending: Stats.MAXIMUM,
  StatusUnknown: Stats.MAXIMUM,
  OldestUnknownAge: Stats.MAXIMUM,
  Vanished: Stats.MAXIMUM,
  OldestUnpublishedAge: Stats.MAXIMUM,
  RunDuration: Stats.MAXIMUM,
  OrdersInProgress: Stats.MAXIMUM,
  OrdersPending: Stats.MAXIMUM,
  OrdersUnknown: Stats.MAXIMUM,
  OldestUnknownOrderAge: Stats.MAXIMUM,
  SettledAfter: Stats.p(50),
  ToldAfter: Stats.p(50),
} as const;

/** A metric that the reconciler publishes itself. @param statistic instead of the usual one */
export function runMetric(
  name: keyof typeof STATISTICS,
  settings: Settings,
  statistic: string = STATISTICS[name],
): Metric {
  return new Metric({
    namespace: METRICS_NAMESPACE,
    metricName: name,
    dimensionsMap: { service: bundleName(settings) },
    statistic,
    period: metricPeriod(settings),
  });
}

/** Long enough that there is a run in each, unless runs are missing. */
export function metricPeriod({ reconcileMinutes }: Settings): Duration {
  return Duration.minutes(Math.max(5, reconcileMinutes));
}
