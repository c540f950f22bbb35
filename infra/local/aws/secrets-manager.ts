import { startJsonService } from './json-service.ts';
import type { AwsFaultReplies, AwsReply, AwsService } from './service.ts';

/** AWS Secrets Manager, as far as `GetSecretValue`. */
export interface SecretsManager extends AwsService {
  /** Puts a secret's value, under its ARN or name. */
  put(secretId: string, value: string): void;
}

const FAULTS: AwsFaultReplies = {
  throttled: { status: 400, error: 'ThrottlingException', body: { message: 'Rate exceeded' } },
  refused: { status: 400, error: 'AccessDeniedException', body: { message: 'Not authorized' } },
  broken: { status: 500, error: 'InternalServiceError', body: { message: 'Internal error' } },
};

/** Starts AWS Secrets Manager's stand-in, empty. */
export async function startSecretsManager(): Promise<SecretsManager> {
  const values = new Map<string, string>();
  const service = await startJsonService({
    prefix: 'secretsmanager',
    faults: FAULTS,
    operations: {
      GetSecretValue({ SecretId }) {
        const id = String(SecretId);
        const value = values.get(id);
        if (value === undefined) return notFound;
        const body = { ARN: id, Name: id, VersionId: 'local', SecretString: value };
        return { status: 200, body };
      },
    },
  });
  return {
    ...service,
    put: (secretId, value) => void values.set(secretId, value),
  };
}

const notFound: AwsReply = {
  status: 400,
  error: 'ResourceNotFoundException',
  body: { message: "Secrets Manager can't find the specified secret." },
};
