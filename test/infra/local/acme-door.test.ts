import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { App } from 'aws-cdk-lib';
import { bundle } from '../../../infra/bundling.ts';
import {
  type SecretsManager,
  startSecretsManager,
} from '../../../infra/local/aws/secrets-manager.ts';
import { type DeployedApi, readApi } from '../../../infra/local/deployed-api.ts';
import { createFunctions, type Functions } from '../../../infra/local/functions.ts';
import { createGateway } from '../../../infra/local/gateway.ts';
import { type GatewayServer, openGatewayServer } from '../../../infra/local/gateway-server.ts';
import { generateLogin } from '../../../infra/local/generated-login.ts';
import { localResources, readExports } from '../../../infra/local/stack-template.ts';
import { ACME_ACTIONS, addApi, SECRETS } from '../made-up-api.ts';
import { emptyApp } from '../synthesised.ts';
import { collectLogs } from './probe-function.ts';

const PROJECT = path.join(import.meta.dirname, '../../..');
const { logs, logged } = collectLogs();

let directory: string;
let secretsManager: SecretsManager;
let functions: Functions;
let server: GatewayServer;

/** The API of a template, as a local run reads it. */
function apiOf(app: App): DeployedApi {
  const templates = app.synth().stacks.map(({ template }) => template);
  const api = templates.flatMap(
    (template) => readApi(template, localResources(template, readExports(templates))) ?? [],
  )[0];
  if (!api) throw new Error('The template holds no API.');
  return api;
}

/** The function that looks at logins, as it is bundled, in a thread of its own. */
async function startAuthorizer(arn: string): Promise<Functions> {
  await bundle(
    {
      'acme-authorizer': path.join(PROJECT, 'functions/acme-authorizer.ts'),
      worker: path.join(PROJECT, 'infra/local/function-thread-worker.ts'),
    },
    directory,
  );
  const deployed = {
    arn,
    name: 'acme-authorizer',
    bundle: path.join(directory, 'acme-authorizer.mjs'),
    timeoutSeconds: 10,
    memoryMb: 256,
    environment: { ACME_SECRET_ID: SECRETS.acmeSecret },
  };
  const serviceVariables = {
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secretsManager.url,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
  return createFunctions([deployed], {
    worker: path.join(directory, 'worker.mjs'),
    serviceVariables,
    logs,
  });
}

beforeAll(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'acme-door-'));
  secretsManager = await startSecretsManager();
  const app = emptyApp();
  addApi(app, ACME_ACTIONS, { acmeZones: 'example.com' });
  const api = apiOf(app);
  const authorizerArn = api.routes[0]?.authorizer?.functionArn ?? '';
  functions = await startAuthorizer(authorizerArn);
  server = await openGatewayServer(0);
  server.serve(
    createGateway(api, async (arn, event) =>
      arn === authorizerArn
        ? await functions.invoke(arn, event)
        : { statusCode: 200, body: Object(event).body },
    ),
  );
});

afterAll(async () => {
  await server.close();
  await functions.close();
  await secretsManager.close();
  await rm(directory, { recursive: true });
});

async function post(route: string, login?: string) {
  const authorization = login && `Basic ${Buffer.from(login).toString('base64')}`;
  const response = await fetch(`${server.url}/v1/acme/${route}`, {
    method: 'POST',
    headers: authorization ? { authorization } : {},
    body: '{"fqdn":"_acme-challenge.example.com.","value":"v"}',
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

describe('the door for ACME clients, as its template has it', () => {
  const login = generateLogin({ template: '{"username":"acme"}', key: 'password' });

  test('cannot tell who may come in while there is no secret', async () => {
    const { status, headers, text } = await post('present', 'acme:x');
    expect(status).toBe(503);
    expect(headers.get('retry-after')).toBe('5');
    expect(JSON.parse(text)).toMatchObject({ type: 'urn:dmapi:problem:unavailable' });
  });

  test.each(['present', 'cleanup'])('opens to whom the secret names: %s', async (route) => {
    secretsManager.put(SECRETS.acmeSecret, JSON.stringify(login));
    const { status, text } = await post(route, `acme:${login.password}`);
    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({ value: 'v' });
  });

  test.each([
    ['nobody', undefined],
    ['another password', 'acme:canary'],
    ['another name', `canary:${login.password}`],
  ])('stays closed to %s', async (_what, given) => {
    const { status, headers, text } = await post('present', given);
    expect(status).toBe(401);
    expect(headers.get('www-authenticate')).toBe('Basic realm="acme", charset="UTF-8"');
    expect(headers.get('content-type')).toBe('application/problem+json');
    expect(JSON.parse(text)).toEqual({
      type: 'about:blank',
      title: 'Unauthorized',
      status: 401,
      detail: expect.stringContaining('HTTP Basic'),
      requestId: headers.get('x-amzn-requestid'),
    });
  });

  test('stays closed to who sends the header twice, although both are right', async () => {
    const authorization = `Basic ${Buffer.from(`acme:${login.password}`).toString('base64')}`;
    const statusOf = (headers: http.OutgoingHttpHeaders) =>
      new Promise((resolve, reject) => {
        const url = `${server.url}/v1/acme/present`;
        const request = http.request(url, { method: 'POST', headers }, (response) => {
          response.resume();
          resolve(response.statusCode);
        });
        request.once('error', reject).end('{}');
      });
    expect(await statusOf({ Authorization: [authorization, authorization] })).toBe(401);
    expect(await statusOf({ Authorization: [authorization] })).toBe(200);
  });

  test('logs nothing of what was sent', () => {
    expect(logged()).toContain('"refused"');
    expect(logged()).not.toMatch(new RegExp(`canary|Y2FuYXJ5|${login.password}`));
  });
});

test('a password is made anew at each start, of what no client trips over', () => {
  const made = () => generateLogin({ template: '{"username":"acme"}', key: 'password' });
  expect(made()).toEqual({ username: 'acme', password: expect.stringMatching(/^[a-z\d]{40}$/) });
  expect(made().password).not.toBe(made().password);
  expect(() => generateLogin({ template: '{}', key: 'token' })).toThrow('is no login');
});
