import type { Deadline } from '../dmapi/deadline.ts';
import { AWS_REQUEST_HANDLER, callAws } from './aws-call.ts';

/** The value of a secret, and which version it is. */
export interface SecretText {
  readonly text: string;
  readonly version: string;
}

/**
 * A secret in AWS Secrets Manager, found by the environment. The SDK is loaded here.
 *
 * @returns how to read it as it is now; throws what callAws throws.
 */
export async function openSecret(
  secretId: string,
): Promise<(deadline: Deadline) => Promise<SecretText>> {
  const { connectSecretsManager } = await import('./secrets-manager-client.ts');
  const { getSecretValue } = connectSecretsManager({ requestHandler: AWS_REQUEST_HANDLER });
  return async (deadline) => {
    const { SecretString, VersionId } = await callAws('AWS Secrets Manager', deadline, (options) =>
      getSecretValue(secretId, options),
    );
    return { text: SecretString ?? '', version: VersionId ?? '' };
  };
}
