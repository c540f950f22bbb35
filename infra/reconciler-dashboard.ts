import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  Metric,
  Stats,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { bundleName } from './bundle-name.ts';
import type { Reconciler } from './reconciler-alarms.ts';
import { metricPeriod, runMetric } from './reconciler-metrics.ts';
import type { Settings } from './settings.ts';

/** Adds a dashboard that answers: is it working, is anything stuck? */
export function addReconcilerDashboard(
  scope: Construct,
  alarms: Alarm[],
  { lambda, deadLetters, settings }: Reconciler,
): void {
  const period = metricPeriod(settings);
  const run = (name: Parameters<typeof runMetric>[0]) => runMetric(name, settings);
  const dashboard = new Dashboard(scope, 'Dashboard', { dashboardName: bundleName(settings) });
  dashboard.addWidgets(new AlarmStatusWidget({ title: 'Alarms', alarms, width: 24, height: 3 }));
  dashboard.addWidgets(
    graph('Events', [run('ResultsSeen'), run('EventsPublished'), run('StillPending')]),
    graph('Oldest unpublished transition (seconds)', [run('OldestUnpublishedAge')]),
    graph('Events refused by EventBridge', [refusedEvents()]),
  );
  dashboard.addWidgets(
    graph('Orders by state', [run('OrdersInProgress'), run('OrdersPending'), run('OrdersUnknown')]),
    graph('Seconds from sending to settled', spread('SettledAfter', settings)),
    graph('Seconds from settled to told, at most', spread('ToldAfter', settings)),
  );
  dashboard.addWidgets(
    graph('Oldest order of unknown outcome (seconds)', [run('OldestUnknownOrderAge')]),
    graph('Not understood', [run('RowsUnreadable'), run('StatusUnknown')]),
    graph('Oldest status that nobody knows (seconds)', [run('OldestUnknownAge')]),
  );
  dashboard.addWidgets(
    graph('Followed, and listed no more', [run('Vanished')]),
    graph('Runs', [run('SuccessfulRuns'), run('RequestsMade')]),
    graph('Duration (milliseconds)', [
      run('RunDuration'),
      lambda.metricDuration({ period, statistic: Stats.MAXIMUM }),
    ]),
  );
  dashboard.addWidgets(
    graph('Failures', [
      lambda.metricErrors({ period, statistic: Stats.SUM }),
      lambda.metricThrottles({ period, statistic: Stats.SUM }),
      deadLetters.metricApproximateNumberOfMessagesVisible({ period, statistic: Stats.MAXIMUM }),
    ]),
  );
}

/** The middle one, and what one of twenty exceeds. */
function spread(name: 'SettledAfter' | 'ToldAfter', settings: Settings): Metric[] {
  return [50, 95].map((percent) => runMetric(name, settings, Stats.p(percent)));
}

/** AWS counts them for the account and region only, not for each bus. */
function refusedEvents(): Metric {
  return new Metric({
    namespace: 'AWS/Events',
    metricName: 'PutEventsFailedEntriesCount',
    statistic: Stats.SUM,
    label: 'PutEventsFailedEntriesCount, all buses of the account',
  });
}

function graph(title: string, left: IMetric[]): GraphWidget {
  return new GraphWidget({ title, left, width: 8, leftYAxis: { min: 0 } });
}
