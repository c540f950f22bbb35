import { afterEach, describe, expect, test } from '@jest/globals';
import type { DeployedApi } from '../../../infra/local/deployed-api.ts';
import { createGateway } from '../../../infra/local/gateway.ts';
import { type GatewayServer, openGatewayServer } from '../../../infra/local/gateway-server.ts';

const AUTHORIZER = 'arn:aws:lambda:eu-central-1:000000000000:function:authorizer';
const FUNCTION = 'arn:aws:lambda:eu-central-1:000000000000:function:echo';
const METHOD = 'arn:aws:execute-api:eu-central-1:000000000000:local/v1/POST/door/echo';

const authorizer = { functionArn: AUTHORIZER, identityHeaders: ['authorization'] };
const api: DeployedApi = {
  stage: 'v1',
  routes: [
    { method: 'POST', path: '/door/echo', functionArn: FUNCTION, authorizer },
    { method: 'POST', path: '/echo', functionArn: FUNCTION },
  ],
  gatewayResponses: new Map([
    [
      'UNAUTHORIZED',
      {
        status: 401,
        headers: { 'www-authenticate': 'Basic realm="test"' },
        template: '{"type":"$context.error.responseType"}',
      },
    ],
    ['DEFAULT_4XX', { status: 400, headers: {}, template: '$context.error.responseType' }],
    ['DEFAULT_5XX', { status: 500, headers: {}, template: '$context.error.responseType' }],
  ]),
};

let server: GatewayServer | undefined;
let asked: unknown[] = [];

afterEach(async () => {
  asked = [];
  await server?.close();
  server = undefined;
});

/** Posts to the route where the authorizer answers so. */
async function post(answer: () => unknown, path = '/v1/door/echo?a=1', authorization = 'Basic x') {
  server = await openGatewayServer(0);
  server.serve(
    createGateway(api, async (functionArn, event) => {
      if (functionArn === FUNCTION) return { statusCode: 200, body: JSON.stringify(event) };
      asked.push(event);
      return answer();
    }),
  );
  const headers = { ...(authorization && { authorization }), 'x-other': 'y' };
  const response = await fetch(server.url + path, { method: 'POST', headers, body: '{}' });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

const policy = (...statements: readonly [effect: string, resource: string | string[]][]) => ({
  principalId: 'acme',
  policyDocument: {
    Version: '2012-10-17',
    Statement: statements.map(([Effect, Resource]) => ({
      Action: 'execute-api:Invoke',
      Effect,
      Resource,
    })),
  },
});

const throwing = (error: Error) => () => Promise.reject(error);

describe('an authorizer', () => {
  test('is asked as API Gateway asks, without the body', async () => {
    await post(() => policy(['Allow', METHOD]));
    expect(asked).toEqual([
      expect.objectContaining({
        type: 'REQUEST',
        methodArn: METHOD,
        resource: '/door/echo',
        path: '/door/echo',
        httpMethod: 'POST',
        headers: expect.objectContaining({ authorization: 'Basic x', 'x-other': 'y' }),
        multiValueHeaders: expect.objectContaining({ authorization: ['Basic x'] }),
        queryStringParameters: { a: '1' },
        multiValueQueryStringParameters: { a: ['1'] },
        requestContext: expect.objectContaining({ stage: 'v1', path: '/v1/door/echo' }),
      }),
    ]);
    expect(asked[0]).not.toHaveProperty('body');
  });

  test.each([
    ['the method', METHOD],
    ['one of several', ['arn:aws:execute-api:elsewhere', METHOD]],
    ['all methods', METHOD.replace('POST/door/echo', '*')],
    ['everything', '*'],
  ])(
    'lets a caller in by a policy for %s, and tells the function whom',
    async (_what, resource) => {
      const { status, text } = await post(() => policy(['Allow', resource]));
      expect(status).toBe(200);
      expect(JSON.parse(text).requestContext.authorizer).toEqual({ principalId: 'acme' });
    },
  );

  test.each([
    ['denies it', policy(['Deny', METHOD])],
    ['denies what it allows', policy(['Allow', '*'], ['Deny', METHOD])],
    ['is about another method', policy(['Allow', METHOD.replace('door', 'floor')])],
    ['begins like the method', policy(['Allow', METHOD.slice(0, -1)])],
    ['says nothing', policy()],
  ])('keeps a caller out by a policy that %s', async (_what, answer) => {
    expect(await post(() => answer)).toMatchObject({ status: 400, text: 'ACCESS_DENIED' });
  });

  test('asks a caller to log in by a word of its own', async () => {
    const { status, headers, text } = await post(throwing(new Error('Error: Unauthorized')));
    expect({ status, text }).toEqual({ status: 401, text: '{"type":"UNAUTHORIZED"}' });
    expect(headers.get('www-authenticate')).toBe('Basic realm="test"');
  });

  test('is not asked where there is nothing to look at', async () => {
    expect(await post(() => policy(['Allow', '*']), undefined, '')).toMatchObject({ status: 401 });
    expect(asked).toEqual([]);
  });

  test.each([
    ['fails', throwing(new Error('Error: Unauthorized to read the secret'))],
    ['answers nothing', () => undefined],
    ['answers no policy', () => ({ principalId: 'acme' })],
    ['names nobody', () => ({ policyDocument: policy(['Allow', METHOD]).policyDocument })],
  ])('that %s is a failure of ours', async (_what, answer) => {
    expect(await post(answer)).toMatchObject({
      status: 500,
      text: 'AUTHORIZER_CONFIGURATION_ERROR',
    });
  });

  test('is asked only for the routes that have one', async () => {
    const { status, text } = await post(() => policy(), '/v1/echo');
    expect(status).toBe(200);
    expect(JSON.parse(text).requestContext).not.toHaveProperty('authorizer');
    expect(asked).toEqual([]);
  });
});
