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
  changed: Partial<Omit<Transition, 'result'> & { readonly account: string }> = {},
) {
  const { account = ACCOUNT, ...transition } = changed;
  return toResultEvent(
    {
      previousStatus: 'pending',
      sequence: 1,
      ...transition,
      result: { ...RESULT, ...result } as Transition['result'],
    },
    account,
    OBSERVED_AT_MS,
  );
}

describe('the event', () => {
  test('has exactly the parts of the contract', () => {
    expect(eventOf()).toStrictEqual({
      detailType: 'Result Acknowledged',
      resources: ['domain-transfer-in/example.com'],
      detail: {
        id: 'b11bcaaf-c425-5fc7-b84e-420d20d62c43',
        version: 1,
        account: '1000001',
        previousStatus: 'pending',
        sequence: 1,
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

  test('has the type alone as its resource where the result has no object', () => {
    expect(eventOf({ requestObject: null }).resources).toEqual(['domain-transfer-in']);
  });

  test('says null where nothing is known: the status before, the object, the own id of the caller', () => {
    const { detail } = eventOf({ clTrId: null, requestObject: null }, { previousStatus: null });
    expect(detail).toMatchObject({
      previousStatus: null,
      result: { clTrId: null, requestObject: null },
    });
    expect(resultEventDetail.safeParse(detail).success).toBe(true);
  });

  test.each(['ack', 'nack', 'pending', 'unknown', null] as const)(
    'that follows %s is accepted by the schema',
    (previousStatus) => {
      const { detail } = eventOf({}, { previousStatus });
      expect(resultEventDetail.parse(JSON.parse(JSON.stringify(detail)))).toEqual(detail);
    },
  );

  test.each([
    ['another version', { version: 2 }],
    ['a field more', { content: 'x' }],
    ['no number of the transition', { sequence: undefined }],
    ['half a transition', { sequence: 1.5 }],
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
      id: nameUuid('6a1c4f0e-58c5-4d0b-9a39-0f6c1be0c2d7', '["1000001","f00d","7",1,"nack"]'),
      version: 1,
      account: '1000001',
      previousStatus: null,
      sequence: 1,
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
    ['1000001', '20261101-abc', '104000001', 1, 'ack', 'b11bcaaf-c425-5fc7-b84e-420d20d62c43'],
    ['1000001', '20261101-abc', '104000001', 2, 'ack', 'b532af9e-10f4-530d-a975-0cfad641f9f0'],
    ['1000001', '20261101-abc', '104000001', 1, 'nack', 'b8e6509d-cb69-50df-8caf-d4c49b6bd37c'],
    ['1000001', '20261101-abc', '104000002', 1, 'ack', '9f2f05eb-42dc-54b8-8641-3c3677cd4959'],
    ['1000001', '20261101-abd', '104000001', 1, 'ack', '66a08a25-2fd2-5d25-80f0-3c087df938f6'],
    ['1000002', '20261101-abc', '104000001', 1, 'ack', 'eb862442-94e3-504f-90ef-abf6e9b903f4'],
    ['1000001', 'a"bü/é', '104000001', 1, 'pending', '34695692-65ba-5529-af2c-ec3f2f824b92'],
  ] as const)(
    'for account %s, svTrId %s, procId %s, sequence %i, status %s is %s',
    (account, svTrId, procId, sequence, status, id) => {
      const { detail } = eventOf({ svTrId, procId, status }, { account, sequence });
      expect(detail.id).toBe(id);
    },
  );

  test.each(['', '-'])('is that of the procId alone where the svTrId is %j', (svTrId) => {
    expect(eventOf({ svTrId }).detail.id).toBe('ebf7ca38-578a-5e3d-abc4-1837fd51673c');
  });

  test('depends on nothing else', () => {
    const other = { requestType: 'domain-renew', requestObject: 'other.example', clTrId: null };
    const { detail } = eventOf(other, { previousStatus: null });
    expect(detail.id).toBe(eventOf().detail.id);
  });

  test('is not the same for parts that only look alike when they are put together', () => {
    expect(eventOf({ svTrId: '2x' }, { account: '1' }).detail.id).not.toBe(
      eventOf({ svTrId: 'x' }, { account: '12' }).detail.id,
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
