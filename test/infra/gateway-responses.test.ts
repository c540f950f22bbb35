import { describe, expect, test } from '@jest/globals';
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ResponseType, RestApi } from 'aws-cdk-lib/aws-apigateway';
import { addGatewayResponses } from '../../infra/gateway-responses.ts';
import { emptyApp, resources } from './synthesised.ts';

const HEADER = 'gatewayresponse.header.';

function gatewayResponses({ hasDoor }: { readonly hasDoor: boolean }) {
  const stack = new Stack(emptyApp(), 'Stack');
  const api = new RestApi(stack, 'Api');
  api.root.addMethod('GET');
  addGatewayResponses(api, { hasDoor });
  return Object.values(resources(Template.fromStack(stack), 'AWS::ApiGateway::GatewayResponse'));
}

const responses = gatewayResponses({ hasDoor: true });
const byType = (type: string) => responses.find(({ ResponseType }) => ResponseType === type) ?? {};
const body = (type: string) => JSON.parse(byType(type).ResponseTemplates['application/json']);

describe.each(responses)(
  '$ResponseType',
  ({ ResponseType: type, ResponseParameters, StatusCode }) => {
    test('is a problem document of its status', () => {
      expect(body(type)).toEqual({
        type: expect.stringMatching(
          /^(about:blank|urn:dmapi:problem:(internal|timeout|unavailable))$/,
        ),
        title: expect.stringMatching(/./),
        status: Number(StatusCode),
        detail: expect.stringMatching(/\.$/),
        requestId: '$context.requestId',
      });
    });

    test('has a fixed detail, which repeats nothing of the request', () => {
      expect(body(type).detail).not.toContain('$');
    });

    test('says what it is, and is not to be stored', () => {
      expect(ResponseParameters).toMatchObject({
        [`${HEADER}Content-Type`]: "'application/problem+json'",
        [`${HEADER}Cache-Control`]: "'no-store'",
      });
    });

    test('is of a type that API Gateway knows', () => {
      expect(Object.keys(ResponseType)).toContain(type);
    });
  },
);

test('the defaults are there, for whatever has no response of its own', () => {
  expect(byType('DEFAULT_4XX').StatusCode).toBe('400');
  expect(byType('DEFAULT_5XX').StatusCode).toBe('500');
});

test('the type tells the status, as everywhere in the contract', () => {
  const urns = responses
    .map(({ ResponseType: type }) => body(type))
    .filter(({ type }) => type !== 'about:blank');
  const statuses = new Set(urns.map(({ type, status }) => `${status} ${type.split(':').at(-1)}`));
  expect(statuses).toEqual(new Set(['500 internal', '503 unavailable', '504 timeout']));
});

test('who comes at a bad moment is told when to try again', () => {
  expect(byType('THROTTLED').ResponseParameters[`${HEADER}Retry-After`]).toBe("'1'");
  expect(byType('INTEGRATION_FAILURE').ResponseParameters[`${HEADER}Retry-After`]).toBe("'5'");
});

test('a function that gave no reply was throttled, crashed or ran out of time: it is no defect', () => {
  expect(byType('INTEGRATION_FAILURE').StatusCode).toBe('503');
  expect(body('INTEGRATION_FAILURE')).toMatchObject({
    type: 'urn:dmapi:problem:unavailable',
    detail: expect.stringMatching(/too busy .* broke off\. A change .* may have been made/),
  });
});

test('an unknown route and an unsigned request cannot be told apart, and the reply says so', () => {
  expect(body('MISSING_AUTHENTICATION_TOKEN')).toMatchObject({
    status: 403,
    detail: expect.stringMatching(/no such route .* not signed \(AWS Signature Version 4\)/),
  });
});

describe('a login of its own', () => {
  const LOGIN = ['UNAUTHORIZED', 'AUTHORIZER_FAILURE', 'AUTHORIZER_CONFIGURATION_ERROR'];

  test('is asked for as HTTP has it', () => {
    expect(byType('UNAUTHORIZED')).toMatchObject({
      StatusCode: '401',
      ResponseParameters: {
        [`${HEADER}WWW-Authenticate`]: `'Basic realm="acme", charset="UTF-8"'`,
      },
    });
  });

  test.each(LOGIN.slice(1))('that cannot be checked (%s) is to be tried again', (type) => {
    expect(body(type)).toMatchObject({ type: 'urn:dmapi:problem:unavailable', status: 503 });
    expect(byType(type).ResponseParameters[`${HEADER}Retry-After`]).toBe("'5'");
  });

  test('is spoken of only where there is one', () => {
    const types = gatewayResponses({ hasDoor: false }).map(({ ResponseType: type }) => type);
    expect(types.length).toBe(responses.length - LOGIN.length);
    expect(types.filter((type) => LOGIN.includes(type))).toEqual([]);
  });
});
