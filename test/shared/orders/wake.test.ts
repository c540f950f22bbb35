import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type Lambda, startLambda } from '../../../infra/local/aws/lambda.ts';
import type { AwsFault } from '../../../infra/local/aws/service.ts';
import type { Deadline } from '../../../shared/dmapi/deadline.ts';
import { createWaking } from '../../../shared/orders/wake.ts';
import { captureLog } from '../../captured-log.ts';
import { holdTimeouts } from '../../held-timeouts.ts';
import { deadlineAtWill, farAway, until } from '../../time.ts';

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

const wake = (deadline: Deadline) => createWaking('reconcile-results')(deadline);

/** Wakes it in vain: what hangs ends when its time is over. @returns how much that is */
async function wakeInVain(fault: AwsFault, deadline: Deadline): Promise<number | undefined> {
  const calls = () => lambda.calls.get('Invoke') ?? 0;
  const before = calls();
  lambda.fail(fault);
  const { askedMs, pass } = holdTimeouts();
  const waking = wake(deadline);
  await until(() => calls() > before);
  if (fault === 'hanging') pass();
  await waking;
  return askedMs[0];
}

test('the reconciler is told that something has been placed', async () => {
  holdTimeouts();
  await wake(farAway());
  await until(() => invoked.length > 0);
  expect(invoked).toEqual([{ placed: true }]);
  expect(log.text()).toBe('');
});

test.each<AwsFault>(['throttled', 'refused', 'broken', 'hanging'])(
  'where Lambda is %s, nothing is thrown, and the answer waits for two seconds at most',
  async (fault) => {
    expect(await wakeInVain(fault, farAway())).toBe(2000);
    expect(log.entries()).toEqual([
      expect.objectContaining({ level: 'WARN', message: 'the reconciler could not be woken' }),
    ]);
    expect(invoked).toEqual([]);
  },
);

test('of little time only half is used', async () => {
  expect(await wakeInVain('hanging', deadlineAtWill(600))).toBe(300);
});
