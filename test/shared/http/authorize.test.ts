import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  type SecretsManager,
  startSecretsManager,
} from '../../../infra/local/aws/secrets-manager.ts';
import {
  type Authorizer,
  type AuthorizerEvent,
  authorize,
} from '../../../shared/http/authorize.ts';
import { captureLog } from '../../captured-log.ts';

const SECRET = 'arn:aws:secretsmanager:eu-central-1:000000000000:secret:acme';
const METHOD = 'arn:aws:execute-api:eu-central-1:000000000000:abc123/v1/POST/acme/present';
const log = captureLog();

let secretsManager: SecretsManager;
let handler: Authorizer;

beforeAll(async () => {
  secretsManager = await startSecretsManager();
  Object.assign(process.env, {
    ACME_SECRET_ID: SECRET,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secretsManager.url,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  });
});

beforeEach(() => {
  secretsManager.fail(undefined);
  secretsManager.put(SECRET, JSON.stringify({ username: 'acme', password: 'canary:1' }));
  handler = authorize();
});

afterAll(() => secretsManager.close());

const basic = (login: string) => `Basic ${Buffer.from(login).toString('base64')}`;

/** As API Gateway sends it; none of it is trusted to be there. */
function event(...headers: readonly (readonly [string, string])[]): AuthorizerEvent {
  const names = [...new Set(headers.map(([name]) => name))];
  const all = (name: string) => headers.filter(([it]) => it === name).map(([, value]) => value);
  return {
    methodArn: METHOD,
    headers: Object.fromEntries(headers),
    multiValueHeaders: Object.fromEntries(names.map((name) => [name, all(name)])),
    requestContext: { requestId: 'request-1' } as never,
  };
}

const failure = async (given: AuthorizerEvent) =>
  await handler(given).then(
    () => 'let in',
    (error: Error) => error.message,
  );

describe('who logs in with what the secret holds', () => {
  test.each(['Authorization', 'authorization', 'AUTHORIZATION'])(
    'is let in to the one method that is called, by a header %s',
    async (name) => {
      expect(await handler(event([name, basic('acme:canary:1')]))).toEqual({
        principalId: 'acme',
        policyDocument: {
          Version: '2012-10-17',
          Statement: [{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource: METHOD }],
        },
      });
    },
  );

  test('is let in by a new password at once', async () => {
    const first = event(['Authorization', basic('acme:canary:1')]);
    await handler(first);
    secretsManager.put(SECRET, JSON.stringify({ username: 'acme', password: 'canary:2' }));
    const fresh = authorize();
    expect(await fresh(event(['Authorization', basic('acme:canary:2')]))).toHaveProperty(
      'principalId',
    );
    await expect(fresh(first)).rejects.toThrow(/^Unauthorized$/);
  });
});

describe('anybody else is refused by the word that API Gateway knows', () => {
  test.each<[string, (readonly [string, string])[]]>([
    ['no header', []],
    ['an empty header', [['Authorization', '']]],
    ['another header', [['X-Authorization', basic('acme:canary:1')]]],
    ['another name', [['Authorization', basic('canary:canary:1')]]],
    ['another password', [['Authorization', basic('acme:canary:2')]]],
    ['a part of the password', [['Authorization', basic('acme:canary')]]],
    ['another scheme', [['Authorization', 'Bearer canary']]],
    ['what is not base64', [['Authorization', 'Basic acme:canary:1']]],
    ['what is not UTF-8', [['Authorization', 'Basic YWNtZTr/Y2FuYXJ5']]],
    [
      'two headers',
      [
        ['Authorization', basic('acme:canary:1')],
        ['Authorization', basic('acme:canary:1')],
      ],
    ],
    [
      'two headers in two cases',
      [
        ['Authorization', basic('acme:canary:1')],
        ['authorization', basic('acme:canary:1')],
      ],
    ],
  ])('for %s', async (_what, headers) => {
    expect(await failure(event(...headers))).toBe('Unauthorized');
    expect(log.entries()).toMatchObject([{ message: 'refused', requestId: 'request-1' }]);
    expect(log.text()).not.toMatch(/canary|Y2FuYXJ5|YWNtZ/);
  });

  test('without a look at the secret where there is nothing to compare', async () => {
    const reads = () => secretsManager.calls.get('GetSecretValue') ?? 0;
    const before = reads();
    for (const header of ['', 'Bearer x', 'Basic x']) {
      expect(await failure(event(['Authorization', header]))).toBe('Unauthorized');
    }
    expect(reads()).toBe(before);
  });
});

describe('where it cannot be told, it is no refusal', () => {
  const login = event(['Authorization', basic('acme:canary:1')]);

  test.each(['throttled', 'refused', 'broken'] as const)('Secrets Manager is %s', async (fault) => {
    secretsManager.fail(fault);
    expect(await failure(login)).toBe('The login cannot be checked.');
    expect(log.entries()).toMatchObject([{ message: 'failed', level: 'ERROR' }]);
    secretsManager.fail(undefined);
    expect(await failure(login)).toBe('let in');
  });

  test('Secrets Manager does not answer in time', async () => {
    secretsManager.fail('hanging');
    handler = authorize({ budgetMs: 200 });
    expect(await failure(login)).toBe('The login cannot be checked.');
  });

  test('the secret holds no login: the log says why, and not what it holds', async () => {
    secretsManager.put(SECRET, '{"username":"acme","passwort":"canary"}');
    expect(await failure(login)).toBe('The login cannot be checked.');
    expect(log.text()).toContain('\\"password\\" is missing');
    expect(log.text()).not.toContain('canary');
  });

  test.each([{}, { headers: null, multiValueHeaders: null }, { methodArn: 7 }])(
    'the event is %j',
    async (odd) => {
      expect(await failure(odd as never)).toBe('This is no event of a REQUEST authorizer.');
    },
  );
});
