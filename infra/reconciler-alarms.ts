import {
  Alarm,
  type AlarmProps,
  ComparisonOperator,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { bundleName } from './bundle-name.ts';
import { metricPeriod, runMetric } from './reconciler-metrics.ts';
import { NONE, type Settings } from './settings.ts';

/** What is watched. */
export interface Reconciler {
  readonly lambda: IFunction;
  readonly deadLetters: IQueue;
  readonly settings: Settings;
}

type Watch = Pick<AlarmProps, 'alarmDescription' | 'metric' | 'threshold'> &
  Partial<Pick<AlarmProps, 'comparisonOperator' | 'evaluationPeriods' | 'treatMissingData'>>;

const MAX_UNPUBLISHED_SECONDS = 600;
const MAX_UNKNOWN_SECONDS = 3600;
const MAX_ORDER_UNKNOWN_SECONDS = 600;

/** Adds the alarms that tell when events come no longer or too late, and whom they tell. */
export function addReconcilerAlarms(scope: Construct, reconciler: Reconciler): Alarm[] {
  const { settings } = reconciler;
  const alarms = Object.entries(watches(reconciler)).map(([name, watch]) =>
    addAlarm(scope, name, settings, watch),
  );
  if (settings.alarmTopicArn !== NONE) {
    const action = new SnsAction(Topic.fromTopicArn(scope, 'AlarmTopic', settings.alarmTopicArn));
    for (const alarm of alarms) {
      alarm.addAlarmAction(action);
      alarm.addOkAction(action);
    }
  }
  return alarms;
}

function addAlarm(scope: Construct, name: string, settings: Settings, watch: Watch): Alarm {
  const words = name.replace(/\B[A-Z]/g, '-$&').toLowerCase();
  return new Alarm(scope, `${name}Alarm`, {
    alarmName: `${bundleName(settings)}-${words}`,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    evaluationPeriods: 1,
    // Without runs there is no news, good or bad. That there are none is an alarm of its own.
    treatMissingData: TreatMissingData.IGNORE,
    ...watch,
  });
}

/** What the alarms watch, by their names. */
function watches({ lambda, deadLetters, settings }: Reconciler): Record<string, Watch> {
  const period = metricPeriod(settings);
  const minutes = 3 * period.toMinutes();
  return {
    NoSuccessfulRun: {
      alarmDescription: `No run of the reconciler has succeeded for ${minutes} minutes: events are late. Look into the function's log first; it names what failed, most often the registrar or the credentials in the secret. If the log has no recent lines, look at the schedule and the dead letters.`,
      metric: runMetric('SuccessfulRuns', settings),
      threshold: 1,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: 3,
      treatMissingData: TreatMissingData.BREACHING,
    },
    EventsOverdue: {
      alarmDescription: `A result changed more than ${MAX_UNPUBLISHED_SECONDS / 60} minutes ago and its event is not published yet. It is not lost: every run tries again. Look into the function's log for what the event bus answered, then at the throttling of PutEvents in the account.`,
      metric: runMetric('OldestUnpublishedAge', settings),
      threshold: MAX_UNPUBLISHED_SECONDS,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    },
    RowsUnreadable: {
      alarmDescription:
        "The registrar lists results in a form that nobody knows; no event tells of them. All others are told. Look into the function's log: it says where these rows stand in the list and what is wrong with each, then look at them with result-list or in the registrar's own panel.",
      metric: runMetric('RowsUnreadable', settings),
      threshold: 1,
    },
    StatusUnknown: {
      alarmDescription: `A result has had a status for more than ${MAX_UNKNOWN_SECONDS / 60} minutes that is neither ack nor nack nor pending. It is followed, and told once its status is one of these. Look for the status "unknown" in result-list, and read there or in the registrar's own panel what has become of the request.`,
      metric: runMetric('OldestUnknownAge', settings),
      threshold: MAX_UNKNOWN_SECONDS,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    },
    OrderUnknown: {
      alarmDescription: `An order was sent more than ${MAX_ORDER_UNKNOWN_SECONDS / 60} minutes ago, and nobody knows whether the registrar has it: it gave no answer that can be read, and a look at its results has not cleared it up. Nothing is sent again unless the caller repeats the call with the same Idempotency-Key. Look in the registrar's own panel or with result-list and query-domain-list for what has become of the domain; GET /v1/order tells the caller how it stands.`,
      metric: runMetric('OldestUnknownOrderAge', settings),
      threshold: MAX_ORDER_UNKNOWN_SECONDS,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    },
    DeadLetters: {
      alarmDescription:
        'A run could not be started or was ended by an error. The next run does its work, so nothing needs to be repeated. Read the messages in the dead-letter queue for the reason, and purge the queue once it is understood: the alarm stays until then.',
      metric: deadLetters.metricApproximateNumberOfMessagesVisible({
        period,
        statistic: Stats.MAXIMUM,
      }),
      threshold: 1,
    },
    FunctionErrors: {
      alarmDescription:
        "A run was ended by a defect or ran out of time. Failures of the registrar and of AWS services are not counted here. Look for the error in the function's log; after a time-out, at RunDuration on the dashboard for runs that take ever longer: a call may take a quarter of an hour, because it stays while an order is young.",
      metric: lambda.metricErrors({ period, statistic: Stats.SUM }),
      threshold: 1,
    },
  };
}
