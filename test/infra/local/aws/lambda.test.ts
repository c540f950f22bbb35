import { once } from 'node:events';
import http from 'node:http';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Lambda, startLambda } from '../../../../infra/local/aws/lambda.ts';
import type { AwsFault } from '../../../../infra/local/aws/service.ts';
import { IMPATIENT, localClient } from './local-client.ts';

let lambda: Lambda;
let client: LambdaClient;
let invoked: [string, object][];

beforeAll(async () => {
  lambda = await startLambda();
  client = new LambdaClient(localClient(lambda));
});
beforeEach(() => {
  invoked = [];
  lambda.fail(undefined);
  lambda.intercept(undefined);
  lambda.onInvoked(['reconcile-results'], (name, event) => invoked.push([name, event]));
});
afterAll(async () => {
  client.destroy();
  await lambda.close();
});

function invoke(more: Partial<InvokeCommand['input']> = {}, options = {}) {
  const FunctionName = 'reconcile-results';
  const Payload = JSON.stringify({ placed: true });
  return client.send(
    new InvokeCommand({ FunctionName, InvocationType: 'Event', Payload, ...more }),
    options,
  );
}

/** Once all that was handed on by now has arrived. */
const arrived = () => new Promise((resolve) => setImmediate(resolve));

describe('an asynchronous invocation', () => {
  test('is accepted, and carried out after the answer', async () => {
    const before = lambda.calls.get('Invoke') ?? 0;
    expect(await invoke()).toMatchObject({ StatusCode: 202 });
    await arrived();
    expect(invoked).toEqual([['reconcile-results', { placed: true }]]);
    expect(lambda.calls.get('Invoke')).toBe(before + 1);
  });

  test('without a payload is one with an empty event', async () => {
    await client.send(
      new InvokeCommand({ FunctionName: 'reconcile-results', InvocationType: 'Event' }),
    );
    await arrived();
    expect(invoked).toEqual([['reconcile-results', {}]]);
  });

  test.each([
    ['of a function that is not there', { FunctionName: 'other' }, 'ResourceNotFoundException'],
    [
      'that its caller waits for',
      { InvocationType: 'RequestResponse' as const },
      'InvalidParameterValueException',
    ],
    ['with a payload that is no JSON', { Payload: '{' }, 'SerializationException'],
  ])('%s is refused', async (_what, more, name) => {
    await expect(invoke(more)).rejects.toMatchObject({ name });
    await arrived();
    expect(invoked).toEqual([]);
  });
});

describe('a fault', () => {
  test.each<[AwsFault, string, number]>([
    ['throttled', 'TooManyRequestsException', 429],
    ['refused', 'AccessDeniedException', 403],
    ['broken', 'ServiceException', 500],
  ])('%s is told as Lambda tells it', async (fault, name, httpStatusCode) => {
    lambda.fail(fault);
    await expect(invoke()).rejects.toMatchObject({ name, $metadata: { httpStatusCode } });
    await arrived();
    expect(invoked).toEqual([]);
  });

  test('hanging gives no answer', async () => {
    lambda.fail('hanging');
    await expect(invoke({}, IMPATIENT)).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(invoked).toEqual([]);
  });

  test('after it, the function runs and the caller is not told', async () => {
    lambda.intercept(() => 'after');
    await expect(invoke()).rejects.toThrow();
    await arrived();
    expect(invoked).toHaveLength(1);
  });
});

test.each([
  ['GET', '/2015-03-31/functions/reconcile-results/invocations', {}, 400],
  ['POST', '/2015-03-31/functions/a/b/invocations', {}, 400],
  ['POST', '/', {}, 400],
  ['POST', '/2015-03-31/functions/reconcile-results/invocations', { host: 'a.example' }, 403],
])('%s %s with %j is refused', async (method, path, headers, status) => {
  const request = http.request(lambda.url + path, { method, headers }).end();
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  response.resume();
  expect(response.statusCode).toBe(status);
  expect(invoked).toEqual([]);
});
