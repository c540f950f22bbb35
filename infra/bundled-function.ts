import { Duration } from 'aws-cdk-lib';
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { bundleName } from './bundle-name.ts';
import type { GrantClass } from './grant-class.ts';
import type { Settings } from './settings.ts';

export interface BundledFunctionProps {
  readonly description: string;
  /** The folder with the bundled functions: all are deployed with the whole of it. */
  readonly bundles: string;
  readonly grants: GrantClass;
  readonly settings: Settings;
  /** @default 28 seconds: over the budget of a call in the code, under the 29 API Gateway waits */
  readonly timeout?: Duration;
  /** What the function is told beside what all are. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Where the functions' own metrics are found, each with the bundle's name as `service`. */
export const METRICS_NAMESPACE = 'joker-dmapi';

/**
 * A Lambda function of the bundle, with the rights of its class. How it is invoked is the business of
 * the stack that it is in.
 */
export class BundledFunction extends Construct {
  readonly lambda: LambdaFunction;

  /** @param name of the file in `functions/`, without extension */
  constructor(scope: Construct, name: string, props: BundledFunctionProps) {
    super(scope, name);
    const { grants, settings } = props;
    this.lambda = new LambdaFunction(this, 'Function', {
      description: props.description,
      code: Code.fromAsset(props.bundles),
      handler: `${name}.handler`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: 256,
      timeout: props.timeout ?? Duration.seconds(28),
      // What one function is granted, all of its class are: nothing may add to it unseen.
      role: grants.role.withoutPolicyUpdates(),
      logGroup: grants.logGroup,
      loggingFormat: LoggingFormat.JSON,
      environment: {
        ...props.environment,
        NODE_OPTIONS: '--enable-source-maps',
        POWERTOOLS_SERVICE_NAME: bundleName(settings),
        POWERTOOLS_METRICS_NAMESPACE: METRICS_NAMESPACE,
      },
    });
    acknowledge(this.lambda, {
      'Serverless-LambdaTracing':
        'Tracing needs a grant on every resource and is paid by the trace; the logs of functions and API are joined by requestId.',
    });
  }
}
