import {
  EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
} from '@aws-sdk/client-eventbridge';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type EventBridge, startEventBridge } from '../../../../infra/local/aws/event-bridge.ts';
import type { AwsFault } from '../../../../infra/local/aws/service.ts';
import { until } from '../../../time.ts';
import { IMPATIENT, localClient } from './local-client.ts';

const BUS = 'joker-dmapi-test';

let eventBridge: EventBridge;
let client: EventBridgeClient;

beforeEach(async () => {
  eventBridge = await startEventBridge({ now: () => Date.UTC(2026, 10, 23, 20, 10, 2, 789) });
  eventBridge.createBus(BUS);
  client = new EventBridgeClient(localClient(eventBridge));
});

afterEach(async () => {
  client.destroy();
  await eventBridge.close();
});

function entry(more: Partial<PutEventsRequestEntry> = {}): PutEventsRequestEntry {
  return {
    EventBusName: BUS,
    Source: 'joker.dmapi',
    DetailType: 'Result Pending',
    Resources: ['domain-renew/one.example'],
    Detail: '{"id":1}',
    ...more,
  };
}

function put(...entries: PutEventsRequestEntry[]) {
  return client.send(new PutEventsCommand({ Entries: entries }));
}

describe('events', () => {
  test('are delivered as a target gets them', async () => {
    const { FailedEntryCount, Entries } = await put(entry());
    expect(FailedEntryCount).toBe(0);
    expect(Entries).toEqual([{ EventId: expect.stringMatching(/^[0-9a-f-]{36}$/) }]);
    expect(eventBridge.delivered).toEqual([
      {
        version: '0',
        id: Entries?.[0]?.EventId,
        'detail-type': 'Result Pending',
        source: 'joker.dmapi',
        account: '000000000000',
        time: '2026-11-23T20:10:02Z',
        region: 'eu-central-1',
        resources: ['domain-renew/one.example'],
        detail: { id: 1 },
      },
    ]);
  });

  test('carry the time of their entry, and no resources where it has none', async () => {
    const { Resources, ...bare } = entry({ Time: new Date('2026-01-02T03:04:05.678Z') });
    await put(bare);
    expect(eventBridge.delivered[0]).toMatchObject({ time: '2026-01-02T03:04:05Z', resources: [] });
  });

  test('are told as they are delivered, in order, with the sizes of the calls', async () => {
    const told: unknown[] = [];
    eventBridge.onDelivered(({ detail }) => told.push(detail.id));
    await put(entry({ Detail: '{"id":1}' }), entry({ Detail: '{"id":2}' }));
    await put(entry({ Detail: '{"id":3}' }));
    expect(told).toEqual([1, 2, 3]);
    expect(eventBridge.requests).toEqual([2, 1]);
  });

  test('go to a bus by its ARN too', async () => {
    const arn = `arn:aws:events:eu-central-1:000000000000:event-bus/${BUS}`;
    await put(entry({ EventBusName: arn }));
    expect(eventBridge.delivered).toHaveLength(1);
  });

  test.each([
    ['another bus', { EventBusName: 'elsewhere' }],
    ['the default bus', { EventBusName: undefined }],
  ])('for %s are accepted and go nowhere', async (_name, more) => {
    const { FailedEntryCount, Entries } = await put(entry(more));
    expect(FailedEntryCount).toBe(0);
    expect(Entries?.[0]?.EventId).toBeDefined();
    expect(eventBridge.delivered).toEqual([]);
  });

  test('are kept up to 10,000, the newest', async () => {
    const ten = (call: number) =>
      put(...Array.from({ length: 10 }, (_, i) => entry({ Detail: `{"id":${call * 10 + i}}` })));
    for (let call = 0; call < 1002; call += 6) {
      await Promise.all([0, 1, 2, 3, 4, 5].map((i) => ten(call + i)));
    }
    expect(eventBridge.requests).toHaveLength(1002);
    expect(eventBridge.delivered).toHaveLength(10_000);
    expect(Math.min(...eventBridge.delivered.map(({ detail }) => Number(detail.id)))).toBe(20);
  });
});

describe('a call is refused as a whole', () => {
  test.each([
    ['without entries', [], /greater than or equal to 1/],
    ['with eleven', Array.from({ length: 11 }, () => entry()), /less than or equal to 10/],
    [
      'of a megabyte in all',
      [entry(), entry({ Detail: JSON.stringify({ x: 'ü'.repeat(512 * 1024) }) })],
      /over the limit/,
    ],
  ])('%s', async (_name, entries, message) => {
    const refused = { name: 'ValidationException', message: expect.stringMatching(message) };
    await expect(put(...entries)).rejects.toMatchObject(refused);
    expect(eventBridge.delivered).toEqual([]);
    expect(eventBridge.requests).toEqual([]);
  });

  test('but not just below that', async () => {
    const room = 1024 * 1024 - 1 - 'sd{"x":""}'.length;
    const Detail = JSON.stringify({ x: 'x'.repeat(room) });
    await put({ EventBusName: BUS, Source: 's', DetailType: 'd', Detail });
    expect(eventBridge.delivered).toHaveLength(1);
    const refused = put({ EventBusName: BUS, Source: 'ss', DetailType: 'd', Detail });
    await expect(refused).rejects.toMatchObject({ name: 'ValidationException' });
  });
});

describe('an entry is refused by itself', () => {
  test.each([
    [{ Source: undefined }, 'InvalidArgument', /Source is a required/],
    [{ DetailType: undefined }, 'InvalidArgument', /DetailType is a required/],
    [{ Detail: undefined }, 'InvalidArgument', /Detail is a required/],
    [{ Detail: '{' }, 'MalformedDetail', /malformed/],
    [{ Detail: '[1]' }, 'MalformedDetail', /malformed/],
    [{ Detail: 'null' }, 'MalformedDetail', /malformed/],
  ])('with %j: %s', async (more, ErrorCode, message) => {
    const { FailedEntryCount, Entries } = await put(entry(), entry(more), entry());
    expect(FailedEntryCount).toBe(1);
    expect(Entries).toEqual([
      { EventId: expect.any(String) },
      { ErrorCode, ErrorMessage: expect.stringMatching(message) },
      { EventId: expect.any(String) },
    ]);
    expect(eventBridge.delivered).toHaveLength(2);
  });

  test('by the judge of a test, which counts over calls', async () => {
    eventBridge.failEntries(({ Detail }, nth) =>
      nth === 2 || Detail === '{"id":9}' ? 'InternalFailure' : undefined,
    );
    const ids = () => eventBridge.delivered.map(({ detail }) => detail.id);
    const first = await put(entry(), entry({ Detail: '{"id":2}' }));
    expect(first.FailedEntryCount).toBe(1);
    expect(first.Entries?.[1]?.ErrorCode).toBe('InternalFailure');
    await put(entry({ Detail: '{"id":2}' }), entry({ Detail: '{"id":9}' }));
    expect(ids()).toEqual([1, 2]);
    eventBridge.failEntries(undefined);
    await put(entry({ Detail: '{"id":9}' }));
    expect(ids()).toEqual([1, 2, 9]);
  });
});

describe('a fault', () => {
  test.each<[AwsFault, string]>([
    ['throttled', 'ThrottlingException'],
    ['refused', 'AccessDeniedException'],
    ['broken', 'InternalException'],
    ['hanging', 'TimeoutError'],
  ])('%s reaches the client as %s', async (fault, name) => {
    eventBridge.fail(fault);
    const options = fault === 'hanging' ? IMPATIENT : {};
    const sent = client.send(new PutEventsCommand({ Entries: [entry()] }), options);
    await expect(sent).rejects.toMatchObject({ name });
    expect(eventBridge.delivered).toEqual([]);
    await until(() => eventBridge.calls.get('PutEvents') === 1);
    eventBridge.fail(undefined);
    await put(entry());
    expect(eventBridge.delivered).toHaveLength(1);
  });
});

describe('an intercepted call', () => {
  test('before: fails, and nothing is delivered', async () => {
    eventBridge.intercept(() => 'before');
    await expect(put(entry())).rejects.toMatchObject({ name: 'InternalException' });
    expect(eventBridge.delivered).toEqual([]);
  });

  test('after: has no answer, but is delivered', async () => {
    eventBridge.intercept((operation) => (operation === 'PutEvents' ? 'after' : undefined));
    await expect(put(entry())).rejects.toThrow('socket hang up');
    expect(eventBridge.delivered).toHaveLength(1);
  });
});

test('another operation is unknown', async () => {
  const response = await fetch(eventBridge.url, {
    method: 'POST',
    headers: { 'x-amz-target': 'AWSEvents.PutRule' },
    body: '{}',
  });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ __type: 'UnknownOperationException' });
});
