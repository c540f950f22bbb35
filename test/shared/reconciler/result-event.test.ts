import { describe, expect, test } from '@jest/globals';
import type { Result } from '../../../shared/dmapi/result.ts';
import { nameUuid } from '../../../shared/reconciler/name-uuid.ts';
import {
  resultEventDetail,
  type Transition,
  toResultEvent,
} from '../../../shared/reconciler/result-event.ts';
import { plantSettled } from './planting.ts';
import { ACCOUNT, MINUTE_MS, startRig } from './reconciling.ts';

const OBSERVED_AT_MS = Date.parse('2026-11-01T12:00:00.123Z');
const RESULT = {
  timestamp: '2026-11-01T11:59:58',
  svTrId: '20261101-abc',
  procId: '104000001',
  requestType: 'domain-transfer-in',
  requestObject: 'example.com',
  status: 'ack',
  clTrId: 'own-1',
} as const;

function eventOf(
  result: Partial<Result> = {},
  previousStatus: Transition['previousStatus'] = 'pending',
  account = ACCOUNT,
) {
  const changed = { ...RESULT, ...result } as Transition['result'];
  return toResultEvent({ result: changed, previousStatus }, account, OBSERVED_AT_MS);
}

describe('the event', () => {
  test('has exactly the parts of the contract', () => {
    expect(eventOf()).toStrictEqual({
      detailType: 'Result Acknowledged',
      resources: ['domain-transfer-in/example.com'],
      detail: {
        id: '990bc6e6-90d0-5ea8-ade3-878d8d1503fe',
        version: 1,
        account: '1000001',
        previousStatus: 'pending',
        observedAt: '2026-11-01T12:00:00.123Z',
        result: RESULT,
      },
    });
  });

  test('has nothing of the result that the contract does not name', () => {
    const withContent = { ...RESULT, content: 'canary-transfer-code' };
    expect(JSON.stringify(eventOf(withContent))).not.toContain('canary');
  });

  test.each([
    ['pending', 'Result Pending'],
    ['ack', 'Result Acknowledged'],
    ['nack', 'Result Refused'],
  ] as const)('of status %s is a "%s"', (status, detailType) => {
    expect(eventOf({ status })).toMatchObject({ detailType, detail: { result: { status } } });
  });

  test('says null where nothing is known: the status before, the own id of the caller', () => {
    const { detail } = eventOf({ clTrId: null }, null);
    expect(detail).toMatchObject({ previousStatus: null, result: { clTrId: null } });
    expect(resultEventDetail.safeParse(detail).success).toBe(true);
  });

  test.each(['ack', 'nack', 'pending', 'unknown', null] as const)(
    'that follows %s is accepted by the schema',
    (previousStatus) => {
      const { detail } = eventOf({}, previousStatus);
      expect(resultEventDetail.parse(JSON.parse(JSON.stringify(detail)))).toEqual(detail);
    },
  );

  test.each([
    ['another version', { version: 2 }],
    ['a field more', { content: 'x' }],
    ['a moment with another zone', { observedAt: '2026-11-01T12:00:00+01:00' }],
    ['an id that is no UUID', { id: '1' }],
    ['a status that nobody is told', { result: { ...RESULT, status: 'unknown' } }],
    ['a result with its content', { result: { ...RESULT, content: 'x' } }],
  ])('with %s is not', (_, changed) => {
    expect(resultEventDetail.safeParse({ ...eventOf().detail, ...changed }).success).toBe(false);
  });

  test('reaches a target of the bus as the contract says', async () => {
    const rig = await startRig();
    plantSettled(rig, 3);
    await rig.run();
    rig.clock.nowMs += MINUTE_MS;
    rig.registrar.addResult({
      svTrId: 'f00d',
      procId: '7',
      requestType: 'domain-transfer-get-auth-id',
      requestObject: 'example.net',
      status: 'nack',
    });
    await rig.run();
    const [event, ...more] = rig.eventBridge.delivered;
    expect(more).toEqual([]);
    expect(event).toMatchObject({
      source: 'joker.dmapi',
      'detail-type': 'Result Refused',
      resources: ['domain-transfer-get-auth-id/example.net'],
    });
    expect(event?.detail).toStrictEqual({
      id: nameUuid('6a1c4f0e-58c5-4d0b-9a39-0f6c1be0c2d7', '["1000001","f00d","nack"]'),
      version: 1,
      account: '1000001',
      previousStatus: null,
      observedAt: '2026-11-01T12:01:00.000Z',
      result: {
        timestamp: '2026-11-01T12:01:00',
        svTrId: 'f00d',
        procId: '7',
        requestType: 'domain-transfer-get-auth-id',
        requestObject: 'example.net',
        status: 'nack',
        clTrId: null,
      },
    });
  });
});

/** Consumers keep them to drop repeats: a new version of the bundle must not change a single one. */
describe('the id of an event', () => {
  test.each([
    ['1000001', '20261101-abc', 'ack', '990bc6e6-90d0-5ea8-ade3-878d8d1503fe'],
    ['1000001', '20261101-abc', 'nack', '94b11e83-8ebd-5e65-b7c6-e70f7719c655'],
    ['1000001', '20261101-abc', 'pending', '2977e1a7-307e-5735-9f8e-b1a586101c17'],
    ['1000001', '20261101-abd', 'ack', 'f28fb50c-d928-58dd-bfa4-30a0873f16f6'],
    ['1000002', '20261101-abc', 'ack', '2c6384c2-79e7-5179-98bd-ef713a07bd8f'],
    ['1000001', 'a"bü/é', 'ack', 'bf923dc9-5aef-5633-b31d-d1588f62c788'],
  ] as const)('for account %s, result %s, status %s is %s', (account, svTrId, status, id) => {
    expect(eventOf({ svTrId, status }, 'pending', account).detail.id).toBe(id);
  });

  test('depends on nothing else', () => {
    const { detail } = eventOf({ procId: '9', requestObject: 'other.example', clTrId: null }, null);
    expect(detail.id).toBe(eventOf().detail.id);
  });

  test('is not the same for parts that only look alike when they are put together', () => {
    expect(eventOf({ svTrId: '2x' }, null, '1').detail.id).not.toBe(
      eventOf({ svTrId: 'x' }, null, '12').detail.id,
    );
  });
});

/** By other programs: Python's uuid5, and RFC 9562 (appendix A.4). */
test.each([
  ['6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'python.org', '886313e1-3b8a-5372-9b90-0c9aee199e5d'],
  [
    '6ba7b810-9dad-11d1-80b4-00c04fd430c8',
    'www.example.com',
    '2ed6657d-e927-568b-95e1-2665a8aea6a2',
  ],
])('the UUID in namespace %s of the name %s is %s', (namespace, name, uuid) => {
  expect(nameUuid(namespace, name)).toBe(uuid);
});
