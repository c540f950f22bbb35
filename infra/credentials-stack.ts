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

/** The secrets that the bundle owns. They outlive it: what an operator put there is in no template. */
export class CredentialsStack extends Stack {
  /** Adds a secret. @returns its ARN */
  addSecret(id: string, keys: string): string {
    const secret = new Secret(this, id, {
      description: `The ${keys} for Joker.com's DMAPI: {"apiKey"} or {"username", "password"}`,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    acknowledge(secret, {
      'AwsSolutions-SMG4':
        'The registrar offers no way to make a new key by program: an operator puts it, and the functions read the secret again when a login is refused.',
    });
    new CfnOutput(this, `${id}Arn`, {
      value: secret.secretArn,
      description: `Put the ${keys} here`,
    });
    return secret.secretArn;
  }
}

/** Finds the secrets, and makes those that are to be made. With secrets of your own, there is no stack. */
export function provideSecrets(
  app: App,
  settings: Settings,
  props: StackProps,
): { readonly secretArns: SecretArns; readonly stack?: CredentialsStack } {
  let stack: CredentialsStack | undefined;
  const create = (id: string, keys: string) => {
    stack ??= new CredentialsStack(app, 'Credentials', props);
    return stack.addSecret(id, keys);
  };
  const { secretArn, readOnlySecretArn } = settings;
  const secret = secretArn === CREATE ? create('Secret', 'credentials') : secretArn;
  const readOnlySecret =
    readOnlySecretArn === CREATE
      ? create('ReadOnlySecret', 'read-only credentials')
      : readOnlySecretArn;
  const secretArns = {
    secret,
    readOnlySecret: readOnlySecret === NONE ? secret : readOnlySecret,
  };
  return stack ? { secretArns, stack } : { secretArns };
}
