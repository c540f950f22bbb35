import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import {
  type IRole,
  PolicyDocument,
  PolicyStatement,
  type PolicyStatementProps,
  Role,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { bundleName } from './bundle-name.ts';
import type { Settings } from './settings.ts';

export interface DmapiFunctionProps {
  /** The folder with the function's bundle. */
  readonly bundle: string;
  readonly description: string;
  /** The one secret that the function may read. */
  readonly secretArn: string;
  /** The table with the sessions: of those, the function may use the one of its secret. */
  readonly sessions: Table;
  readonly settings: Settings;
  /** @default 28 seconds: over the budget of a call in the code, under the 29 API Gateway waits */
  readonly timeout?: Duration;
}

/** Where the functions' own metrics are found, each with the bundle's name as `service`. */
export const METRICS_NAMESPACE = 'joker-dmapi';

/**
 * A Lambda function that talks to DMAPI. Its role may write to its own log group, read its one secret
 * and use the session that belongs to it; whatever else it needs is granted by the stack that knows
 * why. How it is invoked is that stack's business too.
 */
export class DmapiFunction extends Construct {
  readonly lambda: LambdaFunction;

  constructor(scope: Construct, id: string, props: DmapiFunctionProps) {
    super(scope, id);
    const logGroup = new LogGroup(this, 'Log', {
      retention: props.settings.logRetentionDays,
      // Logs are about the function and end with it; nothing is rebuilt from them.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.lambda = new LambdaFunction(this, 'Function', {
      description: props.description,
      code: Code.fromAsset(props.bundle),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: 256,
      timeout: props.timeout ?? Duration.seconds(28),
      role: this.role(logGroup, props),
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      environment: {
        DMAPI_URL: props.settings.dmapiUrl,
        DMAPI_SECRET_ID: props.secretArn,
        SESSION_TABLE: props.sessions.tableName,
        NODE_OPTIONS: '--enable-source-maps',
        POWERTOOLS_SERVICE_NAME: bundleName(props.settings),
        POWERTOOLS_METRICS_NAMESPACE: METRICS_NAMESPACE,
      },
    });
    acknowledge(this.lambda, {
      'Serverless-LambdaTracing':
        'Tracing needs a grant on every resource and is paid by the trace; the logs of functions and API are joined by requestId.',
    });
  }

  private role(logGroup: LogGroup, { secretArn, sessions }: DmapiFunctionProps): IRole {
    const allow = (actions: string[], resource: string, more: PolicyStatementProps = {}) =>
      new PolicyStatement({ actions, resources: [resource], ...more });
    return new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: {
        basics: new PolicyDocument({
          statements: [
            allow(['logs:CreateLogStream', 'logs:PutLogEvents'], logGroup.logGroupArn),
            allow(['secretsmanager:GetSecretValue'], secretArn),
            allow(['dynamodb:GetItem', 'dynamodb:UpdateItem'], sessions.tableArn, {
              conditions: {
                'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [secretArn] },
                // The line above also holds for a request that names no key at all.
                Null: { 'dynamodb:LeadingKeys': 'false' },
              },
            }),
          ],
        }),
      },
    });
  }
}
