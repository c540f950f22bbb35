import { openSecret } from '../aws/secrets-manager.ts';
import type { Deadline } from '../dmapi/deadline.ts';
import { type Credentials, parseCredentials } from './parse-credentials.ts';

/** Credentials, and which version of what an operator has put they are. */
export interface StoredCredentials {
  readonly credentials: Credentials;
  readonly version: string;
}

export interface CredentialStore {
  /** The credentials, from memory if they were read before. */
  read(deadline: Deadline): Promise<StoredCredentials>;
  /** The credentials as they are stored now: the operator may have put new ones. */
  readAgain(deadline: Deadline): Promise<StoredCredentials>;
}

/**
 * Credentials kept as JSON, `{"apiKey"}` or `{"username","password"}`, in an AWS Secrets Manager
 * secret. The SDK is loaded at the first read: a call that needs no login does not pay for it.
 *
 * Reading throws CredentialsRejectedError when the secret does not hold credentials,
 * AwsUnavailableError when Secrets Manager cannot serve now, and the SDK's own error when the
 * function is not allowed to read the secret or there is none: a defect of the deployment.
 */
export function secretsManagerCredentials(secretId: string): CredentialStore {
  let readSecret: Awaited<ReturnType<typeof openSecret>> | undefined;
  let known: StoredCredentials | undefined;

  async function readAgain(deadline: Deadline): Promise<StoredCredentials> {
    readSecret ??= await openSecret(secretId);
    const { text, version } = await readSecret(deadline);
    known = { credentials: parseCredentials(text), version };
    return known;
  }

  return {
    read: async (deadline) => known ?? readAgain(deadline),
    readAgain,
  };
}
