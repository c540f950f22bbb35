import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type Lambda, startLambda } from '../../../infra/local/aws/lambda.ts';
import type { AwsFault } from '../../../infra/local/aws/service.ts';
import { deadlineIn } from '../../../shared/dmapi/deadline.ts';
import { createWaking } from '../../../shared/orders/wake.ts';
import { captureLog } from '../../captured-log.ts';

const log = captureLog();

let lambda: Lambda;
let invoked: object[];

beforeAll(async () => {
  lambda = await startLambda();
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_LAMBDA: lambda.url,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  });
});
beforeEach(() => {
  invoked = [];
  lambda.fail(undefined);
  lambda.onInvoked(['reconcile-results'], (_name, event) => invoked.push(event));
});
afterAll(() => lambda.close());

async function wake(remainingMs = 20_000): Promise<number> {
  const startedAtMs = performance.now();
  await createWaking('reconcile-results')(deadlineIn(remainingMs));
  return performance.now() - startedAtMs;
}

test('the reconciler is told that something has been placed', async () => {
  await wake();
  await new Promise((resolve) => setImmediate(resolve));
  expect(invoked).toEqual([{ placed: true }]);
  expect(log.text()).toBe('');
});

test.each<AwsFault>(['throttled', 'refused', 'broken', 'hanging'])(
  'where Lambda is %s, nothing is thrown, and the answer waits for two seconds at most',
  async (fault) => {
    lambda.fail(fault);
    expect(await wake()).toBeLessThan(3500);
    expect(log.entries()).toEqual([
      expect.objectContaining({ level: 'WARN', message: 'the reconciler could not be woken' }),
    ]);
    expect(invoked).toEqual([]);
  },
);

test('of little time only half is used', async () => {
  lambda.fail('hanging');
  expect(await wake(600)).toBeLessThan(600);
});
