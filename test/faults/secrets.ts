import { startSecretsManager } from '../../infra/local/aws/secrets-manager.ts';
import type { Intercept } from '../../infra/local/aws/service.ts';

/** The secrets of all worlds: one Secrets Manager, since the code finds it by the environment. */
export interface Secrets {
  /** Puts an API key. */
  put(secretId: string, apiKey: string): void;
  /** Asks the hook about each call for that secret; `undefined` ends it. */
  intercept(secretId: string, hook: Intercept | undefined): void;
  close(): Promise<void>;
}

/** Starts it, and sets the environment variables by which the SDK finds it until it is closed. */
export async function openSecrets(): Promise<Secrets> {
  const secretsManager = await startSecretsManager();
  const hooks = new Map<string, Intercept | undefined>();
  secretsManager.intercept((operation, body) =>
    hooks.get(JSON.parse(body).SecretId)?.(operation, body),
  );
  const variables = {
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secretsManager.url,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    POWERTOOLS_METRICS_NAMESPACE: 'test',
  };
  const before = process.env;
  process.env = { ...before, ...variables };
  return {
    put: (secretId, apiKey) => secretsManager.put(secretId, JSON.stringify({ apiKey })),
    intercept: (secretId, hook) => void hooks.set(secretId, hook),
    async close() {
      process.env = before;
      await secretsManager.close();
    },
  };
}
