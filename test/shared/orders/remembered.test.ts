import { describe, expect, test } from '@jest/globals';
import type { Fault, FaultScope } from '../../../infra/local/registrar/faults.ts';
import { captureLog } from '../../captured-log.ts';
import { REGISTER, RENEW, startOrderRig } from './ordering.ts';

const log = captureLog();

describe('what was refused before anything was sent is not remembered', () => {
  test('bad input', async () => {
    const { call, sent } = await startOrderRig();
    const bad = await call('domain-renew', { ...RENEW, periodMonths: 0 }, { key: 'k' });
    expect(bad.status).toBe(400);
    expect((await call('domain-renew', RENEW, { key: 'k' })).status).toBe(202);
    expect(sent('domain-renew')).toHaveLength(1);
  });

  test.each<[string, Fault & FaultScope, number, string]>([
    ['no session', { kind: 'httpStatus', status: 503, request: 'login' }, 503, 'unavailable'],
    ['a 429', { kind: 'httpStatus', status: 429, request: 'domain-renew' }, 503, 'unavailable'],
    ['a session lost twice', { kind: 'sessionLost', request: 'domain-renew' }, 422, 'refused'],
    ['no look', { kind: 'httpStatus', status: 503, request: 'result-list' }, 503, 'unavailable'],
    ['no expiry', { kind: 'html', request: 'query-domain-list' }, 502, 'unreadable-reply'],
  ])('%s', async (_, fault, status, problem) => {
    const { call, registrar, orders } = await startOrderRig();
    const disarm = registrar.faults.arm(fault);
    const failed = await call('domain-renew', RENEW, { key: 'k' });
    expect([failed.status, failed.problem]).toEqual([status, problem]);
    expect([await orders.query('key/'), await orders.query('open/')]).toEqual([[], []]);
    disarm();
    const other = { ...RENEW, periodMonths: 24 };
    const again = await call('domain-renew', other, { key: 'k' });
    expect([again.status, again.headers['idempotent-replayed']]).toEqual([202, undefined]);
  });

  test('a lost session is replaced, and the order sent once more', async () => {
    const { call, registrar, sent } = await startOrderRig();
    registrar.faults.arm({ kind: 'sessionLost', request: 'domain-renew', times: 1 });
    expect((await call('domain-renew', RENEW, { key: 'k' })).status).toBe(202);
    expect(sent('domain-renew')).toHaveLength(2);
  });

  test('a table that cannot serve', async () => {
    const { call, dynamoDb, sent } = await startOrderRig();
    dynamoDb.fail('throttled');
    const failed = await call('domain-renew', RENEW, { key: 'k' });
    expect([failed.status, failed.headers['retry-after']]).toEqual([503, '5']);
    dynamoDb.fail(undefined);
    expect((await call('domain-renew', RENEW, { key: 'k' })).status).toBe(202);
    expect(sent('domain-renew')).toHaveLength(1);
  });
});

describe('what the registrar has refused is remembered', () => {
  const ABSENT = { domain: 'absent.example', periodMonths: 12 };

  test('with its verdict', async () => {
    const { call, sent } = await startOrderRig();
    const first = await call('domain-renew', ABSENT, { key: 'k' });
    const again = await call('domain-renew', ABSENT, { key: 'k' });
    expect([first.status, first.problem]).toEqual([404, 'not-found']);
    expect([again.status, again.problem]).toEqual([404, 'not-found']);
    expect(again.json.dmapi).toEqual(first.json.dmapi);
    expect(again.json.dmapi).toMatchObject({ statusCode: 2303, errors: [expect.any(String)] });
    expect(first.headers).not.toHaveProperty('idempotent-replayed');
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect(sent('domain-renew')).toHaveLength(1);
  });

  test('and keeps nothing back', async () => {
    const { call, orders } = await startOrderRig();
    await call('domain-register', { ...REGISTER, ownerContact: 'CCOM-9' }, { key: 'k' });
    expect(await orders.query('open/')).toEqual([]);
    expect((await call('domain-register', REGISTER, { key: 'l' })).status).toBe(202);
  });

  test('without its words where they can be about people', async () => {
    const { call, orders } = await startOrderRig();
    const owner = {
      domain: 'absent.example',
      name: 'Canary Mustermann',
      email: 'canary@example.com',
      address1: 'Canary 1',
      city: 'Canary',
      postalCode: '51147',
      country: 'DE',
      phone: '+49.221123456',
    };
    const first = await call('domain-owner-change', owner, { key: 'k' });
    expect(first.json.dmapi.errors).toHaveLength(1);
    const again = await call('domain-owner-change', owner, { key: 'k' });
    expect(again.json.dmapi).toMatchObject({ statusCode: 2303, errors: [], statusText: null });
    expect(JSON.stringify(await orders.query('key/'))).not.toMatch(/canary/i);
    expect(log.text()).not.toMatch(/canary/i);
  });
});

test('neither a transfer code, a key nor a content is kept', async () => {
  const { call, clock, orders } = await startOrderRig();
  const transfer = {
    domain: 'moving.example',
    transferAuthId: 'canary-code',
    ownerContact: 'CCOM-1000007',
    billingContact: 'CCOM-1000007',
    adminContact: 'CCOM-1000007',
    techContact: 'CCOM-1000007',
  };
  await call('domain-transfer-in-reseller', transfer, { key: 'canary-key' });
  clock.nowMs += 5000;
  const { json } = await call('domain-transfer-in-reseller', transfer, { key: 'canary-key' });
  expect(json.content).toMatch(/\w/);
  const items = [...(await orders.query('key/')), ...(await orders.query('row/'))];
  expect(items.length).toBeGreaterThan(1);
  expect(JSON.stringify(items)).not.toContain('canary');
  expect(JSON.stringify(items)).not.toContain(json.content.slice(0, 20));
});
