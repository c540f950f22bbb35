import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  type SecretsManager,
  startSecretsManager,
} from '../../../infra/local/aws/secrets-manager.ts';
import type { AwsFault } from '../../../infra/local/aws/service.ts';
import { deadlineIn } from '../../../shared/dmapi/deadline.ts';
import { secretsManagerCredentials } from '../../../shared/session/credentials.ts';
import { farAway } from '../../time.ts';

const SECRET = 'arn:aws:secretsmanager:eu-central-1:000000000000:secret:test';
const reads = () => secretsManager.calls.get('GetSecretValue') ?? 0;

let secretsManager: SecretsManager;

beforeAll(async () => {
  secretsManager = await startSecretsManager();
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secretsManager.url,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  });
});

beforeEach(() => {
  secretsManager.fail(undefined);
});

afterAll(() => secretsManager.close());

describe('credentials in AWS Secrets Manager', () => {
  test.each([{ apiKey: 'key' }, { username: 'user', password: 'word' }])(
    'are read: %j',
    async (it) => {
      secretsManager.put(SECRET, JSON.stringify(it));
      expect(await secretsManagerCredentials(SECRET).read(farAway())).toEqual({
        credentials: it,
        version: 'local',
      });
    },
  );

  test('are read past a byte order mark, without the white space around a key', async () => {
    secretsManager.put(SECRET, '\ufeff{"apiKey":"key\\n"}');
    expect(await secretsManagerCredentials(SECRET).read(farAway())).toMatchObject({
      credentials: { apiKey: 'key' },
    });
  });

  test('are read once, and anew only on demand', async () => {
    secretsManager.put(SECRET, '{"apiKey":"first"}');
    const credentials = secretsManagerCredentials(SECRET);
    const callsBefore = reads();
    await credentials.read(farAway());
    secretsManager.put(SECRET, '{"apiKey":"second"}');
    expect(await credentials.read(farAway())).toMatchObject({ credentials: { apiKey: 'first' } });
    expect(reads()).toBe(callsBefore + 1);
    expect(await credentials.readAgain(farAway())).toMatchObject({
      credentials: { apiKey: 'second' },
    });
    expect(await credentials.read(farAway())).toMatchObject({ credentials: { apiKey: 'second' } });
  });

  test.each([
    'canary-not-json',
    '"canary-text"',
    '{"username":"canary-user"}',
    '{"apiKey":"canary-key","password":"canary-password"}',
    '',
  ])('are told to be missing when the secret is %p, without quoting it', async (value) => {
    secretsManager.put(SECRET, value);
    const error = await secretsManagerCredentials(SECRET)
      .read(farAway())
      .catch((e) => e);
    expect(error.name).toBe('CredentialsRejectedError');
    expect(error.message).toContain('{"apiKey": "…"}');
    expect(`${error.message}${error.stack}${String(error.cause)}`).not.toContain('canary');
  });

  test.each<[AwsFault, string]>([
    ['throttled', 'AwsUnavailableError'],
    ['broken', 'AwsUnavailableError'],
    ['refused', 'AccessDeniedException'],
  ])('fail to be read while Secrets Manager is %s, as %s', async (fault, name) => {
    secretsManager.put(SECRET, '{"apiKey":"key"}');
    secretsManager.fail(fault);
    const credentials = secretsManagerCredentials(SECRET);
    await expect(credentials.read(farAway())).rejects.toMatchObject({ name });
    secretsManager.fail(undefined);
    expect(await credentials.read(farAway())).toMatchObject({ credentials: { apiKey: 'key' } });
  });

  test('are waited for no longer than the deadline', async () => {
    secretsManager.fail('hanging');
    const reading = secretsManagerCredentials(SECRET).read(deadlineIn(200));
    await expect(reading).rejects.toMatchObject({ kind: 'timeout', sent: false });
  });

  test('that nobody can reach are unavailable', async () => {
    const url = process.env.AWS_ENDPOINT_URL_SECRETS_MANAGER;
    process.env.AWS_ENDPOINT_URL_SECRETS_MANAGER = 'http://127.0.0.1:1';
    const reading = secretsManagerCredentials(SECRET).read(farAway());
    await expect(reading).rejects.toMatchObject({ name: 'AwsUnavailableError' });
    process.env.AWS_ENDPOINT_URL_SECRETS_MANAGER = url;
  });

  test('of a secret that does not exist are a defect of the deployment', async () => {
    const reading = secretsManagerCredentials('no-such-secret').read(farAway());
    await expect(reading).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});
