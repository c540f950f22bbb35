import { describe, expect, test } from '@jest/globals';
import type { Fault, FaultScope } from '../../../infra/local/registrar/faults.ts';
import { deadlineIn } from '../../../shared/dmapi/deadline.ts';
import type { Publish } from '../../../shared/reconciler/event-bus.ts';
import { holdTimeouts } from '../../held-timeouts.ts';
import { deadlineAtWill, farAway, until } from '../../time.ts';
import { plantPending, plantSettled } from './planting.ts';
import { DAY_MS, everything, id, inTime, MINUTE_MS, type Rig, startRig } from './reconciling.ts';
import { sessionThrough, sessionWith } from './sessions.ts';

/** A rig whose first run is over; AWS calls are tried once. */
async function startRunning(): Promise<Rig> {
  const rig = await startRig({ maxAttempts: 1 });
  plantSettled(rig, 60);
  plantPending(rig, 'p1');
  await rig.run();
  rig.clock.nowMs += MINUTE_MS;
  return rig;
}

/** Adds a result, and tells that a run finds it and that nothing is left to be told. */
async function expectRecovery(rig: Rig) {
  rig.clock.nowMs += MINUTE_MS;
  expect(await rig.run()).toMatchObject({ outcome: 'completed', oldestUnpublishedSeconds: 0 });
  expect(rig.told()).toEqual(['p1 null pending', 'n1 null ack']);
}

describe('a registrar that fails', () => {
  test.each<[Fault & FaultScope]>([
    [{ kind: 'reset', times: 1 }],
    [{ kind: 'httpStatus', status: 503, times: 1 }],
    [{ kind: 'sessionLost', times: 1 }],
  ])('once is asked again: %j', async (fault) => {
    const rig = await startRunning();
    rig.registrar.addResult({ svTrId: 'n1' });
    rig.registrar.faults.arm({ request: 'result-list', ...fault });
    await expectRecovery(rig);
  });

  test.each<[Fault, RegExp]>([
    [{ kind: 'reset' }, /^The connection/],
    [{ kind: 'httpStatus', status: 503 }, /^The registrar answered HTTP 503\.$/],
    [{ kind: 'html' }, /^The registrar's reply is not DMAPI: /],
    [{ kind: 'garbled' }, /^The registrar's reply is not DMAPI: /],
    [{ kind: 'sessionLost' }, /^The registrar refused a new session as well\.$/],
  ])('ends the run with a reason of our own: %j', async (fault, reason) => {
    const rig = await startRunning();
    rig.registrar.addResult({ svTrId: 'n1' });
    rig.registrar.faults.arm({ request: 'result-list', ...fault });
    const summary = await rig.run();
    expect(summary).toMatchObject({ outcome: 'failed', account: '1000001', stillPending: 1 });
    expect(summary.reason).toMatch(reason);
    expect(summary.reason).not.toMatch(/Maintenance|unavailable|session has expired/i);
    rig.registrar.faults.clear();
    await expectRecovery(rig);
  });

  test('in the middle has what was found before told already', async () => {
    const rig = await startRunning();
    rig.registrar.addResult({ svTrId: 'p2', status: '?' });
    rig.registrar.faults.arm({ kind: 'html', request: 'result-list', skip: 1 });
    expect(await rig.run()).toMatchObject({ outcome: 'failed', eventsPublished: 1 });
    expect(rig.told()).toEqual(['p1 null pending', 'p2 null pending']);
  });

  test('to answer takes no more than the time of the run', async () => {
    const rig = await startRunning();
    rig.registrar.addResult({ svTrId: 'n1' });
    rig.registrar.faults.arm({ kind: 'hang', request: 'result-list' });
    const deadline = deadlineAtWill(200);
    const attempt = { ...inTime('hanging'), deadline };
    const before = rig.registrar.requests.length;
    const { askedMs, pass, restore } = holdTimeouts();
    const run = rig.run(attempt);
    await until(() => rig.registrar.requests.length > before);
    deadline.pass();
    pass();
    expect(askedMs).toContain(200);
    const summary = await run;
    restore();
    expect(summary).toMatchObject({
      outcome: 'unfinished',
      reason: 'The time of this run is used up.',
      requestsMade: 1,
    });
    rig.registrar.faults.clear();
    await expectRecovery(rig);
  });

  test('to answer the login fails the run before it takes the lease', async () => {
    const rig = await startRig();
    rig.registrar.faults.arm({ kind: 'hang', request: 'login' });
    const summary = await rig.run({ deadline: deadlineIn(200) });
    expect(summary).toMatchObject({ outcome: 'failed', account: null, stillPending: null });
    expect(rig.dynamoDb.calls.size).toBe(0);
  });
});

test('a login that is refused fails the run, in our own words', async () => {
  const rig = await startRunning();
  const session = sessionWith(rig, 'canary-wrong-key');
  const summary = await rig.environment({ session })(inTime('refused'));
  expect(summary).toMatchObject({
    outcome: 'failed',
    reason: expect.stringContaining('The registrar refused the login'),
    account: null,
    stillPending: null,
    oldestUnpublishedSeconds: null,
  });
  expect(JSON.stringify(summary)).not.toMatch(/canary|API key is invalid/);
});

describe('credentials that come to belong to another account', () => {
  test('in the middle end the run, and nothing is recorded under either', async () => {
    const rig = await startRunning();
    rig.registrar.addResult({ svTrId: 'n1' });
    let account = '1000001';
    const session = sessionThrough(rig, (request, nth) => {
      if (nth === 2) account = '2000002';
      return request;
    });
    const before = await everything(rig.table);
    const run = rig.environment({ session: { ...session, account: async () => account } });
    expect(await run(inTime('changed'))).toMatchObject({
      outcome: 'unfinished',
      reason: 'The credentials have changed and belong to another account.',
      account: '1000001',
      eventsPublished: 0,
    });
    expect(entriesOf(await everything(rig.table))).toEqual(entriesOf(before));
    const other = rig.openTable('2000002', farAway());
    expect(await everything(other)).toEqual([]);
    await expectRecovery(rig);
  });

  test('have the next run begin with that account', async () => {
    const rig = await startRunning();
    rig.registrar.addResult({ svTrId: 'n1' });
    const run = rig.environment({
      session: { ...sessionWith(rig), account: async () => '2000002' },
    });
    expect(await run(inTime('first'))).toMatchObject({
      outcome: 'completed',
      account: '2000002',
      eventsPublished: 1,
    });
    expect(rig.details().map(({ account }) => account)).toEqual(['1000001', '2000002']);
    expect(new Set(rig.details().map(({ id }) => id)).size).toBe(2);
  });
});

function entriesOf(items: Awaited<ReturnType<Rig['table']['query']>>) {
  return items.map(({ entry, status }) => `${entry?.S} ${status?.S}`);
}

describe('an AWS service that cannot serve', () => {
  test.each([
    [
      'dynamoDb',
      'throttled',
      'Amazon DynamoDB cannot serve now (ProvisionedThroughputExceededException).',
    ],
    ['dynamoDb', 'broken', 'Amazon DynamoDB cannot serve now (InternalServerError).'],
    ['eventBridge', 'throttled', 'Amazon EventBridge cannot serve now (ThrottlingException).'],
    ['eventBridge', 'broken', 'Amazon EventBridge cannot serve now (InternalException).'],
  ] as const)('(%s, %s) fails the run, and the next one tells', async (service, fault, reason) => {
    const rig = await startRunning();
    rig.registrar.addResult({ svTrId: 'n1' });
    rig[service].fail(fault);
    expect(await rig.run()).toMatchObject({ outcome: 'failed', reason, eventsPublished: 0 });
    rig[service].fail(undefined);
    await expectRecovery(rig);
  });

  test('takes no more than the time for an answer', async () => {
    const rig = await startRunning();
    rig.registrar.addResult({ svTrId: 'n1' });
    rig.eventBridge.fail('hanging');
    const answerBy = new AbortController();
    const run = rig.environment({
      publish: (events, deadline) => {
        if (events.length > 0) setTimeout(() => answerBy.abort(), 50);
        return rig.publish(events, deadline);
      },
    });
    const summary = await run({
      ...inTime('hanging'),
      answerBy: { signal: answerBy.signal, remainingMs: () => 0 },
    });
    expect(summary).toMatchObject({
      outcome: 'failed',
      reason: 'Amazon EventBridge did not answer in time.',
    });
    rig.eventBridge.fail(undefined);
    // Nor could the lease be given back.
    rig.clock.nowMs += inTime('any').leaseMs;
    await expectRecovery(rig);
  });

  test('has the age of what is not published grow, until it is', async () => {
    const rig = await startRunning();
    rig.registrar.addResult({ svTrId: 'n1' });
    rig.eventBridge.fail('broken');
    const ages: (number | null)[] = [];
    for (let n = 0; n < 3; n++) {
      ages.push((await rig.run()).oldestUnpublishedSeconds);
      rig.clock.nowMs += MINUTE_MS;
    }
    expect(ages).toEqual([0, 60, 120]);
    rig.eventBridge.fail(undefined);
    await expectRecovery(rig);
  });
});

describe('an AWS service that refuses', () => {
  test('to publish is a defect, and the next run can begin at once', async () => {
    const rig = await startRunning();
    rig.registrar.addResult({ svTrId: 'n1' });
    rig.eventBridge.fail('refused');
    await expect(rig.run()).rejects.toMatchObject({ name: 'AccessDeniedException' });
    rig.eventBridge.fail(undefined);
    rig.clock.nowMs -= MINUTE_MS;
    await expectRecovery(rig);
  });

  test('to read the ledger is a defect, and the next run can begin at once', async () => {
    const rig = await startRunning();
    rig.registrar.addResult({ svTrId: 'n1' });
    const run = rig.environment({
      openTable: (account, deadline) => {
        const table = rig.openTable(account, deadline);
        const query: typeof table.query = async (prefix) => {
          rig.dynamoDb.fail('refused');
          return table.query(prefix).finally(() => rig.dynamoDb.fail(undefined));
        };
        return { ...table, query };
      },
    });
    await expect(run(inTime('refused'))).rejects.toMatchObject({ name: 'AccessDeniedException' });
    rig.clock.nowMs -= MINUTE_MS;
    await expectRecovery(rig);
  });
});

describe('an event that is not accepted', () => {
  test('is published by a later run, with its id, and the others are not repeated', async () => {
    const rig = await startRunning();
    for (const svTrId of ['n1', 'n2', 'n3']) rig.registrar.addResult({ svTrId });
    const tried = new Set<string>();
    rig.eventBridge.failEntries(({ Detail = '{}' }) => {
      const { id, result } = JSON.parse(Detail);
      if (result.svTrId !== 'n2') return undefined;
      tried.add(id);
      return 'InternalFailure';
    });
    const failed = {
      outcome: 'failed',
      reason: 'Amazon EventBridge did not accept all events.',
      stillPending: 2,
    };
    const first = await rig.run();
    expect(first).toMatchObject({ ...failed, eventsPublished: 2, oldestUnpublishedSeconds: 0 });
    rig.clock.nowMs += MINUTE_MS;
    const second = await refusing(rig, 'n2');
    expect(second).toMatchObject({ ...failed, eventsPublished: 0, oldestUnpublishedSeconds: 60 });

    rig.eventBridge.failEntries(undefined);
    rig.clock.nowMs += MINUTE_MS;
    expect(await rig.run()).toMatchObject({
      outcome: 'completed',
      reason: null,
      eventsPublished: 1,
      stillPending: 1,
      oldestUnpublishedSeconds: 0,
    });
    expect(rig.told()).toEqual(['p1 null pending', 'n1 null ack', 'n3 null ack', 'n2 null ack']);
    expect(rig.details()).toHaveLength(4);
    expect([...tried]).toEqual([rig.details().at(-1)?.id]);
  });

  test('is followed wherever it comes to lie', async () => {
    const rig = await startRunning();
    rig.registrar.addResult({ svTrId: 'n1' });
    expect(await refusing(rig, 'n1')).toMatchObject({ outcome: 'failed', stillPending: 2 });
    for (let n = 0; n < 120; n++) rig.registrar.addResult({ svTrId: id(n) });
    rig.clock.nowMs += MINUTE_MS;
    expect(await refusing(rig, 'n1')).toMatchObject({ outcome: 'failed', eventsPublished: 120 });
    rig.clock.nowMs += MINUTE_MS;
    expect(await rig.run()).toMatchObject({ outcome: 'completed', eventsPublished: 1 });
    expect(rig.told().filter((line) => line.startsWith('n1'))).toEqual(['n1 null ack']);
  });

  test('of a result that was in progress is told with the status before', async () => {
    const rig = await startRunning();
    rig.registrar.settle('p1', 'nack');
    expect(await refusing(rig, 'p1')).toMatchObject({ outcome: 'failed', stillPending: 1 });
    rig.clock.nowMs += MINUTE_MS;
    expect(await rig.run()).toMatchObject({ outcome: 'completed', stillPending: 0 });
    expect(rig.told()).toEqual(['p1 null pending', 'p1 pending nack']);
  });

  test('of a result that settled the other way, deep in the list, is told by the next run', async () => {
    const rig = await startRig();
    plantSettled(rig, 300);
    await rig.run();
    rig.registrar.settle(id(5, 'old'), 'nack');
    rig.clock.nowMs += DAY_MS;
    expect(await refusing(rig, id(5, 'old'))).toMatchObject({ outcome: 'failed' });
    rig.clock.nowMs += MINUTE_MS;
    expect(await rig.run()).toMatchObject({ outcome: 'completed', oldestUnpublishedSeconds: 0 });
    expect(rig.told()).toEqual([`${id(5, 'old')} ack nack`]);
  });

  test('does not hold back what else is told in the same run', async () => {
    const rig = await startRunning();
    rig.registrar.settle('p1', 'ack');
    rig.registrar.addResult({ svTrId: 'n1' });
    expect(await refusing(rig, 'n1')).toMatchObject({ outcome: 'failed', eventsPublished: 1 });
    expect(rig.told()).toEqual(['p1 null pending', 'p1 pending ack']);
  });

  test('nor any other either, ends the run at once', async () => {
    const rig = await startRunning();
    for (const svTrId of ['n1', 'n2']) rig.registrar.addResult({ svTrId });
    const nothing = {
      outcome: 'failed',
      reason: 'Amazon EventBridge accepts no event now.',
      eventsPublished: 0,
      stillPending: 1,
    };
    const first = await refusing(rig, 'n1', 'n2');
    expect(first).toMatchObject({ ...nothing, oldestUnpublishedSeconds: 0 });
    rig.clock.nowMs += MINUTE_MS;
    const second = await refusing(rig, 'n1', 'n2');
    expect(second).toMatchObject({ ...nothing, oldestUnpublishedSeconds: 60 });
    rig.clock.nowMs += MINUTE_MS;
    expect(await rig.run()).toMatchObject({ outcome: 'completed', oldestUnpublishedSeconds: 0 });
  });
});

let runs = 0;

/** A run in which the events of these results are not accepted, however often they are sent. */
function refusing(rig: Rig, ...svTrIds: string[]) {
  const publish: Publish = async (events, deadline) => {
    const refused = events.filter(({ detail }) => svTrIds.includes(detail.result.svTrId));
    const accepted = events.filter((event) => !refused.includes(event));
    return [...refused, ...(await rig.publish(accepted, deadline))];
  };
  return rig.environment({ publish })(inTime(`refusing-${++runs}`));
}
