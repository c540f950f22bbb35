import { describe, expect, test } from '@jest/globals';
import type { Dialect } from '../../../infra/local/registrar/dialect.ts';
import type { Fault } from '../../../infra/local/registrar/faults.ts';
import { captureLog } from '../../captured-log.ts';
import { deadlineAtWill, until } from '../../time.ts';
import { REGISTER, RENEW, startOrderRig, TRANSFER } from './ordering.ts';

captureLog();

const MINUTE_MS = 60_000;
const REQUEST = { register: 'domain-register', renew: 'domain-renew' } as const;
const INPUT = { 'domain-register': REGISTER, 'domain-renew': RENEW } as const;
type Action = keyof typeof INPUT;

/** Carried out, and its answer cannot be read. */
const ANSWER_LOST: Fault = { kind: 'noStatus' };
/** Lost on its way. */
const LOST: Fault = { kind: 'reset' };

async function ordered(action: Action, fault: Fault, dialect: Partial<Dialect> = {}) {
  const rig = await startOrderRig({ dialect, settleAfterMs: 20 * MINUTE_MS });
  rig.registrar.faults.arm({ ...fault, request: action, times: 1 });
  const first = await rig.call(action, INPUT[action], { key: 'k' });
  const again = () => rig.call(action, INPUT[action], { key: 'k' });
  return { ...rig, first, again };
}

describe('an order of unknown outcome', () => {
  test.each<[string, Fault, number]>([
    ['a reply without a status', ANSWER_LOST, 503],
    ['a broken connection', LOST, 503],
    ['half a reply', { kind: 'truncated', missingBytes: 40 }, 503],
    ['a web page', { kind: 'html' }, 503],
    ['nothing', { kind: 'empty' }, 503],
    ['rubbish', { kind: 'garbled' }, 503],
    ['a 500', { kind: 'httpStatus', status: 500 }, 503],
    ['a 503', { kind: 'httpStatus', status: 503, retryAfter: 1 }, 503],
  ])('%s is a 503 with Retry-After, and no text of the registrar', async (_, fault, status) => {
    const { first } = await ordered('domain-renew', fault);
    expect([first.status, first.problem]).toEqual([status, 'unavailable']);
    expect(Number(first.headers['retry-after'])).toBeGreaterThan(0);
    expect(JSON.stringify(first.json)).not.toMatch(/Maintenance|Proc-ID/);
  });

  test('no answer in time is a 504', async () => {
    const rig = await startOrderRig();
    rig.registrar.faults.arm({ kind: 'hang', request: 'domain-renew' });
    const deadline = deadlineAtWill();
    const answer = rig.place({ deadline }).call('domain-renew', RENEW, { key: 'k' });
    await until(() => rig.sent('domain-renew').length > 0);
    deadline.pass();
    const { status, problem } = await answer;
    expect([status, problem]).toEqual([504, 'timeout']);
    expect((await rig.call('domain-renew', RENEW, { key: 'k' })).problem).toBe('order-in-progress');
    rig.clock.nowMs += 31_000;
    expect((await rig.call('domain-renew', RENEW, { key: 'k' })).problem).toBe('order-unknown');
    expect(rig.sent('domain-renew')).toHaveLength(1);
  });

  test.each<[Action, Partial<Dialect>]>([
    [REQUEST.register, {}],
    [REQUEST.register, { requestTypes: 'orders' }],
    [REQUEST.register, { listsClTrId: false }],
    [REQUEST.renew, {}],
    [REQUEST.renew, { listsClTrId: false, objects: 'unicode' }],
  ])('that arrived is found by the next call: %s %j', async (action, dialect) => {
    const { again, sent, clock } = await ordered(action, ANSWER_LOST, dialect);
    const found = await again();
    expect([found.status, found.json.status, found.headers['idempotent-replayed']]).toEqual([
      202,
      'pending',
      'true',
    ]);
    expect(found.json.svTrId).toMatch(/^[0-9a-f]+$/);
    clock.nowMs += 21 * MINUTE_MS;
    expect(await again()).toMatchObject({ status: 200, json: { svTrId: found.json.svTrId } });
    expect(sent(action)).toHaveLength(1);
  });

  test('or by the reconciler', async () => {
    const { attend, orders, again } = await ordered('domain-renew', ANSWER_LOST);
    expect(await attend()).toMatchObject({ pending: 1, unknown: 0 });
    const [item] = await orders.query('key/');
    expect(JSON.parse(item?.order?.S ?? '')).toMatchObject({
      state: 'accepted',
      matchedBy: 'object',
    });
    expect((await again()).status).toBe(202);
  });

  test.each([30_000, 9 * MINUTE_MS])('however late it is listed: %d ms', async (listedAfterMs) => {
    const { again, sent, clock, attend } = await ordered('domain-renew', ANSWER_LOST, {
      listedAfterMs,
    });
    for (let n = 0; n < 9; n++) {
      const { status, problem, headers } = await again();
      if (status === 202) break;
      expect([status, problem, headers['retry-after']]).toEqual([409, 'order-unknown', '60']);
      clock.nowMs += MINUTE_MS;
      await attend();
    }
    clock.nowMs += MINUTE_MS;
    expect((await again()).status).toBe(202);
    expect(sent('domain-renew')).toHaveLength(1);
  });

  test('whose object is listed in Unicode is found', async () => {
    const rig = await startOrderRig({ dialect: { objects: 'unicode', listsClTrId: false } });
    rig.registrar.faults.arm({ ...ANSWER_LOST, request: 'domain-register', times: 1 });
    const input = { ...REGISTER, domain: 'nächster.example' };
    await rig.call('domain-register', input, { key: 'k' });
    expect((await rig.call('domain-register', input, { key: 'k' })).status).toBe(202);
    expect(rig.sent('domain-register')).toHaveLength(1);
  });
});

describe('its effect tells where no row does', () => {
  test('a domain that was to be registered is in the account', async () => {
    const { again, clock, attend } = await ordered('domain-register', ANSWER_LOST, {
      requestTypes: 'orders',
      listsClTrId: false,
    });
    expect((await again()).problem).toBe('order-unknown');
    clock.nowMs += 21 * MINUTE_MS;
    await attend();
    const told = await again();
    expect([told.status, told.json.status, told.json.svTrId]).toEqual([200, 'ack', null]);
  });

  test('a domain that was to be transferred is in the account', async () => {
    const rig = await startOrderRig({ dialect: { listedAfterMs: 9 * MINUTE_MS } });
    rig.registrar.faults.arm({ ...ANSWER_LOST, request: 'domain-transfer-in-reseller', times: 1 });
    const transfer = () => rig.call('domain-transfer-in-reseller', TRANSFER, { key: 'k' });
    expect((await transfer()).status).toBe(503);
    rig.clock.nowMs += MINUTE_MS;
    expect(await transfer()).toMatchObject({ status: 200, json: { status: 'ack', svTrId: null } });
    expect(rig.sent('domain-transfer-in-reseller')).toHaveLength(1);
  });

  test('the expiry is later', async () => {
    const { again, clock, sent } = await ordered('domain-renew', ANSWER_LOST, {
      listedAfterMs: 30 * MINUTE_MS,
    });
    clock.nowMs += 21 * MINUTE_MS;
    expect(await again()).toMatchObject({ status: 200, json: { status: 'ack', svTrId: null } });
    expect(sent('domain-renew')).toHaveLength(1);
  });

  test('as it is once the domain has renewed itself meanwhile', async () => {
    const rig = await startOrderRig();
    const domain = 'xn--bcher-kva.example';
    const renew = () => rig.call('domain-renew', { ...RENEW, domain }, { key: 'k' });
    await rig.call('domain-set-property', { domain, property: 'autorenew', value: true });
    rig.registrar.faults.arm({ ...LOST, request: 'domain-renew', times: 1 });
    await renew();
    rig.clock.nowMs += 14 * 24 * 60 * MINUTE_MS;
    expect(await renew()).toMatchObject({ status: 200, json: { status: 'ack', svTrId: null } });
    expect(rig.sent('domain-renew')).toHaveLength(1);
  });
});

describe('one that did not arrive', () => {
  test('is sent by one caller, after two looks a minute apart, both later than ten minutes', async () => {
    const { again, clock, sent } = await ordered('domain-renew', LOST);
    const problems: (string | undefined)[] = [];
    for (const ms of [1000, 9 * MINUTE_MS, 61_000, 59_000]) {
      clock.nowMs += ms;
      problems.push((await again()).problem);
    }
    expect(problems).toEqual(Array(4).fill('order-unknown'));
    clock.nowMs += 1000;
    const both = await Promise.all([again(), again()]);
    expect(both.map(({ status }) => status).sort()).toEqual([202, 409]);
    expect(sent('domain-renew')).toHaveLength(2);
    expect((await again()).headers['idempotent-replayed']).toBe('true');
    expect(sent('domain-renew')).toHaveLength(2);
  });

  test('is never sent by the reconciler', async () => {
    const { again, attend, clock, sent, orders } = await ordered('domain-renew', LOST);
    for (let n = 0; n < 15; n++) {
      clock.nowMs += MINUTE_MS;
      await attend();
    }
    expect(sent('domain-renew')).toHaveLength(1);
    expect(await orders.query('open/')).toEqual([]);
    expect((await again()).status).toBe(202);
  });

  test('is found all the same if it shows up after it was given up', async () => {
    const { again, attend, clock, sent } = await ordered('domain-register', ANSWER_LOST, {
      listedAfterMs: 15 * MINUTE_MS,
    });
    clock.nowMs += 11 * MINUTE_MS;
    await attend();
    clock.nowMs += 2 * MINUTE_MS;
    await attend();
    clock.nowMs += 3 * MINUTE_MS;
    expect(await again()).toMatchObject({ status: 202, json: { status: 'pending' } });
    expect(sent('domain-register')).toHaveLength(1);
  });

  test('and that the registrar refuses the second time is refused', async () => {
    const { again, clock, call, sent } = await ordered('domain-renew', LOST);
    const elsewhere = await call('domain-renew', RENEW, { key: 'l' });
    expect(elsewhere.problem).toBe('duplicate-order');
    for (const ms of [11 * MINUTE_MS, 2 * MINUTE_MS]) {
      clock.nowMs += ms;
      await again();
    }
    expect(sent('domain-renew')).toHaveLength(2);
  });
});
