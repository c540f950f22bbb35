import { type App, type CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import {
  AuthorizationType,
  EndpointType,
  LambdaIntegration,
  MethodLoggingLevel,
  RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import { routeOf } from '../shared/action.ts';
import { accessLog } from './access-log.ts';
import { acknowledge } from './acknowledge.ts';
import { AcmeDoor } from './acme-door.ts';
import { actionEnvironment } from './action-environment.ts';
import type { ActionFacts } from './actions.ts';
import { actionGrants, type Grantable } from './api-grants.ts';
import { bundleName } from './bundle-name.ts';
import { DmapiFunction } from './dmapi-function.ts';
import type { DmapiGrants } from './dmapi-grants.ts';
import { addGatewayResponses } from './gateway-responses.ts';
import type { Settings } from './settings.ts';
import { addUsagePlan, isMetered } from './usage-plan.ts';

export interface ApiStackProps extends StackProps, Grantable {
  readonly actions: readonly ActionFacts[];
  /** The folder with the bundled functions. */
  readonly bundles: string;
  /** The secret that ACME clients log in with, where there are actions for them. */
  readonly acmeSecretArn?: string | undefined;
}

/** The REST API: one route and one function for each action. */
export class ApiStack extends Stack {
  readonly api: RestApi;

  constructor(scope: App, id: string, props: ApiStackProps) {
    super(scope, id, props);
    this.api = this.restApi(props.settings);
    const grantsOf = actionGrants(this, props);
    const isBehindDoor = ({ door }: ActionFacts) => door === 'acme';
    const acme = props.actions.some(isBehindDoor) ? this.acmeDoor(props) : undefined;
    for (const action of props.actions) {
      const door = isBehindDoor(action) ? acme : undefined;
      this.addRoute(action, { grants: grantsOf(action), door }, props);
    }
    addGatewayResponses(this.api, { hasDoor: acme !== undefined });
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

  private addRoute(
    action: ActionFacts,
    { grants, door }: { readonly grants: DmapiGrants; readonly door: AcmeDoor | undefined },
    props: ApiStackProps,
  ): void {
    const { bundles, settings } = props;
    const { name, summary: description } = action;
    const { lambda } = new DmapiFunction(this, name, {
      description,
      bundles,
      grants,
      settings,
      environment: actionEnvironment(action, props),
    });
    acknowledge(lambda, {
      'Serverless-LambdaDLQ':
        'Only API Gateway invokes the function, and its caller waits: nothing is lost unseen.',
    });
    const integration = new LambdaIntegration(lambda, {
      timeout: Duration.seconds(29),
      allowTestInvoke: false,
    });
    const method = this.api.root
      .resourceForPath(routeOf(action))
      .addMethod(action.method, integration, door?.guarded);
    acknowledge(method, {
      'AwsSolutions-COG4': door
        ? 'ACME clients know one name and one password: a function looks at them, nobody logs in.'
        : 'Callers are programs with AWS credentials: they sign, nobody logs in.',
    });
  }

  /** @throws Error when there is no secret that its clients could log in with */
  private acmeDoor({ acmeSecretArn: secretArn, bundles, settings }: ApiStackProps): AcmeDoor {
    if (secretArn === undefined) throw new Error('The door for ACME clients needs their secret.');
    return new AcmeDoor(this, 'AcmeDoor', { bundles, secretArn, settings });
  }
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
