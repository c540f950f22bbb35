import { type App, type CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import {
  AuthorizationType,
  EndpointType,
  LambdaIntegration,
  MethodLoggingLevel,
  RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { IFunction, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { accessLog } from './access-log.ts';
import { acknowledge } from './acknowledge.ts';
import type { ActionFacts } from './actions.ts';
import { allow } from './allow.ts';
import { bundleName } from './bundle-name.ts';
import type { SecretArns } from './credentials-stack.ts';
import { DmapiFunction } from './dmapi-function.ts';
import { addGatewayResponses } from './gateway-responses.ts';
import { GrantClass } from './grant-class.ts';
import { NONE, type Settings } from './settings.ts';
import { addUsagePlan, isMetered } from './usage-plan.ts';

export interface ApiStackProps extends StackProps {
  readonly actions: readonly ActionFacts[];
  /** The folder with the bundled functions. */
  readonly bundles: string;
  readonly secretArns: SecretArns;
  readonly sessions: Table;
  readonly orders: Table;
  /** The function that is woken when something has been ordered. */
  readonly reconciler: IFunction;
  readonly settings: Settings;
}

const ORDERING_ACTIONS = ['GetItem', 'PutItem', 'DeleteItem', 'Query'].map(
  (action) => `dynamodb:${action}`,
);

/** The REST API: one route and one function for each action. */
export class ApiStack extends Stack {
  readonly api: RestApi;

  constructor(scope: App, id: string, props: ApiStackProps) {
    super(scope, id, props);
    this.api = this.restApi(props.settings);
    const classOf = this.grantClasses(props);
    for (const action of props.actions) this.addRoute(action, classOf(action), props);
    addGatewayResponses(this.api);
    if (isMetered(props.settings)) addUsagePlan(this.api, props.settings);
    acknowledgeApi(this.api);
    // The output that CDK makes has a random name; scripts and people want one they can know.
    (this.api.node.findChild('Endpoint') as CfnOutput).overrideLogicalId('Endpoint');
  }

  private restApi(settings: Settings): RestApi {
    return new RestApi(this, 'Api', {
      restApiName: bundleName(settings),
      description: "Joker.com's DMAPI as JSON",
      endpointConfiguration: { types: [EndpointType.REGIONAL] },
      // API Gateway writes access logs only with a role in the account's settings. It stays when
      // the stack goes: other APIs of the account depend on it by then.
      cloudWatchRole: true,
      deployOptions: {
        stageName: 'v1',
        throttlingRateLimit: settings.throttleRate,
        throttlingBurstLimit: settings.throttleBurst,
        loggingLevel: MethodLoggingLevel.OFF,
        ...accessLog(this, settings.logRetentionDays),
      },
      defaultMethodOptions: {
        authorizationType: AuthorizationType.IAM,
        apiKeyRequired: isMetered(settings),
      },
    });
  }

  /** The grants of an action follow from what it does: to the account, and with orders. */
  private grantClasses(props: ApiStackProps): (action: ActionFacts) => GrantClass {
    const { secretArns, sessions, settings, orders, reconciler } = props;
    const readOnly = { secretArn: secretArns.readOnlySecret, sessions, settings };
    const full = { ...readOnly, secretArn: secretArns.secret };
    const reading = new GrantClass(this, 'Reading', readOnly);
    const lookingUp = new GrantClass(this, 'LookingUpOrders', {
      ...readOnly,
      more: [allow(['dynamodb:Query'], orders.tableArn)],
    });
    const changing = new GrantClass(this, 'Changing', full);
    const ordering = new GrantClass(this, 'Ordering', {
      ...full,
      more: [
        allow(ORDERING_ACTIONS, orders.tableArn),
        allow(['lambda:InvokeFunction'], reconciler.functionArn),
      ],
    });
    return ({ access, isQueued, looksUpOrders }) => {
      if (isQueued) return ordering;
      if (looksUpOrders) return lookingUp;
      return access === 'read' ? reading : changing;
    };
  }

  private addRoute(action: ActionFacts, grants: GrantClass, props: ApiStackProps): void {
    const { bundles, settings } = props;
    const { name, summary: description } = action;
    const { lambda } = new DmapiFunction(this, name, { description, bundles, grants, settings });
    if (action.isQueued || action.looksUpOrders) tellOfOrders(lambda, props);
    acknowledge(lambda, {
      'Serverless-LambdaDLQ':
        'Only API Gateway invokes the function, and its caller waits: nothing is lost unseen.',
    });
    const integration = new LambdaIntegration(lambda, {
      timeout: Duration.seconds(29),
      allowTestInvoke: false,
    });
    const method = this.api.root.addResource(name).addMethod(action.method, integration);
    acknowledge(method, {
      'AwsSolutions-COG4': 'Callers are programs with AWS credentials: they sign, nobody logs in.',
    });
  }
}

/** What a function is told that places orders, or looks them up. */
function tellOfOrders(lambda: LambdaFunction, { orders, reconciler, settings }: ApiStackProps) {
  lambda.addEnvironment('ORDERS_TABLE', orders.tableName);
  lambda.addEnvironment('RECONCILER_FUNCTION', reconciler.functionName);
  const { maxOrderPrice } = settings;
  if (maxOrderPrice !== NONE) lambda.addEnvironment('MAX_ORDER_PRICE', maxOrderPrice);
}

/** What cdk-nag finds in the API as a whole, and why it is meant to be so. */
function acknowledgeApi(api: RestApi): void {
  acknowledge(api.node.findChild('Resource'), {
    'AwsSolutions-APIG2':
      'Each function checks its whole input by the schema of its action and names the field at fault; a second schema here would answer in another form.',
  });
  acknowledge(api.node.findChild('CloudWatchRole'), {
    'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]':
      'The role is for the whole account, and this is the policy that API Gateway asks for.',
  });
  acknowledge(api.deploymentStage, {
    'AwsSolutions-APIG3':
      'Signed requests and throttling keep strangers out; a firewall costs a fixed sum a month, and can be attached to the stage where one is wanted.',
    'AwsSolutions-APIG6':
      'Execution logs go to a group that API Gateway makes itself and keeps for ever, and can repeat what callers send; the access log tells of each request.',
    'Serverless-APIGWXrayEnabled':
      'The function logs and the access log are joined by requestId, and tracing is paid by the trace.',
  });
}
