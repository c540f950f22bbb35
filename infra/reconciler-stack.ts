import { type App, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyDocument, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { acknowledge } from './acknowledge.ts';
import { allow } from './allow.ts';
import { DmapiFunction } from './dmapi-function.ts';
import { DmapiGrants } from './dmapi-grants.ts';
import type { EventsStack } from './events-stack.ts';
import { addReconcilerAlarms } from './reconciler-alarms.ts';
import { addReconcilerDashboard } from './reconciler-dashboard.ts';
import type { Settings } from './settings.ts';

export interface ReconcilerStackProps extends StackProps {
  /** The folder with the bundled functions. */
  readonly bundles: string;
  readonly events: Pick<EventsStack, 'bus' | 'ledger'>;
  /** The ARN of the secret: reading is all that the reconciler does at the registrar. */
  readonly secretArn: string;
  readonly sessions: Table;
  readonly orders: Table;
  readonly settings: Settings;
}

/** To stay while something that was placed a moment ago is open, and to be done long before that. */
const TIMEOUT = Duration.minutes(15);

const ORDER_ACTIONS = ['GetItem', 'PutItem', 'DeleteItem', 'Query'];
const LEDGER_ACTIONS = ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query', 'BatchGetItem'];

/** A run that cannot start within the time of the next is given up: the next one does its work. */
const NO_REPETITION = { retryAttempts: 0, maxEventAge: Duration.seconds(60) };

/** The scheduled function that tells on the bus what became of requests, and what watches it. */
export class ReconcilerStack extends Stack {
  readonly lambda: LambdaFunction;

  constructor(scope: App, id: string, props: ReconcilerStackProps) {
    super(scope, id, props);
    const { settings } = props;
    const deadLetters = this.deadLetterQueue();
    this.lambda = this.reconciler(props, deadLetters);
    this.schedule(this.lambda, deadLetters, settings);
    // See infra/orders-stack.ts.
    this.exportValue(this.lambda.functionName);
    this.exportValue(this.lambda.functionArn);
    const reconciler = { lambda: this.lambda, deadLetters, settings };
    addReconcilerDashboard(this, addReconcilerAlarms(this, reconciler), reconciler);
  }

  private deadLetterQueue(): Queue {
    const queue = new Queue(this, 'DeadLetters', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    acknowledge(queue, {
      'AwsSolutions-SQS3':
        'It is a dead-letter queue itself: of the schedule and of the function, which the rule does not look at.',
      'Serverless-SQSRedrivePolicy':
        'It is a dead-letter queue itself, and nothing but an operator takes messages out of it.',
    });
    return queue;
  }

  private reconciler(props: ReconcilerStackProps, deadLetters: Queue): LambdaFunction {
    const { bundles, events, settings } = props;
    const { lambda } = new DmapiFunction(this, 'reconcile-results', {
      description: 'Publishes what became of asynchronous requests.',
      bundles,
      grants: this.grants(props, deadLetters),
      settings,
      timeout: TIMEOUT,
    });
    lambda.addEnvironment('LEDGER_TABLE', events.ledger.tableName);
    lambda.addEnvironment('EVENT_BUS', events.bus.eventBusName);
    lambda.addEnvironment('ORDERS_TABLE', props.orders.tableName);
    lambda.addEnvironment('PUBLISH_HISTORY', String(settings.publishHistory));
    lambda.configureAsyncInvoke({
      ...NO_REPETITION,
      onFailure: { bind: () => ({ destination: deadLetters.queueArn }) },
    });
    acknowledge(lambda, {
      'Serverless-LambdaDLQ':
        'Failures go to the queue as a failure destination, which says more of them than a dead-letter configuration.',
    });
    return lambda;
  }

  private grants(props: ReconcilerStackProps, deadLetters: Queue): DmapiGrants {
    const { events, secretArn, sessions, orders, settings } = props;
    const ofDynamoDb = (actions: string[]) => actions.map((action) => `dynamodb:${action}`);
    return new DmapiGrants(this, 'Reconciling', {
      secretArn,
      sessions,
      settings,
      more: [
        allow(['events:PutEvents'], events.bus.eventBusArn),
        allow(ofDynamoDb(LEDGER_ACTIONS), events.ledger.tableArn),
        allow(ofDynamoDb(ORDER_ACTIONS), orders.tableArn),
        // CDK's own destination would grant the function to look the queue up, too.
        allow(['sqs:SendMessage'], deadLetters.queueArn),
      ],
    });
  }

  private schedule(lambda: LambdaFunction, deadLetterQueue: Queue, settings: Settings): void {
    const role = this.schedulerRole(lambda, deadLetterQueue);
    new Schedule(this, 'Schedule', {
      description: "Reconciles the results of Joker.com's DMAPI",
      schedule: ScheduleExpression.rate(Duration.minutes(settings.reconcileMinutes)),
      target: new LambdaInvoke(lambda, {
        ...NO_REPETITION,
        deadLetterQueue,
        input: ScheduleTargetInput.fromObject({ stay: true }),
        // CDK would add all versions of the function, by a wildcard.
        role: role.withoutPolicyUpdates(),
      }),
    });
  }

  private schedulerRole(lambda: LambdaFunction, deadLetters: Queue): Role {
    const group = this.formatArn({
      service: 'scheduler',
      resource: 'schedule-group',
      resourceName: 'default',
    });
    return new Role(this, 'SchedulerRole', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': this.account, 'aws:SourceArn': group },
        },
      }),
      inlinePolicies: {
        target: new PolicyDocument({
          statements: [
            allow(['lambda:InvokeFunction'], lambda.functionArn),
            allow(['sqs:SendMessage'], deadLetters.queueArn),
          ],
        }),
      },
    });
  }
}
