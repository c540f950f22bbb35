import { type App, CfnOutput, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { acknowledge } from './acknowledge.ts';

/** The secret that ACME clients log in with. It outlives the stack, as every secret here does. */
export class AcmeCredentialsStack extends Stack {
  readonly secretArn: string;

  constructor(scope: App, id: string, props: StackProps) {
    super(scope, id, props);
    const secret = new Secret(this, 'AcmeSecret', {
      description: 'What ACME clients log in with: {"username", "password"}',
      generateSecretString: {
        secretStringTemplate: JSON.stringify({ username: 'acme' }),
        generateStringKey: 'password',
        passwordLength: 40,
        // Clients take it from URLs, shells and files of all kinds.
        excludePunctuation: true,
      },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    acknowledge(secret, {
      'AwsSolutions-SMG4':
        'The clients hold a copy, so that only their operator can change it; a new password works at once.',
    });
    new CfnOutput(this, 'AcmeSecretArn', {
      value: secret.secretArn,
      description: 'What ACME clients log in with is here',
    });
    this.secretArn = secret.secretArn;
  }
}
