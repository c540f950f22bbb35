import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type RunningBundle, startBundle } from './running-bundle.ts';

let bundle: RunningBundle;

/** The schedule's next run is a day away: what is told has been told by whom an order has woken. */
beforeAll(async () => {
  bundle = await startBundle({ reconcileSeconds: 86_400 });
  await bundle.reconcile();
}, 60_000);

afterAll(() => bundle.close());

async function renew() {
  const { json } = await bundle.get('/v1/query-domain-list');
  const body = { domain: json.domains[0].domain, periodMonths: 12 };
  return await bundle.post('/v1/domain-renew', body, { 'idempotency-key': randomUUID() });
}

/** A request without a key that costs nothing, and can be made as often as one likes. */
function createContact(headers: Record<string, string> = {}) {
  return bundle.post('/v1/contact-create', CONTACT, headers);
}

const CONTACT = {
  tld: 'example',
  name: 'Erika Mustermann',
  email: 'erika@example.com',
  address1: 'Heidestraße 17',
  city: 'Köln',
  postalCode: '51147',
  country: 'DE',
  phone: '+49.221123456',
};

function toldOf(svTrId: string, type = 'Result Acknowledged') {
  return bundle.eventBridge.delivered.find(
    (event) => event['detail-type'] === type && Object(event.detail).result.svTrId === svTrId,
  );
}

/** Milliseconds until it is told, from now. */
async function untilTold(svTrId: string, patienceMs: number): Promise<number> {
  const startedAtMs = performance.now();
  while (!toldOf(svTrId)) {
    const waitedMs = performance.now() - startedAtMs;
    if (waitedMs > patienceMs) throw new Error(`${svTrId} was not told in ${patienceMs} ms.`);
    await sleep(50);
  }
  return performance.now() - startedAtMs;
}

test('an order is told within ten seconds of settling, by nothing but its own wake', async () => {
  const { status, json } = await renew();
  expect(status).toBe(202);
  // The simulated registrar settles after three seconds.
  expect(await untilTold(json.svTrId, 13_000)).toBeLessThan(13_000);
  expect(bundle.lambda.calls.get('Invoke')).toBe(1);
}, 60_000);

test('a request without a key is told as soon', async () => {
  const { json } = await createContact();
  expect(await untilTold(json.svTrId, 13_000)).toBeLessThan(13_000);
}, 60_000);

test('while a run stays, the reconciler can be run as well, and answers at once', async () => {
  const { json } = await createContact();
  const startedAtMs = performance.now();
  const { status, json: summary } = await bundle.post('/_local/reconcile');
  expect(performance.now() - startedAtMs).toBeLessThan(3000);
  expect(status).toBe(200);
  expect(summary).toMatchObject({ outcome: 'completed' });
  await untilTold(json.svTrId, 13_000);
}, 60_000);

test.each(['throttled', 'refused', 'broken', 'hanging'] as const)(
  'with a wake that is %s the request is placed all the same, and told by the next run',
  async (fault) => {
    bundle.lambda.fail(fault);
    const { status, json } = await createContact({ prefer: 'wait=10' });
    bundle.lambda.fail(undefined);
    expect(status).toBe(200);
    await bundle.reconcile();
    expect(toldOf(json.svTrId)).toBeDefined();
    expect(bundle.logged()).toContain('the reconciler could not be woken');
  },
  60_000,
);
