import { type DynamoDb, startDynamoDb } from './aws/dynamodb.ts';
import { type EventBridge, startEventBridge } from './aws/event-bridge.ts';
import { type Lambda, startLambda } from './aws/lambda.ts';
import { type SecretsManager, startSecretsManager } from './aws/secrets-manager.ts';
import type { Deployment } from './deployment.ts';
import { type GeneratedLogin, generateLogin } from './generated-login.ts';
import { REGION } from './stack-template.ts';

/** The AWS services that the functions use, on this machine. */
export interface AwsStandIns {
  readonly secretsManager: SecretsManager;
  readonly dynamoDb: DynamoDb;
  readonly eventBridge: EventBridge;
  readonly lambda: Lambda;
  close(): Promise<void>;
}

/** Starts them, empty. */
export async function startAwsStandIns(now: () => number): Promise<AwsStandIns> {
  const [secretsManager, dynamoDb, eventBridge, lambda] = await Promise.all([
    startSecretsManager(),
    startDynamoDb(),
    startEventBridge({ now }),
    startLambda(),
  ]);
  const all = [secretsManager, dynamoDb, eventBridge, lambda];
  const close = async () => void (await Promise.all(all.map((service) => service.close())));
  return { secretsManager, dynamoDb, eventBridge, lambda, close };
}

/**
 * Creates what the stacks would create there, and puts the credentials into the secrets.
 *
 * @returns what has been put into those that hold a login from their start
 */
export async function createResources(
  { secretsManager, dynamoDb, eventBridge }: AwsStandIns,
  { secrets, tables, eventBuses }: Deployment,
  credentials: object,
): Promise<GeneratedLogin[]> {
  const logins = new Map(
    secrets.flatMap(({ arn, login }) => (login ? [[arn, generateLogin(login)] as const] : [])),
  );
  for (const { arn } of secrets) {
    secretsManager.put(arn, JSON.stringify(logins.get(arn) ?? credentials));
  }
  for (const name of eventBuses) eventBridge.createBus(name);
  await Promise.all(tables.map((table) => dynamoDb.createTable(table)));
  return [...logins.values()];
}

/** What Lambda gives every function: where it runs, keys to sign with. And where the stand-ins are. */
export function serviceVariables({
  secretsManager,
  dynamoDb,
  eventBridge,
  lambda,
}: AwsStandIns): Record<string, string> {
  return {
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secretsManager.url,
    AWS_ENDPOINT_URL_DYNAMODB: dynamoDb.url,
    AWS_ENDPOINT_URL_EVENTBRIDGE: eventBridge.url,
    AWS_ENDPOINT_URL_LAMBDA: lambda.url,
    // CloudWatch makes metrics of certain log lines; here they would only be read by people.
    POWERTOOLS_METRICS_DISABLED: 'true',
    // The functions are deployed on Node 24; here they run on whatever Node there is.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
}
