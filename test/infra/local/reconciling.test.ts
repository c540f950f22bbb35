import { afterEach, describe, expect, test } from '@jest/globals';
import type { DeliveredEvent } from '../../../infra/local/aws/event-bridge.ts';
import { type RunningBundle, startBundle } from './running-bundle.ts';

let bundle: RunningBundle | undefined;

afterEach(async () => {
  await bundle?.close();
  bundle = undefined;
});

const ACKNOWLEDGED = {
  version: '0',
  'detail-type': 'Result Acknowledged',
  source: 'joker.dmapi',
  account: '000000000000',
  region: 'eu-central-1',
  resources: ['domain-register/first-steps.example'],
  detail: {
    version: 1,
    previousStatus: 'pending',
    result: { requestObject: 'first-steps.example', status: 'ack', clTrId: 'first-steps' },
  },
};

/** The first event of that type, whether it has been delivered or is to come. */
function delivered({ eventBridge }: RunningBundle, type: string): Promise<DeliveredEvent> {
  return new Promise((resolve) => {
    const look = (event: DeliveredEvent) => {
      if (event['detail-type'] === type) resolve(event);
    };
    eventBridge.delivered.forEach(look);
    eventBridge.onDelivered(look);
  });
}

describe('the reconciler, run by the schedule', () => {
  test('tells of a first acknowledged result within three runs, once', async () => {
    const told: string[] = [];
    bundle = await startBundle({ reconcileSeconds: 5, tell: (line) => told.push(line) });
    expect(told).toContainEqual(
      expect.stringMatching(/^\d+ functions, each started by its first call$/),
    );
    expect(await delivered(bundle, 'Result Acknowledged')).toMatchObject(ACKNOWLEDGED);
    // Two, or three where the schedule's time comes just before it settles.
    const runs = bundle.registrar?.requests.filter(({ params }) => params.get('status') === '?');
    expect(runs?.length).toBeLessThanOrEqual(3);
    expect(told.at(-1)).toMatch(
      /^event Result Acknowledged domain-register\/first-steps\.example \{"id":"/,
    );

    await bundle.reconcile();
    const { json } = await bundle.get('/_local/events');
    const types = json.map((event: DeliveredEvent) => event['detail-type']);
    expect(types).toEqual(['Result Pending', 'Result Acknowledged']);
    expect(json[1]).toMatchObject(ACKNOWLEDGED);
  });

  test('tells what a request came to, on demand', async () => {
    bundle = await startBundle();
    await bundle.reconcile();
    bundle.registrar?.addResult({
      requestType: 'domain-renew',
      requestObject: 'on-demand.example',
      status: 'nack',
    });
    const { status, json } = await bundle.post('/_local/reconcile');
    expect(status).toBe(200);
    expect(json).toEqual(expect.any(Object));
    expect(bundle.eventBridge.delivered.at(-1)).toMatchObject({
      'detail-type': 'Result Refused',
      resources: ['domain-renew/on-demand.example'],
    });
  });
});

test('a run that fails is told, and the next one is made', async () => {
  bundle = await startBundle();
  await bundle.reconcile();
  bundle.dynamoDb.fail('refused');
  const { status, json } = await bundle.post('/_local/reconcile');
  expect(status).toBe(502);
  expect(json).toMatchObject({ title: 'The reconciler failed' });
  expect(bundle.logged()).toMatch(/^arn:aws:lambda:\S+reconcileresults\S+: \S/m);
  bundle.dynamoDb.fail(undefined);
  expect((await bundle.post('/_local/reconcile')).status).toBe(200);
});

test('control characters of the registrar do not reach the terminal', async () => {
  const told: string[] = [];
  bundle = await startBundle({ tell: (line) => told.push(line) });
  await bundle.reconcile();
  bundle.registrar?.addResult({
    requestType: 'domain-renew',
    requestObject: 'esc\u001b]0;\u009b.example',
    status: 'nack',
  });
  await bundle.reconcile();
  expect(told.at(-1)).toMatch(/^event Result Refused domain-renew\/esc\?\]0;\?\.example \{/);
});
