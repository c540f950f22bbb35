import type { LoopbackServer } from '../loopback.ts';
import { type AwsReply, startJsonService } from './json-service.ts';

/** How the stand-in may misbehave until told otherwise. */
export type SecretsManagerFault = 'throttled' | 'refused' | 'broken' | 'hanging';

/** AWS Secrets Manager, as far as `GetSecretValue`. */
export interface SecretsManager extends LoopbackServer {
  /** Puts a secret's value, under its ARN or name. */
  put(secretId: string, value: string): void;
  /** Makes every call fail in that way; `undefined` ends it. */
  fail(fault: SecretsManagerFault | undefined): void;
  /** How many calls came in. */
  readonly calls: number;
}

const FAULTS: Readonly<Record<Exclude<SecretsManagerFault, 'hanging'>, AwsReply>> = {
  throttled: { status: 400, error: 'ThrottlingException', body: { message: 'Rate exceeded' } },
  refused: { status: 400, error: 'AccessDeniedException', body: { message: 'Not authorized' } },
  broken: { status: 500, error: 'InternalServiceError', body: { message: 'Internal error' } },
};

/** Starts AWS Secrets Manager's stand-in, empty. */
export async function startSecretsManager(): Promise<SecretsManager> {
  const values = new Map<string, string>();
  let fault: SecretsManagerFault | undefined;
  let calls = 0;

  const service = await startJsonService('secretsmanager', {
    GetSecretValue({ SecretId }) {
      calls++;
      if (fault) return fault === 'hanging' ? 'hang' : FAULTS[fault];
      const id = String(SecretId);
      const value = values.get(id);
      if (value === undefined) return notFound;
      return { status: 200, body: { ARN: id, Name: id, VersionId: 'local', SecretString: value } };
    },
  });

  return {
    ...service,
    put: (secretId, value) => void values.set(secretId, value),
    fail: (next) => {
      fault = next;
    },
    get calls() {
      return calls;
    },
  };
}

const notFound: AwsReply = {
  status: 400,
  error: 'ResourceNotFoundException',
  body: { message: "Secrets Manager can't find the specified secret." },
};
