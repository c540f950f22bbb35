import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { SimulatedRegistrar } from '../../../infra/local/registrar/registrar.ts';
import { until } from '../../time.ts';
import { type Answer, type RunningBundle, startBundle } from './running-bundle.ts';

let bundle: RunningBundle;
let registrar: SimulatedRegistrar;
/** What comes of a request that hangs: it takes its time while the others are made. */
let hung: Promise<Answer>;

beforeAll(async () => {
  bundle = await startBundle();
  if (!bundle.registrar) throw new Error('The run has no simulated registrar.');
  registrar = bundle.registrar;
  const profiles = () => registrar.requests.filter(({ name }) => name === 'query-profile').length;
  await bundle.get('/v1/query-profile');
  registrar.faults.arm({ kind: 'hang', request: 'query-profile', times: 1 });
  hung = bundle.get('/v1/query-profile');
  await until(() => profiles() === 2);
});

beforeEach(() => registrar.faults.clear());

afterAll(() => bundle.close());

describe('the six routes', () => {
  test('login tells about the account, the key and the TLDs', async () => {
    const { status, json, headers } = await bundle.post('/v1/login');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/json');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(json).toMatchObject({
      access: 'full',
      sessionTimeoutSeconds: 3600,
      account: { currency: 'EUR', balance: '100.0', pendingAmount: '0.0', rebate: '0.2' },
      stats: { numberOfDomains: 6, lastError: '' },
      tlds: expect.arrayContaining(['com', 'de']),
    });
    expect(json.uid).toMatch(/^\d+$/);
  });

  test('result-list lists newest first, filters, pages and counts', async () => {
    const planted = ['one', 'two', 'three'].map((name, i) =>
      registrar.addResult({
        requestType: 'domain-renew',
        requestObject: `${name}.listed.example`,
        status: i === 1 ? 'nack' : 'ack',
        atMs: Date.now() - i * 1000,
      }),
    );
    const filter = 'requestObject=*.listed.example';
    const all = await bundle.get(`/v1/result-list?${filter}`);
    expect(all.status).toBe(200);
    expect(all.json.rowCount).toBe(3);
    expect(all.json.results.map((result: { svTrId: string }) => result.svTrId)).toEqual(
      planted.map(({ svTrId }) => svTrId),
    );
    expect(all.json.results[0]).toEqual({
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/),
      svTrId: planted[0]?.svTrId,
      procId: planted[0]?.procId,
      requestType: 'domain-renew',
      requestObject: 'one.listed.example',
      status: 'ack',
      clTrId: null,
    });
    const nacks = await bundle.get(`/v1/result-list?${filter}&status=nack`);
    expect(nacks.json.results).toHaveLength(1);
    const page = await bundle.get(`/v1/result-list?${filter}&offset=1&limit=1`);
    expect(page.json.results.map((r: { requestObject: string }) => r.requestObject)).toEqual([
      'two.listed.example',
    ]);
    const count = await bundle.get(`/v1/result-list?${filter}&countOnly=true`);
    expect(count.json).toEqual({ count: 3 });
  });

  test('result-retrieve tells the content, result-delete takes it away', async () => {
    const { svTrId, procId } = registrar.addResult({
      requestType: 'domain-transfer-get-auth-id',
      requestObject: 'moved.example',
      status: 'ack',
    });
    const before = await bundle.get(`/v1/result-retrieve?procId=${procId}`);
    expect(before.json).toMatchObject({ status: 'ack', objectName: 'moved.example' });
    expect(before.json.content).toMatch(/^The Authorization ID is: "/);

    const deleted = await bundle.post('/v1/result-delete', { svTrId });
    expect(deleted.status).toBe(200);
    expect(deleted.json.message).not.toBe('');

    const after = await bundle.get(`/v1/result-retrieve?svTrId=${svTrId}`);
    expect(after.json).toMatchObject({ status: 'ack', content: null });
    const listed = await bundle.get('/v1/result-list?requestObject=moved.example');
    expect(listed.json.results).toEqual([]);
    const shown = await bundle.get('/v1/result-list?requestObject=moved.example&showAll=true');
    expect(shown.json.results).toHaveLength(1);
  });

  test('query-profile tells every key', async () => {
    const { status, json } = await bundle.get('/v1/query-profile');
    expect(status).toBe(200);
    expect(json.profile).toMatchObject({ balance: '100.0', checkdIp: expect.any(String) });
    expect(json.profile).toHaveProperty('adminEmail');
  });

  test('logout ends the session', async () => {
    const { status, text, headers } = await bundle.post('/v1/logout');
    expect(status).toBe(204);
    expect(text).toBe('');
    expect(headers.get('cache-control')).toBe('no-store');
  });
});

describe('failures', () => {
  test('an unknown parameter is refused without a word to the registrar', async () => {
    const before = registrar.requests.length;
    const { status, json, headers } = await bundle.get('/v1/result-list?colour=red');
    expect(status).toBe(400);
    expect(headers.get('content-type')).toBe('application/problem+json');
    expect(json).toMatchObject({
      type: 'urn:dmapi:problem:invalid-input',
      status: 400,
      field: 'colour',
    });
    expect(json.requestId).toBe(headers.get('x-amzn-requestid'));
    expect(registrar.requests.length).toBe(before);
  });

  test('an unknown result is not found', async () => {
    const { status, json } = await bundle.get('/v1/result-retrieve?svTrId=0123456789abcdef');
    expect(status).toBe(404);
    expect(json.dmapi).toMatchObject({ statusCode: 2303, errors: expect.any(Array) });
  });

  test.each([
    [{ kind: 'reset' }, 503, 'unavailable'],
    [{ kind: 'httpStatus', status: 503 }, 503, 'unavailable'],
    [{ kind: 'httpStatus', status: 429 }, 503, 'unavailable'],
    [{ kind: 'truncated' }, 503, 'unavailable'],
    [{ kind: 'html' }, 502, 'unreadable-reply'],
    [{ kind: 'empty' }, 502, 'unreadable-reply'],
    [{ kind: 'noStatus' }, 502, 'unreadable-reply'],
    [{ kind: 'garbled' }, 502, 'unreadable-reply'],
    [{ kind: 'oversized' }, 502, 'unreadable-reply'],
    [{ kind: 'sessionLost' }, 422, 'refused'],
  ] as const)('of the registrar, %j, are told as %i %s', async (fault, status, type) => {
    registrar.faults.arm({ ...fault, request: 'query-profile' });
    const answer = await bundle.get('/v1/query-profile');
    expect(answer.status).toBe(status);
    expect(answer.json.type).toBe(`urn:dmapi:problem:${type}`);
    expect(answer.headers.has('retry-after')).toBe(status === 503);
  });

  test('a change is not sent twice after a connection broke', async () => {
    const { svTrId } = registrar.addResult({ status: 'ack' });
    registrar.faults.arm({ kind: 'reset', request: 'result-delete' });
    const deletions = () =>
      registrar.requests.filter(({ name }) => name === 'result-delete').length;
    const before = deletions();
    expect((await bundle.post('/v1/result-delete', { svTrId })).status).toBe(503);
    expect(deletions()).toBe(before + 1);
  });

  test.each([
    ['GET', '/v1/nothing'],
    ['POST', '/v1/result-list'],
    ['GET', '/result-list'],
    ['DELETE', '/v1/login'],
  ])('%s %s is no route', async (method, path) => {
    const { status, json, headers } = await bundle.get(path, { method });
    expect(status).toBe(403);
    expect(headers.get('content-type')).toBe('application/problem+json');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(json.status).toBe(403);
  });
});

describe('sessions', () => {
  test('fifty simultaneous calls on cold functions use the one session, a lost one costs a login', async () => {
    const cold = await startBundle();
    await cold.reconcile();
    const routes = ['result-list', 'query-profile', 'result-retrieve?svTrId=none'];
    const fifty = () =>
      Promise.all(
        Array.from({ length: 50 }, async (_, n) => {
          const { status } = await cold.get(`/v1/${routes[n % routes.length]}`);
          return status;
        }),
      );
    try {
      expect(new Set(await fifty())).toEqual(new Set([200, 404]));
      expect(cold.registrar?.logins).toBe(1);
      cold.registrar?.dropSessions();
      expect(new Set(await fifty())).toEqual(new Set([200, 404]));
      expect(cold.registrar?.logins).toBe(2);
    } finally {
      await cold.close();
    }
  });
});

test('a registrar that hangs is given up before API Gateway gives up on us', async () => {
  const { status, json } = await hung;
  expect(status).toBe(504);
  expect(json.type).toBe('urn:dmapi:problem:timeout');
});
