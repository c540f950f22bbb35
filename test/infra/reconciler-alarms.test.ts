import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Template } from 'aws-cdk-lib/assertions';
import { only, type Properties, resources, synthesise } from './synthesised.ts';

const TOPIC_ARN = 'arn:aws:sns:eu-central-1:123456789012:operators';
const OWN = {
  Namespace: 'joker-dmapi',
  Dimensions: [{ Name: 'service', Value: 'joker-dmapi-prod' }],
};

let template: Template;
beforeAll(async () => {
  ({ reconciler: template } = await synthesise({ stage: 'prod' }));
});

function alarms(of = template): Record<string, Properties> {
  const all = Object.values(resources(of, 'AWS::CloudWatch::Alarm'));
  return Object.fromEntries(all.map((alarm) => [alarm.AlarmName, alarm]));
}

/** An id of this stack, whose alarms and dashboard look at one function and one queue. */
function idOf(type: string) {
  return Object.keys(resources(template, type))[0];
}

describe('the alarms', () => {
  test('have names with the stage, and say what they mean and what to look at', () => {
    expect(Object.keys(alarms()).sort()).toEqual([
      'joker-dmapi-prod-dead-letters',
      'joker-dmapi-prod-events-overdue',
      'joker-dmapi-prod-function-errors',
      'joker-dmapi-prod-no-successful-run',
      'joker-dmapi-prod-order-unknown',
      'joker-dmapi-prod-rows-unreadable',
      'joker-dmapi-prod-status-unknown',
    ]);
    for (const { AlarmDescription } of Object.values(alarms())) {
      expect(AlarmDescription).toMatch(/\. .*(look|read)/i);
      expect(AlarmDescription.length).toBeLessThanOrEqual(1024);
    }
  });

  test('go off when no run was successful for 15 minutes, silence included', () => {
    expect(alarms()['joker-dmapi-prod-no-successful-run']).toMatchObject({
      ...OWN,
      MetricName: 'SuccessfulRuns',
      Statistic: 'Sum',
      Period: 300,
      EvaluationPeriods: 3,
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
      TreatMissingData: 'breaching',
      AlarmDescription: expect.stringContaining('for 15 minutes'),
    });
  });

  test('go off when an event waits for more than 10 minutes', () => {
    expect(alarms()['joker-dmapi-prod-events-overdue']).toMatchObject({
      ...OWN,
      MetricName: 'OldestUnpublishedAge',
      Statistic: 'Maximum',
      EvaluationPeriods: 1,
      ComparisonOperator: 'GreaterThanThreshold',
      Threshold: 600,
      TreatMissingData: 'ignore',
    });
  });

  test('go off when a row cannot be read', () => {
    expect(alarms()['joker-dmapi-prod-rows-unreadable']).toMatchObject({
      ...OWN,
      MetricName: 'RowsUnreadable',
      Statistic: 'Maximum',
      EvaluationPeriods: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      Threshold: 1,
      TreatMissingData: 'ignore',
    });
  });

  test('go off when a status that nobody knows lasts for more than an hour', () => {
    expect(alarms()['joker-dmapi-prod-status-unknown']).toMatchObject({
      ...OWN,
      MetricName: 'OldestUnknownAge',
      Statistic: 'Maximum',
      EvaluationPeriods: 1,
      ComparisonOperator: 'GreaterThanThreshold',
      Threshold: 3600,
      TreatMissingData: 'ignore',
    });
  });

  test('go off when nobody knows for more than 10 minutes what became of an order', () => {
    expect(alarms()['joker-dmapi-prod-order-unknown']).toMatchObject({
      ...OWN,
      MetricName: 'OldestUnknownOrderAge',
      Statistic: 'Maximum',
      EvaluationPeriods: 1,
      ComparisonOperator: 'GreaterThanThreshold',
      Threshold: 600,
      TreatMissingData: 'ignore',
    });
  });

  test('go off when there is a dead letter', () => {
    expect(alarms()['joker-dmapi-prod-dead-letters']).toMatchObject({
      Namespace: 'AWS/SQS',
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Dimensions: [
        { Name: 'QueueName', Value: { 'Fn::GetAtt': [idOf('AWS::SQS::Queue'), 'QueueName'] } },
      ],
      Statistic: 'Maximum',
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      Threshold: 1,
      TreatMissingData: 'ignore',
    });
  });

  test('go off when a run ends by an error', () => {
    expect(alarms()['joker-dmapi-prod-function-errors']).toMatchObject({
      Namespace: 'AWS/Lambda',
      MetricName: 'Errors',
      Dimensions: [{ Name: 'FunctionName', Value: { Ref: idOf('AWS::Lambda::Function') } }],
      Statistic: 'Sum',
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      Threshold: 1,
      TreatMissingData: 'ignore',
    });
  });

  test('tell nobody, unless there is a topic', () => {
    for (const alarm of Object.values(alarms())) {
      expect(alarm).not.toHaveProperty('AlarmActions');
      expect(alarm).not.toHaveProperty('OKActions');
    }
  });

  test('tell the topic when they go off and when they are over', async () => {
    const { reconciler } = await synthesise({ alarmTopicArn: TOPIC_ARN });
    for (const alarm of Object.values(alarms(reconciler))) {
      expect(alarm).toMatchObject({ AlarmActions: [TOPIC_ARN], OKActions: [TOPIC_ARN] });
    }
    reconciler.resourceCountIs('AWS::SNS::Topic', 0);
  });
});

test.each([
  [5, 15],
  [6, 18],
  [59, 177],
  [60, 180],
])('with a run every %i minutes, none of success in %i is too few', async (every, window) => {
  const { reconciler } = await synthesise({ stage: 'prod', reconcileMinutes: every });
  const alarm = alarms(reconciler)['joker-dmapi-prod-no-successful-run'] ?? {};
  const { Period, EvaluationPeriods, AlarmDescription } = alarm;
  expect(Period * EvaluationPeriods).toBe(window * 60);
  expect(AlarmDescription).toContain(`for ${window} minutes`);
  // What CloudWatch takes: a day, and a week if the period is an hour or longer.
  expect(Period * EvaluationPeriods).toBeLessThanOrEqual(Period < 3600 ? 86_400 : 604_800);
});

describe('the dashboard', () => {
  function dashboard(): {
    readonly name: string;
    readonly body: string;
    readonly titles: string[];
  } {
    const { DashboardName, DashboardBody } = only(template, 'AWS::CloudWatch::Dashboard');
    const parts: unknown[] = DashboardBody['Fn::Join'][1];
    // What is known only when it is deployed is here its logical id, as text.
    const body = parts
      .map((part) => (typeof part === 'string' ? part : JSON.stringify(part).replace(/"/g, '')))
      .join('');
    const { widgets } = JSON.parse(body);
    return {
      name: DashboardName,
      body,
      titles: widgets.map(({ properties }: Properties) => properties.title),
    };
  }

  test('has a name that operators can know', () => {
    expect(dashboard().name).toBe('joker-dmapi-prod');
  });

  test('begins with the state of every alarm', () => {
    expect(dashboard().titles[0]).toBe('Alarms');
    for (const id of Object.keys(resources(template, 'AWS::CloudWatch::Alarm'))) {
      expect(dashboard().body).toContain(id);
    }
  });

  test.each([
    'SuccessfulRuns',
    'ResultsSeen',
    'RowsUnreadable',
    'StatusUnknown',
    'OldestUnknownAge',
    'Vanished',
    'EventsPublished',
    'StillPending',
    'RequestsMade',
    'RunDuration',
    'OldestUnpublishedAge',
    'OrdersInProgress',
    'OrdersPending',
    'OrdersUnknown',
    'OldestUnknownOrderAge',
    'SettledAfter',
    'ToldAfter',
  ])('shows %s of this stage', (metric) => {
    expect(dashboard().body).toContain(`["joker-dmapi","${metric}","service","joker-dmapi-prod"`);
  });

  test('shows the middle one and the slow ones of what differs from order to order', () => {
    for (const metric of ['SettledAfter', 'ToldAfter']) {
      const shown = dashboard().body.match(new RegExp(`"${metric}"[^\\]]*"stat":"(p\\d+)"`, 'g'));
      expect(shown?.map((text) => /p\d+/.exec(text)?.[0])).toEqual(['p50', 'p95']);
    }
  });

  test.each([
    ['AWS/Lambda', 'Errors'],
    ['AWS/Lambda', 'Duration'],
    ['AWS/Lambda', 'Throttles'],
    ['AWS/SQS', 'ApproximateNumberOfMessagesVisible'],
    ['AWS/Events', 'PutEventsFailedEntriesCount'],
  ])('shows %s %s', (namespace, metric) => {
    expect(dashboard().body).toContain(`["${namespace}","${metric}"`);
  });
});
