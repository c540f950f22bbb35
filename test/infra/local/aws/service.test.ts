import http from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  type SecretsManager,
  startSecretsManager,
} from '../../../../infra/local/aws/secrets-manager.ts';

let service: SecretsManager;

beforeAll(async () => {
  service = await startSecretsManager();
  service.put('secret', 'canary-secret');
});
afterAll(() => service.close());

async function readSecret(headers: http.OutgoingHttpHeaders, body = '{"SecretId":"secret"}') {
  const target = { 'x-amz-target': 'secretsmanager.GetSecretValue' };
  const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
    http
      .request(service.url, { method: 'POST', headers: { ...target, ...headers } }, resolve)
      .on('error', reject)
      .end(body);
  });
  return { status: response.statusCode, body: await text(response) };
}

test('programs of this machine are served', async () => {
  expect(await readSecret({})).toEqual({
    status: 200,
    body: expect.stringContaining('canary-secret'),
  });
});

test.each<[http.OutgoingHttpHeaders, string, number]>([
  [{ 'x-amz-target': 'secretsmanager.toString' }, '{}', 400],
  [{ 'x-amz-target': 'secretsmanager.__proto__' }, '{}', 400],
  [{ 'x-amz-target': 'elsewhere' }, '{}', 400],
  [{}, 'null', 400],
  [{}, '[]', 400],
  [{}, '{', 400],
  [{}, '{"SecretId":{"toString":1}}', 500],
])('%j with %s is answered, and the service lives on', async (headers, body, status) => {
  expect((await readSecret(headers, body)).status).toBe(status);
  expect((await readSecret({})).status).toBe(200);
});

test.each([
  { host: 'rebound.example:80' },
  { origin: 'https://elsewhere.example' },
  { 'sec-fetch-site': 'cross-site' },
])('web pages of elsewhere are not: %j', async (headers) => {
  expect(await readSecret(headers)).toEqual({ status: 403, body: '' });
});
