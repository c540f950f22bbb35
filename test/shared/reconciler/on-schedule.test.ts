import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Context } from 'aws-lambda';
import { startSecretsManager } from '../../../infra/local/aws/secrets-manager.ts';
import { SIMULATED_API_KEY } from '../../../infra/local/registrar/credentials.ts';
import type { Attempt } from '../../../shared/reconciler/reconcile.ts';
import type { Summary } from '../../../shared/reconciler/summary.ts';
import { captureLog } from '../../captured-log.ts';
import { holdTimeouts } from '../../held-timeouts.ts';
import {
  functions,
  only,
  type Properties,
  resources,
  synthesise,
} from '../../infra/synthesised.ts';
import { ORDERS, SESSIONS } from '../../tables.ts';
import { startRig } from './reconciling.ts';

type OnSchedule = typeof import('../../../shared/reconciler/on-schedule.ts').reconcileOnSchedule;

const COMPLETED: Summary = {
  outcome: 'completed',
  reason: null,
  account: '1000001',
  resultsSeen: 101,
  rowsUnreadable: 2,
  eventsPublished: 3,
  stillPending: 7,
  statusUnknown: 1,
  oldestUnknownSeconds: 3601,
  vanished: 5,
  requestsMade: 4,
  durationMs: 1234,
  sweepOffset: null,
  oldestUnpublishedSeconds: 90,
};

/** What a run cannot tell that has not read the ledger. */
const UNREAD = {
  stillPending: null,
  statusUnknown: null,
  oldestUnknownSeconds: null,
  vanished: null,
  oldestUnpublishedSeconds: null,
};

const log = captureLog();

let reconcileOnSchedule: OnSchedule;
let deployed: Awaited<ReturnType<typeof synthesise>>['reconciler'];

/** As Lambda does: the environment is there before the code is. */
beforeAll(async () => {
  ({ reconciler: deployed } = await synthesise({ stage: 'prod' }));
  const variables = functions(deployed)[0]?.properties.Environment.Variables;
  for (const name of ['POWERTOOLS_SERVICE_NAME', 'POWERTOOLS_METRICS_NAMESPACE']) {
    process.env[name] = variables[name];
  }
  ({ reconcileOnSchedule } = await import('../../../shared/reconciler/on-schedule.ts'));
});

function contextOf(remainingMs = 55_000): Context {
  return { awsRequestId: 'lambda-1', getRemainingTimeInMillis: () => remainingMs } as Context;
}

/** Runs the handler with a reconciler that ends so. */
async function runTo(changed: Partial<Summary> = {}) {
  const summary = { ...COMPLETED, ...changed };
  return {
    summary,
    returned: await reconcileOnSchedule(() => async () => summary)({}, contextOf()),
  };
}

const logged = () => log.entries().filter((entry) => 'level' in entry);

/** The metrics of the one line that CloudWatch makes them of. */
function measured() {
  const [entry, ...more] = log.entries().filter((line) => '_aws' in line);
  expect(more).toEqual([]);
  const { CloudWatchMetrics } = (entry?._aws ?? {}) as { CloudWatchMetrics: Properties[] };
  const [directive = {}] = CloudWatchMetrics ?? [];
  const names: string[] = (directive.Metrics ?? []).map(({ Name }: Properties) => Name);
  return {
    namespace: directive.Namespace,
    dimensions: (directive.Dimensions?.[0] ?? []).map((name: string) => [name, entry?.[name]]),
    units: Object.fromEntries(
      (directive.Metrics ?? []).map(({ Name, Unit }: Properties) => [Name, Unit]),
    ),
    values: Object.fromEntries(names.map((name) => [name, entry?.[name]])),
  };
}

describe('a run', () => {
  test('returns its summary, and logs it in one line', async () => {
    const { summary, returned } = await runTo();
    expect(returned).toEqual(summary);
    expect(logged()).toHaveLength(1);
    const known = Object.entries(summary).filter(([, value]) => value !== null);
    expect(logged()[0]).toMatchObject({
      level: 'INFO',
      message: 'reconciled',
      ...Object.fromEntries(known),
    });
  });

  test.each(['unfinished', 'busy', 'superseded'] as const)(
    'that is %s is no warning',
    async (outcome) => {
      await runTo({ outcome, reason: 'canary' });
      expect(logged()).toEqual([expect.objectContaining({ level: 'INFO', outcome })]);
    },
  );

  test('that failed is one, with the reason', async () => {
    await runTo({ outcome: 'failed', reason: 'The registrar answered HTTP 503.' });
    expect(logged()).toEqual([
      expect.objectContaining({
        level: 'WARN',
        message: 'not reconciled',
        reason: 'The registrar answered HTTP 503.',
      }),
    ]);
  });

  test('that ends by a defect fails the call, so that it is counted as an error', async () => {
    const defect = new TypeError('canary');
    const handler = reconcileOnSchedule(() => async () => {
      throw defect;
    });
    await expect(handler({}, contextOf())).rejects.toBe(defect);
    expect(log.text()).toBe('');
  });
});

describe('the metrics', () => {
  test('tell what the run has come to, in their units', async () => {
    await runTo();
    expect(measured().values).toEqual({
      SuccessfulRuns: 1,
      ResultsSeen: 101,
      RowsUnreadable: 2,
      EventsPublished: 3,
      RequestsMade: 4,
      RunDuration: 1234,
      StillPending: 7,
      StatusUnknown: 1,
      OldestUnknownAge: 3601,
      Vanished: 5,
      OldestUnpublishedAge: 90,
    });
    expect(measured().units).toMatchObject({
      SuccessfulRuns: 'Count',
      RunDuration: 'Milliseconds',
      OldestUnpublishedAge: 'Seconds',
    });
  });

  test('are those that the alarms and the dashboard look at', async () => {
    await runTo();
    const { namespace, dimensions, values } = measured();
    const alarms = Object.values(resources(deployed, 'AWS::CloudWatch::Alarm')).filter(
      ({ Namespace, MetricName }) => Namespace === namespace && !isOfOrders(MetricName),
    );
    expect(alarms.length).toBeGreaterThanOrEqual(2);
    for (const { MetricName, Dimensions } of alarms) {
      expect(Object.keys(values)).toContain(MetricName);
      expect(Dimensions.map(({ Name, Value }: Properties) => [Name, Value])).toEqual(dimensions);
    }
    const shown = shownMetrics(namespace).filter(({ name }) => !isOfOrders(name));
    expect(shown.map(({ name }) => name).sort()).toEqual(Object.keys(values).sort());
    for (const { dimension } of shown) expect([dimension]).toEqual(dimensions);
  });

  test.each([
    ['completed', 1],
    ['unfinished', 1],
    ['failed', 0],
    ['superseded', 0],
  ] as const)('count a run that is %s as %i of success', async (outcome, SuccessfulRuns) => {
    await runTo({ outcome });
    expect(measured().values).toMatchObject({ SuccessfulRuns });
  });

  test('say nothing of the ledger where it was not read', async () => {
    await runTo({ outcome: 'failed', ...UNREAD });
    expect(Object.keys(measured().values).sort()).toEqual([
      'EventsPublished',
      'RequestsMade',
      'ResultsSeen',
      'RowsUnreadable',
      'RunDuration',
      'SuccessfulRuns',
    ]);
    expect(measured().values).toMatchObject({ SuccessfulRuns: 0 });
  });

  test('say that nothing waits where nothing does', async () => {
    await runTo({ stillPending: 0, oldestUnpublishedSeconds: 0 });
    expect(measured().values).toMatchObject({ StillPending: 0, OldestUnpublishedAge: 0 });
  });

  test('are none of a run that did nothing because another was under way', async () => {
    await runTo({ outcome: 'busy', stillPending: null, oldestUnpublishedSeconds: null });
    expect(log.text()).not.toContain('_aws');
  });

  test('are each run its own', async () => {
    await runTo();
    const before = log.entries().length;
    await runTo({ stillPending: null });
    const [second] = log
      .entries()
      .slice(before)
      .filter((line) => '_aws' in line);
    expect(second).toMatchObject({ SuccessfulRuns: 1 });
    expect(second).not.toHaveProperty('StillPending');
  });
});

/** What seeing to the orders tells, and not a run. */
function isOfOrders(metric: string): boolean {
  return /Order|^(Settled|Told)After$/.test(metric);
}

/** The metrics of this namespace on the dashboard, each once. */
function shownMetrics(namespace: string) {
  const { DashboardBody } = only(deployed, 'AWS::CloudWatch::Dashboard');
  const parts: unknown[] = DashboardBody['Fn::Join'][1];
  const text = parts.map((part) => (typeof part === 'string' ? part : 'known-later')).join('');
  const rows: string[][] = JSON.parse(text).widgets.flatMap(
    ({ properties }: Properties) => properties.metrics ?? [],
  );
  const own = rows.filter(([first]) => first === namespace);
  const byName = new Map(own.map(([, name = '', ...dimension]) => [name, dimension.slice(0, 2)]));
  return Array.from(byName, ([name, dimension]) => ({ name, dimension }));
}

describe('the time of a run', () => {
  /** What the reconciler is given when Lambda has so much time left. */
  async function attemptWith(remainingMs: number): Promise<Attempt> {
    const attempts: Attempt[] = [];
    const reconcile = async (attempt: Attempt) => {
      attempts.push(attempt);
      return COMPLETED;
    };
    await reconcileOnSchedule(() => reconcile)({}, contextOf(remainingMs));
    return attempts[0] as Attempt;
  }

  test.each([
    [55_000, 40_000, 53_000],
    [54_321.987, 39_321.987, 52_321.987],
    [15_000.5, 0.5, 13_000.5],
    [15_000, 0, 13_000],
    [2000, 0, 0],
    [0.3, 0, 0],
    [0, 0, 0],
  ])(
    'with %p ms left is %p to find changes and %p to record them',
    async (remainingMs, deadlineMs, answerByMs) => {
      const { askedMs } = holdTimeouts();
      const { id, deadline, answerBy, leaseMs } = await attemptWith(remainingMs);
      expect(id).toBe('lambda-1');
      expect(leaseMs).toBe(remainingMs);
      expect(askedMs).toEqual([deadlineMs, answerByMs].map(Math.ceil));
      expect(deadline.remainingMs()).toBeLessThanOrEqual(deadlineMs);
      expect(answerBy.remainingMs()).toBeLessThanOrEqual(answerByMs);
    },
  );
});

describe('the environment', () => {
  test('fails a run where it is wrong, not the start, and is read again the next time', async () => {
    const rig = await startRig({ now: Date.now });
    await rig.dynamoDb.createTable(SESSIONS);
    await rig.dynamoDb.createTable(ORDERS);
    const secretsManager = await startSecretsManager();
    secretsManager.put('secret', JSON.stringify({ apiKey: SIMULATED_API_KEY }));
    const { handler } = await import('../../../functions/reconcile-results.ts');
    await expect(handler({}, contextOf())).rejects.toThrow(
      'The environment variable LEDGER_TABLE is missing.',
    );
    Object.assign(process.env, {
      SESSION_TABLE: 'sessions',
      LEDGER_TABLE: 'ledger',
      ORDERS_TABLE: 'orders',
      EVENT_BUS: 'results',
      PUBLISH_HISTORY: 'true',
      DMAPI_URL: rig.registrar.url,
      DMAPI_SECRET_ID: 'secret',
      AWS_ENDPOINT_URL_SECRETS_MANAGER: secretsManager.url,
      AWS_ENDPOINT_URL_DYNAMODB: rig.dynamoDb.url,
      AWS_ENDPOINT_URL_EVENTBRIDGE: rig.eventBridge.url,
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
    });
    rig.registrar.addResult({ svTrId: 'n1' });
    expect(await handler({}, contextOf())).toMatchObject({
      outcome: 'completed',
      eventsPublished: 1,
    });
    expect(await handler({}, contextOf())).toMatchObject({
      outcome: 'completed',
      eventsPublished: 0,
    });
    expect(rig.told()).toEqual(['n1 null ack']);
    expect(rig.registrar.logins).toBe(1);
    await secretsManager.close();
  });
});
