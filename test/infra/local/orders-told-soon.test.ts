import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type RunningBundle, startBundle } from './running-bundle.ts';

let bundle: RunningBundle;

/** The schedule's next run is a day away: what is told has been told by whom an order has woken. */
beforeAll(async () => {
  bundle = await startBundle({ reconcileSeconds: 86_400 });
  await bundle.reconcile();
});

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

/** Waits until it is told. @returns how often the registrar was asked from the settling on */
async function untilTold(svTrId: string): Promise<number> {
  const settlesAtMs = Date.now() + SETTLES_AFTER_MS;
  while (!toldOf(svTrId)) await sleep(50);
  const asked = bundle.registrar?.requests.filter(
    ({ name, atMs }) => name === 'result-list' && atMs >= settlesAtMs,
  );
  return asked?.length ?? Number.NaN;
}

/** Of the simulated registrar. */
const SETTLES_AFTER_MS = 3000;
/** Requests. Looks are five seconds apart in the first minute. */
const TWO_LOOKS = 4;

test('an order is told within two looks of its settling, by nothing but its own wake', async () => {
  const { status, json } = await renew();
  expect(status).toBe(202);
  // The simulated registrar settles after three seconds.
  expect(await untilTold(json.svTrId)).toBeLessThanOrEqual(TWO_LOOKS);
  expect(bundle.lambda.calls.get('Invoke')).toBe(1);
});

test('a request without a key is told as soon', async () => {
  const { json } = await createContact();
  expect(await untilTold(json.svTrId)).toBeLessThanOrEqual(TWO_LOOKS);
});

test('while a run stays, the reconciler can be run as well, and answers at once', async () => {
  let isAnswered = false;
  const reconciling = bundle.post('/_local/reconcile').finally(() => {
    isAnswered = true;
  });
  // While something is open that has just been placed, the run does not end.
  const placed: string[] = [];
  do {
    const { json } = await createContact();
    placed.push(json.svTrId);
  } while (!isAnswered);
  const { status, json: summary } = await reconciling;
  expect(status).toBe(200);
  expect(summary).toMatchObject({ outcome: 'completed' });
  for (const svTrId of placed) await untilTold(svTrId);
});

test.each(['throttled', 'refused', 'broken', 'hanging'] as const)(
  'with a wake that is %s the request is placed all the same, and told by the next run',
  async (fault) => {
    bundle.lambda.fail(fault);
    const { status, json } = await createContact({ prefer: 'wait=20' });
    bundle.lambda.fail(undefined);
    expect(status).toBe(200);
    await bundle.reconcile();
    expect(toldOf(json.svTrId)).toBeDefined();
    expect(bundle.logged()).toContain('the reconciler could not be woken');
  },
);
