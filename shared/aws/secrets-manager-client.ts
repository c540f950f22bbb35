import {
  GetSecretValueCommand,
  SecretsManagerClient,
  type SecretsManagerClientConfig,
} from '@aws-sdk/client-secrets-manager';

type Options = { readonly abortSignal: AbortSignal };

/**
 * AWS Secrets Manager, as far as reading a secret needs it. To be loaded at the first use, with
 * nothing of ours: what a file shares with what is loaded before it becomes a third file in a bundle.
 */
export function connectSecretsManager(config: SecretsManagerClientConfig) {
  const client = new SecretsManagerClient(config);
  return {
    getSecretValue: (SecretId: string, options: Options) =>
      client.send(new GetSecretValueCommand({ SecretId }), options),
  };
}
