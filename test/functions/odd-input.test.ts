import { describe, expect, test } from '@jest/globals';
import type { Context } from 'aws-lambda';
import type { Action } from '../../shared/action.ts';
import { action as login } from '../../shared/actions/login.ts';
import { action as logout } from '../../shared/actions/logout.ts';
import { action as queryProfile } from '../../shared/actions/query-profile.ts';
import { action as resultDelete } from '../../shared/actions/result-delete.ts';
import { action as resultList } from '../../shared/actions/result-list.ts';
import type { ApiEvent } from '../../shared/http/api-event.ts';
import { serve } from '../../shared/http/serve.ts';
import { captureLog } from '../captured-log.ts';
import { plainOrders } from '../plain-orders.ts';
import { plainZones } from '../plain-zones.ts';
import { loginAnswer, openSession, REQUEST_ID } from '../shared/http/serving.ts';
import { stubRegistrar } from '../stub-registrar.ts';
import { farAway } from '../time.ts';
import { base64, type Loose, toEvent } from './bad-request.ts';

const log = captureLog();

const LAMBDA_ID = 'lambda-1';

/** What comes back for an event, and what was asked of the registrar beside logging in. */
async function outcome(action: Action, event: Loose) {
  const registrar = await stubRegistrar(loginAnswer(), {});
  const session = openSession(registrar.endpoint);
  const handler = serve(action, {
    session: () => session,
    orders: plainOrders(),
    zones: plainZones(session),
    newDeadline: farAway,
  });
  const result = await handler(toEvent(event), { awsRequestId: LAMBDA_ID } as Context);
  const sent = registrar.requests
    .filter(({ path }) => path !== '/request/login')
    .map(({ body }) => {
      const { 'auth-sid': _sid, ...params } = Object.fromEntries(new URLSearchParams(body));
      return params;
    });
  return { status: result.statusCode, body: result.body, sent };
}

describe('an odd event is served where it can mean one thing only:', () => {
  const limited = { queryStringParameters: { limit: '5' } };

  test.each<[Loose, Loose]>([
    [{}, {}],
    [{ queryStringParameters: null, multiValueQueryStringParameters: null, body: null }, {}],
    [{ queryStringParameters: {}, multiValueQueryStringParameters: {}, body: '' }, {}],
    [{ body: '', isBase64Encoded: true }, {}],
    [{ body: base64(' \r\n\t'), isBase64Encoded: true }, {}],
    [{ body: null, isBase64Encoded: 'yes' }, {}],
    [{ ...limited, multiValueQueryStringParameters: null }, { limit: '5' }],
    [{ ...limited, multiValueQueryStringParameters: {} }, { limit: '5' }],
    [
      { queryStringParameters: null, multiValueQueryStringParameters: { limit: ['5'] } },
      { limit: '5' },
    ],
    [{ ...limited, multiValueQueryStringParameters: { limit: ['5'] } }, { limit: '5' }],
    [
      { ...limited, multiValueQueryStringParameters: { offset: ['1'] } },
      { limit: '5', offset: '1' },
    ],
    [{ ...limited, requestContext: {}, headers: 7, httpMethod: [], path: {} }, { limit: '5' }],
  ])('a GET of %j', async (event, params) => {
    expect(await outcome(resultList as Action, event)).toMatchObject({
      status: 200,
      sent: [params],
    });
  });

  test.each<Loose>([
    { body: '{"procId":"7"}' },
    { body: ' {"procId":"7"}\r\n', isBase64Encoded: false },
    { body: '{"procId":"7"}', isBase64Encoded: null },
    { body: '{"\\u0070roc\\u0049d":"\\u0037"}' },
    { body: base64('{"procId":"7"}'), isBase64Encoded: true },
    { body: '{"procId":"7"}', queryStringParameters: null, multiValueQueryStringParameters: {} },
    {
      body: '{"procId":"7"}',
      requestContext: { path: 7 },
      headers: { 'content-type': 'text/plain' },
    },
  ])('a POST of %j', async (event) => {
    expect(await outcome(resultDelete as Action, event)).toMatchObject({
      status: 200,
      sent: [{ 'proc-id': '7' }],
    });
  });

  test.each<Loose>([{}, { body: null }, { body: '{}' }, { body: ' { } ' }])(
    'a POST without input of %j',
    async (event) => {
      expect(await outcome(logout as Action, event)).toMatchObject({ status: 204, body: '' });
    },
  );
});

describe('a request is known by a text, whatever the event holds:', () => {
  test.each<[unknown, string]>([
    [{ requestId: REQUEST_ID }, REQUEST_ID],
    [{ requestId: 7 }, LAMBDA_ID],
    [{ requestId: {} }, LAMBDA_ID],
    [{ requestId: ['x'] }, LAMBDA_ID],
    [{ requestId: '' }, LAMBDA_ID],
    [{ requestId: null }, LAMBDA_ID],
    [{}, LAMBDA_ID],
  ])('%j', async (requestContext, requestId) => {
    const { status, body } = await outcome(logout as Action, { requestContext, body: '[]' });
    expect([status, JSON.parse(body)]).toMatchObject([400, { requestId, field: 'body' }]);
  });
});

describe('what is no event of API Gateway does nothing and says so:', () => {
  test.each<unknown>([
    { source: 'serverless-plugin-warmup' },
    { warmer: true, concurrency: 3 },
    { version: '0', 'detail-type': 'Scheduled Event', source: 'aws.events', detail: {} },
    { Records: [{ eventSource: 'aws:sqs', body: '{}' }] },
    { key1: 'value1' },
    { body: '{}' },
    {},
    [],
    'ping',
    7,
    null,
    ...[null, [], 'requestId', 7].map((requestContext) => ({ requestContext })),
  ])('%j', async (event) => {
    const registrar = await stubRegistrar(loginAnswer(), {});
    const session = openSession(registrar.endpoint);
    await session.login(farAway());
    for (const action of [logout, login, resultList, queryProfile] as Action[]) {
      const handler = serve(action, {
        session: () => session,
        orders: plainOrders(),
        zones: plainZones(session),
        newDeadline: farAway,
      });
      const result = await handler(event as ApiEvent, { awsRequestId: LAMBDA_ID } as Context);
      expect([result.statusCode, JSON.parse(result.body)]).toMatchObject([
        400,
        {
          type: 'urn:dmapi:problem:invalid-input',
          detail: 'This is no event of an API Gateway proxy integration: nothing was done.',
          requestId: LAMBDA_ID,
          field: 'requestContext',
        },
      ]);
    }
    expect(registrar.requests).toHaveLength(1);
    expect(log.entries()).toMatchObject(
      Array(4).fill({ message: 'refused', requestId: LAMBDA_ID, field: 'requestContext' }),
    );
  });
});

describe('a pattern may hold what separates parameters, and stays one parameter:', () => {
  const PATTERNS = [
    ['requestType', 'rtype'],
    ['requestObject', 'objid'],
    ['procId', 'procid'],
    ['svTrId', 'svtrid'],
    ['clTrId', 'cltrid'],
  ] as const;
  const TEXTS = [
    'a&auth-sid=b',
    '&',
    'a=b',
    'a;b#c?d',
    'a%26auth-sid%3Db',
    'a+b c',
    '%00',
    '%0d%0aError: x',
    'exämple.😀',
    '\ufeff*\u202e',
    '__proto__',
    ' ',
  ];

  test.each(PATTERNS)('%s', async (name, wireName) => {
    for (const text of TEXTS) {
      const event = { queryStringParameters: { [name]: text } };
      expect(await outcome(resultList as Action, event)).toMatchObject({
        status: 200,
        sent: [{ [wireName]: text }],
      });
    }
  });
});
