import { Duration } from 'aws-cdk-lib';
import {
  AuthorizationType,
  IdentitySource,
  type MethodOptions,
  RequestAuthorizer,
} from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { allow } from './allow.ts';
import { BundledFunction } from './bundled-function.ts';
import { GrantClass } from './grant-class.ts';
import type { Settings } from './settings.ts';

export interface AcmeDoorProps {
  /** The folder with the bundled functions. */
  readonly bundles: string;
  /** The secret that ACME clients log in with. */
  readonly secretArn: string;
  readonly settings: Settings;
}

/** Lets ACME clients in, which can log in with a name and a password, and cannot sign. */
export class AcmeDoor extends Construct {
  /** How the methods behind the door are guarded. */
  readonly guarded: MethodOptions;

  constructor(scope: Construct, id: string, props: AcmeDoorProps) {
    super(scope, id);
    const authorizer = new RequestAuthorizer(this, 'Authorizer', {
      handler: this.authorizer(props),
      // Who sends none is refused before the function is called.
      identitySources: [IdentitySource.header('Authorization')],
      // A password that has been replaced must not open for another five minutes.
      resultsCacheTtl: Duration.seconds(0),
    });
    this.guarded = {
      authorizationType: AuthorizationType.CUSTOM,
      authorizer,
      apiKeyRequired: false,
    };
  }

  /** Whatever it is told by strangers, it can get at nothing but the one secret. */
  private authorizer({ bundles, secretArn, settings }: AcmeDoorProps) {
    const { lambda } = new BundledFunction(this, 'acme-authorizer', {
      description: 'Tells whether an ACME client may come in.',
      bundles,
      grants: new GrantClass(this, 'Authorizing', {
        grants: [allow(['secretsmanager:GetSecretValue'], secretArn)],
        settings,
      }),
      settings,
      timeout: Duration.seconds(10),
      environment: { ACME_SECRET_ID: secretArn },
    });
    acknowledge(lambda, {
      'Serverless-LambdaDLQ':
        'Only API Gateway invokes the function, and its caller waits: nothing is lost unseen.',
    });
    return lambda;
  }
}
