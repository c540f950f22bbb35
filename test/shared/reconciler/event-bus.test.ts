import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type EventBridge, startEventBridge } from '../../../infra/local/aws/event-bridge.ts';
import {
  type AwsFault,
  type AwsReply,
  awsJson,
  startService,
} from '../../../infra/local/aws/service.ts';
import { deadlineIn } from '../../../shared/dmapi/deadline.ts';
import { publishTo, toBatches } from '../../../shared/reconciler/event-bus.ts';
import { type ResultEvent, toResultEvent } from '../../../shared/reconciler/result-event.ts';
import { deadEndpoint } from '../../stub-registrar.ts';
import { farAway } from '../../time.ts';
import { id } from './reconciling.ts';

const NOW_MS = Date.parse('2026-11-01T12:00:00Z');
/** What EventBridge takes in one call. */
const MAX_ENTRIES = 10;
const MAX_BYTES = 1024 * 1024;

let eventBridge: EventBridge;
const closers: (() => Promise<void>)[] = [];

beforeEach(async () => {
  eventBridge = await startEventBridge({ now: () => NOW_MS });
  eventBridge.createBus('results');
  closers.push(eventBridge.close);
});

afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

function publisher(endpoint = eventBridge.url) {
  const client = new EventBridgeClient({
    endpoint,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  closers.push(async () => client.destroy());
  return publishTo(client, 'results');
}

function eventsOf(count: number): ResultEvent[] {
  return Array.from({ length: count }, (_, n) => eventOf(n));
}

function eventOf(n: number, requestObject = 'example.com'): ResultEvent {
  const result = {
    timestamp: '2026-11-01T11:59:58',
    svTrId: id(n),
    procId: String(n),
    requestType: 'domain-renew',
    requestObject,
    status: 'ack',
    clTrId: null,
  } as const;
  return toResultEvent({ result, previousStatus: null, sequence: 1 }, '1000001', NOW_MS);
}

const svTrIdOf = ({ detail }: Pick<ResultEvent, 'detail'>) => detail.result.svTrId;
const delivered = () =>
  eventBridge.delivered.map(({ detail }) => svTrIdOf({ detail: detail as ResultEvent['detail'] }));
const lastFirst = (numbers: readonly number[]) => [...numbers].sort((a, b) => b - a);

/** Has the entries of these results fail so many times each. @returns how often each was sent */
function refuse(svTrIds: readonly string[], times: number): Map<string, number> {
  const tries = new Map<string, number>();
  eventBridge.failEntries(({ Detail = '{}' }) => {
    const svTrId = svTrIdOf({ detail: JSON.parse(Detail) });
    tries.set(svTrId, (tries.get(svTrId) ?? 0) + 1);
    const isRefused = svTrIds.includes(svTrId) && (tries.get(svTrId) ?? 0) <= times;
    return isRefused ? 'InternalFailure' : undefined;
  });
  return tries;
}

describe('events are published', () => {
  test('in batches as full as can be', async () => {
    expect(await publisher()(eventsOf(25), farAway())).toEqual([]);
    expect(lastFirst(eventBridge.requests)).toEqual([10, 10, 5]);
    expect(delivered().sort()).toEqual(eventsOf(25).map(svTrIdOf));
  });

  test('in the order given, as far as one call goes', async () => {
    await publisher()(eventsOf(10).reverse(), farAway());
    expect(delivered()).toEqual(eventsOf(10).map(svTrIdOf).reverse());
  });

  test('without a call where there are none', async () => {
    expect(await publisher()([], farAway())).toEqual([]);
    expect(eventBridge.calls.size).toBe(0);
  });

  test('in calls that are not too large, of events that are', async () => {
    // Three bytes a character: counting characters would find room for all ten in one call.
    const events = eventsOf(10).map((_, n) => eventOf(n, '€'.repeat(60_000)));
    expect(await publisher()(events, farAway())).toEqual([]);
    expect(eventBridge.delivered).toHaveLength(10);
    expect(eventBridge.requests.length).toBeGreaterThan(1);
  });
});

test('batches hold all events in their order, none too many, and none that the one before had room for', () => {
  const lengths = fc.array(fc.oneof(fc.nat(2000), fc.nat(500_000)), { maxLength: 40 });
  fc.assert(
    fc.property(lengths, (all) => {
      const events = all.map((length, n) => eventOf(n, 'x'.repeat(length)));
      const batches = toBatches(events, 'results');
      expect(batches.flat()).toEqual(events);
      batches.forEach((batch, i) => {
        expect(batch.length).toBeGreaterThan(0);
        expect(batch.length).toBeLessThanOrEqual(MAX_ENTRIES);
        if (batch.length > 1) expect(bytesOf(batch)).toBeLessThan(MAX_BYTES);
        const [next] = batches[i + 1] ?? [];
        const couldHoldNext =
          next && batch.length < MAX_ENTRIES && bytesOf([...batch, next]) < 950_000;
        expect(couldHoldNext).not.toBe(true);
      });
    }),
    { numRuns: 50 },
  );
});

/** As EventBridge counts it. */
function bytesOf(events: readonly ResultEvent[]): number {
  const texts = events.flatMap(({ detailType, resources, detail }) => [
    'joker.dmapi',
    detailType,
    ...resources,
    JSON.stringify(detail),
  ]);
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}

describe('an event that is not accepted', () => {
  test('is sent again after a while, without the others', async () => {
    const tries = refuse([id(3), id(17)], 1);
    const startedAtMs = performance.now();
    expect(await publisher()(eventsOf(20), farAway())).toEqual([]);
    expect(performance.now() - startedAtMs).toBeGreaterThan(45);
    expect([...eventBridge.requests]).toEqual([10, 10, 2]);
    expect([...tries].filter(([, times]) => times > 1)).toEqual(
      expect.arrayContaining([
        [id(3), 2],
        [id(17), 2],
      ]),
    );
    expect(delivered()).toHaveLength(20);
  });

  test('is waited for ever longer, and given back in the end', async () => {
    const tries = refuse([id(3), id(17)], Number.POSITIVE_INFINITY);
    const startedAtMs = performance.now();
    const left = await publisher()(eventsOf(20), farAway());
    expect(performance.now() - startedAtMs).toBeGreaterThan(345);
    expect(left.map(svTrIdOf)).toEqual([id(3), id(17)]);
    expect([tries.get(id(3)), tries.get(id(4))]).toEqual([4, 1]);
    expect(delivered()).toHaveLength(18);
  });

  test('is told by its place in the answer', async () => {
    refuse([id(0), id(9)], Number.POSITIVE_INFINITY);
    const left = await publisher()(eventsOf(10).reverse(), farAway());
    expect(left.map(svTrIdOf)).toEqual([id(9), id(0)]);
  });

  test('is also one that the answer says nothing of', async () => {
    const answers = [{}, { FailedEntryCount: 0, Entries: [{ EventId: 'a' }] }];
    const whole = { FailedEntryCount: 0, Entries: [{ EventId: 'b' }, { EventId: 'c' }] };
    const sent: unknown[][] = [];
    const { url, close } = await startService({
      protocol: awsJson('AWSEvents', '1.1'),
      faults: NO_FAULTS,
      perform: (_, body) => {
        sent.push(JSON.parse(body).Entries);
        return { status: 200, body: answers.shift() ?? whole };
      },
    });
    closers.push(close);
    expect(await publisher(url)(eventsOf(3), farAway())).toEqual([]);
    expect(sent.map((entries) => entries.length)).toEqual([3, 3, 2]);
  });
});

const NEVER: AwsReply = { status: 500, body: {} };
const NO_FAULTS = { throttled: NEVER, refused: NEVER, broken: NEVER };

describe('a call that fails as a whole', () => {
  test.each<[AwsFault, object]>([
    [
      'throttled',
      {
        name: 'AwsUnavailableError',
        message: 'Amazon EventBridge cannot serve now (ThrottlingException).',
      },
    ],
    [
      'broken',
      {
        name: 'AwsUnavailableError',
        message: 'Amazon EventBridge cannot serve now (InternalException).',
      },
    ],
    ['refused', { name: 'AccessDeniedException' }],
  ])('because the service is %s says so', async (fault, error) => {
    eventBridge.fail(fault);
    await expect(publisher()(eventsOf(1), farAway())).rejects.toMatchObject(error);
    expect(eventBridge.delivered).toEqual([]);
  });

  test('because the service hangs ends with the deadline', async () => {
    eventBridge.fail('hanging');
    await expect(publisher()(eventsOf(1), deadlineIn(100))).rejects.toMatchObject({
      name: 'DmapiError',
      kind: 'timeout',
      sent: false,
    });
  });

  test('because its answer was lost is unavailable, whatever it has published', async () => {
    eventBridge.intercept(() => 'after');
    await expect(publisher()(eventsOf(1), farAway())).rejects.toMatchObject({
      name: 'AwsUnavailableError',
    });
    expect(delivered()).toEqual([id(0)]);
  });

  test('because nobody can reach the service is unavailable', async () => {
    const { origin } = await deadEndpoint();
    await expect(publisher(origin)(eventsOf(1), farAway())).rejects.toMatchObject({
      name: 'AwsUnavailableError',
    });
  });

  test('makes the whole of several calls fail', async () => {
    let calls = 0;
    eventBridge.intercept(() => (++calls === 2 ? 'before' : undefined));
    await expect(publisher()(eventsOf(25), farAway())).rejects.toMatchObject({
      name: 'AwsUnavailableError',
    });
  });
});
