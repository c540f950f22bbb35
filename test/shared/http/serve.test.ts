import { describe, expect, test } from '@jest/globals';
import type { Context } from 'aws-lambda';
import { action as login } from '../../../shared/actions/login.ts';
import { action as logout } from '../../../shared/actions/logout.ts';
import { action as resultDelete } from '../../../shared/actions/result-delete.ts';
import { action as resultList } from '../../../shared/actions/result-list.ts';
import { action as resultRetrieve } from '../../../shared/actions/result-retrieve.ts';
import type { Deadline } from '../../../shared/dmapi/deadline.ts';
import type { ApiEvent } from '../../../shared/http/api-event.ts';
import { type Handler, serve } from '../../../shared/http/serve.ts';
import { captureLog } from '../../captured-log.ts';
import { holdTimeouts } from '../../held-timeouts.ts';
import { deadlineAtWill } from '../../time.ts';
import { fixture, replyOf, replyWithBody } from '../../wire.ts';
import { invoke, REQUEST_ID, sessionThat } from './serving.ts';

const log = captureLog();
const context = { awsRequestId: 'lambda-1' } as Context;

const replying = (text: string) => () => sessionThat(async () => replyOf(text));
const untouchable = () => {
  throw new Error('Nobody may ask for the session.');
};

describe('a success', () => {
  test('is JSON that nobody keeps', async () => {
    const options = { session: replying(fixture('result-list.empty')) };
    expect(await invoke(resultList, {}, options)).toStrictEqual({
      statusCode: 200,
      headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
      body: '{"results":[],"rowCount":0}',
    });
  });

  test('of a POST is the same', async () => {
    const options = { session: replying(fixture('result-delete.success')) };
    expect(await invoke(resultDelete, { body: '{"procId":"7"}' }, options)).toMatchObject({
      statusCode: 200,
      body: '{"message":"Result 100000001 has been deleted."}',
    });
  });

  test('without anything to tell is 204 without a body', async () => {
    const options = { session: replying(fixture('result-list.empty')) };
    expect(await invoke(logout, {}, options)).toStrictEqual({
      statusCode: 204,
      headers: { 'cache-control': 'no-store' },
      body: '',
    });
  });

  test('leaves one line in the log, without what was asked or told', async () => {
    const options = { session: replying(fixture('result-retrieve.ack')) };
    await invoke(resultRetrieve, { queryStringParameters: { svTrId: 'canary' } }, options);
    expect(log.entries()).toEqual([
      expect.objectContaining({
        level: 'INFO',
        message: 'answered',
        action: 'result-retrieve',
        requestId: REQUEST_ID,
        status: 200,
        durationMs: expect.any(Number),
      }),
    ]);
    expect(log.text()).not.toMatch(/canary|example\.net/);
  });
});

describe('the time for a call', () => {
  /** What the action is given of it. */
  async function budget(budgetMs?: number): Promise<number> {
    const deadlines: Deadline[] = [];
    const session = sessionThat(async (deadline) => {
      deadlines.push(deadline);
      return replyWithBody('');
    });
    const options = { session: () => session, ...(budgetMs !== undefined && { budgetMs }) };
    await invoke(login, {}, { ...options, newDeadline: deadlineAtWill });
    return deadlines[0]?.remainingMs() ?? Number.NaN;
  }

  test('is one by the clock', async () => {
    const { askedMs } = holdTimeouts();
    await invoke(login, {}, { session: () => sessionThat(async () => replyWithBody('')) });
    expect(askedMs).toEqual([25_000]);
  });

  test('is 25 seconds, so that our answer comes before that of the gateway', async () => {
    const ms = await budget();
    expect(ms).toBe(25_000);
  });

  test('ends with an answer, even where the action does not', async () => {
    const session = sessionThat(() => new Promise(() => {}));
    const result = await invoke(login, {}, { session: () => session, budgetMs: 50 });
    expect(result.statusCode).toBe(504);
    expect(JSON.parse(result.body).type).toBe('urn:dmapi:problem:timeout');
  });

  test('may be set', async () => {
    expect(await budget(3000)).toBe(3000);
  });
});

describe('the request id', () => {
  const requestIdOf = async (handler: Handler, event: unknown) =>
    JSON.parse((await handler(event as ApiEvent, context)).body).requestId;
  const handler = serve(resultRetrieve, { session: untouchable });

  test('is that of API Gateway', async () => {
    expect(await requestIdOf(handler, { requestContext: { requestId: 'r' } })).toBe('r');
  });

  test.each<unknown>([undefined, null, {}, { requestContext: null }, { requestContext: {} }])(
    'is that of Lambda where the event is %j',
    async (event) => {
      expect(await requestIdOf(handler, event)).toBe('lambda-1');
    },
  );
});

describe('an event of any shape', () => {
  test.each<unknown>([
    undefined,
    null,
    7,
    'event',
    [],
    { requestContext: 7, body: 7 },
    { requestContext: 'x', queryStringParameters: 'x' },
    { body: {}, multiValueQueryStringParameters: [] },
  ])('is refused as a bad request, before the session is asked for: %j', async (event) => {
    const handler = serve(resultDelete, { session: untouchable });
    const { statusCode, headers, body } = await handler(event as ApiEvent, context);
    expect(statusCode).toBe(400);
    expect(headers).toMatchObject({ 'cache-control': 'no-store' });
    expect(JSON.parse(body)).toMatchObject({ type: 'urn:dmapi:problem:invalid-input' });
  });
});

describe('a reply that is larger than Lambda can pass on', () => {
  test('is told as a failure that says what to do', async () => {
    const text = `Status-Code: 0\n\n\n${'x'.repeat(6_000_000)}`;
    const event = { queryStringParameters: { procId: '7' } };
    const result = await invoke(resultRetrieve, event, { session: replying(text) });
    expect(result.statusCode).toBe(502);
    expect(result.body.length).toBeLessThan(1000);
    expect(JSON.parse(result.body).detail).toContain('too large');
  });

  test('is told apart by its size once Lambda has encoded it', async () => {
    const event = { queryStringParameters: { procId: '7' } };
    const statusOf = async (content: string) => {
      const session = replying(`Status-Code: 0\n\n\n${content}`);
      return (await invoke(resultRetrieve, event, { session })).statusCode;
    };
    expect(await statusOf('x'.repeat(5_000_000))).toBe(200);
    expect(await statusOf('"'.repeat(2_400_000))).toBe(502);
  });

  test('is never a list of results, encoded once more, that we let pass', async () => {
    const row =
      '20240617124449 01dac0b3000000000000000000000001 7 domain-renew example.net ack -\n';
    const sizes: number[] = [];
    for (const rows of [20_000, 24_000, 28_000]) {
      const options = { session: replying(`Status-Code: 0\n\n${row.repeat(rows)}`) };
      const result = await invoke(resultList, {}, options);
      sizes.push(Buffer.byteLength(JSON.stringify(result)));
    }
    expect(Math.max(...sizes)).toBeGreaterThan(4_000_000);
    expect(Math.max(...sizes)).toBeLessThan(6 * 1024 * 1024);
  });
});
