import * as z from 'zod/mini';
import { openSecret } from '../aws/secrets-manager.ts';
import type { Deadline } from '../dmapi/deadline.ts';
import { CredentialsRejectedError } from '../failure.ts';

const schema = z.union([
  z.strictObject({ apiKey: z.string().check(z.minLength(1)) }),
  z.strictObject({
    username: z.string().check(z.minLength(1)),
    password: z.string().check(z.minLength(1)),
  }),
]);

/** What DMAPI's login accepts: an API key, or a user name and a password. */
export type Credentials = z.output<typeof schema>;

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
    known = { credentials: parse(text), version };
    return known;
  }

  return {
    read: async (deadline) => known ?? readAgain(deadline),
    readAgain,
  };
}

function parse(text: string): Credentials {
  const parsed = schema.safeParse(readJson(text));
  if (parsed.success) return parsed.data;
  throw new CredentialsRejectedError(
    'The secret does not hold DMAPI credentials: its value must be JSON, {"apiKey": "…"} or {"username": "…", "password": "…"}.',
  );
}

/** `undefined` for what is no JSON: the parser's own error would quote the secret. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
