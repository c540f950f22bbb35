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

async function readSecret(headers: http.OutgoingHttpHeaders) {
  const target = { 'x-amz-target': 'secretsmanager.GetSecretValue' };
  const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
    http
      .request(service.url, { method: 'POST', headers: { ...target, ...headers } }, resolve)
      .on('error', reject)
      .end('{"SecretId":"secret"}');
  });
  return { status: response.statusCode, body: await text(response) };
}

test('programs of this machine are served', async () => {
  expect(await readSecret({})).toEqual({
    status: 200,
    body: expect.stringContaining('canary-secret'),
  });
});

test.each([{ host: 'rebound.example:80' }, { origin: 'https://elsewhere.example' }])(
  'web pages of elsewhere are not: %j',
  async (headers) => {
    expect(await readSecret(headers)).toEqual({ status: 403, body: '' });
  },
);
