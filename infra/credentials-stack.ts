import { type App, CfnOutput, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { acknowledge } from './acknowledge.ts';
import { CREATE, NONE, type Settings } from './settings.ts';

/** The secrets that functions read, by ARN. */
export interface SecretArns {
  readonly secret: string;
  /** The same as `secret` where there is no read-only key. */
  readonly readOnlySecret: string;
}

interface CredentialsStackProps extends StackProps {
  /** For people: what to put into the secret. */
  readonly keys: string;
  /** The logical name of the secret. */
  readonly secretId: string;
}

/**
 * One secret that the bundle owns. It outlives the stack: what an operator put there is in no
 * template. With a secret of your own in its place, the stack is not among those that are deployed:
 * one that is there already is left as it is.
 */
export class CredentialsStack extends Stack {
  readonly secretArn: string;

  constructor(scope: App, id: string, { keys, secretId, ...props }: CredentialsStackProps) {
    super(scope, id, props);
    const secret = new Secret(this, secretId, {
      description: `The ${keys} for Joker.com's DMAPI: {"apiKey"} or {"username", "password"}`,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    acknowledge(secret, {
      'AwsSolutions-SMG4':
        'The registrar offers no way to make a new key by program: an operator puts it, and the functions read the secret again when a login is refused.',
    });
    new CfnOutput(this, `${secretId}Arn`, {
      value: secret.secretArn,
      description: `Put the ${keys} here`,
    });
    this.secretArn = secret.secretArn;
    // With a read-only key beside it and actions that read alone, nobody is told of it. See
    // infra/orders-stack.ts.
    this.exportValue(this.secretArn);
  }
}

/** What a stack is called, by the part of the bundle that it is and a sentence on it. */
export type Labels = (part: string, description: string) => StackProps;

export interface ProvidedSecrets {
  readonly secretArns: SecretArns;
  readonly credentials: CredentialsStack | undefined;
  readonly readOnlyCredentials: CredentialsStack | undefined;
}

/**
 * Finds the secrets, and makes those that are to be made, each in a stack of its own: if one stack
 * held both, it could not give up the one while functions that are deployed later still import it.
 */
export function provideSecrets(app: App, settings: Settings, labels: Labels): ProvidedSecrets {
  const { secretArn, readOnlySecretArn } = settings;
  const credentials =
    secretArn === CREATE
      ? new CredentialsStack(app, 'Credentials', {
          ...labels('credentials', "The credentials for Joker.com's DMAPI"),
          keys: 'credentials',
          secretId: 'Secret',
        })
      : undefined;
  const readOnlyCredentials =
    readOnlySecretArn === CREATE
      ? new CredentialsStack(app, 'ReadOnlyCredentials', {
          ...labels('read-only-credentials', "Read-only credentials for Joker.com's DMAPI"),
          keys: 'read-only credentials',
          secretId: 'ReadOnlySecret',
        })
      : undefined;
  const secret = credentials?.secretArn ?? secretArn;
  const readOnlySecret = readOnlyCredentials?.secretArn ?? readOnlySecretArn;
  return {
    secretArns: { secret, readOnlySecret: readOnlySecret === NONE ? secret : readOnlySecret },
    credentials,
    readOnlyCredentials,
  };
}
