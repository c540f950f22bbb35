import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { AWS_REQUEST_HANDLER, callAws } from './aws-call.ts';
import type { Deadline } from './dmapi/deadline.ts';

/** The value of a secret, and which version it is. */
export interface SecretText {
  readonly text: string;
  readonly version: string;
}

/**
 * A secret in AWS Secrets Manager.
 *
 * @returns how to read it as it is now; throws what callAws throws.
 */
export function openSecret(secretId: string): (deadline: Deadline) => Promise<SecretText> {
  const client = new SecretsManagerClient({ requestHandler: AWS_REQUEST_HANDLER });
  return async (deadline) => {
    const command = new GetSecretValueCommand({ SecretId: secretId });
    const { SecretString, VersionId } = await callAws('AWS Secrets Manager', deadline, (options) =>
      client.send(command, options),
    );
    return { text: SecretString ?? '', version: VersionId ?? '' };
  };
}
