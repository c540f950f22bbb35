import path from 'node:path';
import type { CloudAssembly, CloudFormationStackArtifact } from 'aws-cdk-lib/cx-api';
import type { TableDefinition } from './aws/dynamodb.ts';
import { type DeployedApi, readApi } from './deployed-api.ts';
import type { LoginTemplate } from './generated-login.ts';
import { type Resources, resolve } from './intrinsics.ts';
import {
  localResources,
  ofType,
  readExports,
  type StackTemplate,
  type TemplateResource,
} from './stack-template.ts';

/** What a synthesised app would deploy, as far as a local run needs it. */
export interface Deployment {
  readonly functions: readonly DeployedFunction[];
  /** The secrets the stacks create. */
  readonly secrets: readonly DeployedSecret[];
  readonly tables: readonly TableDefinition[];
  /** The event buses the stacks create, by name. */
  readonly eventBuses: readonly string[];
  /** The function that the one schedule calls. */
  readonly scheduledFunctionArn: string;
  readonly api: DeployedApi;
}

export interface DeployedSecret {
  readonly arn: string;
  /** What it holds before anybody puts anything, where that is of use. */
  readonly login?: LoginTemplate;
}

export interface DeployedFunction {
  readonly arn: string;
  readonly name: string;
  /** The bundle's file. */
  readonly bundle: string;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly environment: Readonly<Record<string, string>>;
}

/** Reads what a local run needs out of the synthesised templates. */
export function readDeployment(assembly: CloudAssembly): Deployment {
  const exported = readExports(assembly.stacks.map((stack) => stack.template));
  const parts = assembly.stacks.map((stack) => readStack(stack, exported));
  return {
    functions: parts.flatMap((part) => part.functions),
    secrets: parts.flatMap((part) => part.secrets),
    tables: parts.flatMap((part) => part.tables),
    eventBuses: parts.flatMap((part) => part.eventBuses),
    scheduledFunctionArn: only(
      'schedule',
      parts.flatMap((part) => part.scheduledFunctionArns),
    ),
    api: only(
      'API stage',
      parts.flatMap((part) => part.api ?? []),
    ),
  };
}

function readStack(stack: CloudFormationStackArtifact, exported: ReadonlyMap<string, string>) {
  const template: StackTemplate = stack.template;
  const local = localResources(template, exported);
  const idsOf = (type: string) => ofType(template, type).map(([id]) => local.ref(id));
  return {
    secrets: ofType(template, 'AWS::SecretsManager::Secret').map(([id, resource]) =>
      readSecret(local.ref(id), resource),
    ),
    eventBuses: idsOf('AWS::Events::EventBus'),
    tables: ofType(template, 'AWS::DynamoDB::Table').map(([id, { Properties }]) => ({
      TableName: local.ref(id),
      KeySchema: Properties.KeySchema,
      AttributeDefinitions: Properties.AttributeDefinitions,
    })),
    scheduledFunctionArns: ofType(template, 'AWS::Scheduler::Schedule').map(([, schedule]) =>
      resolve(schedule.Properties.Target.Arn, local),
    ),
    functions: ofType(template, 'AWS::Lambda::Function')
      .filter(([, resource]) => resource.Metadata?.['aws:asset:path'])
      .map(([id, resource]) => readFunction(id, resource, local, stack.assembly.directory)),
    api: readApi(template, local),
  };
}

function readSecret(arn: string, { Properties }: TemplateResource): DeployedSecret {
  const { GenerateStringKey: key, SecretStringTemplate: template } =
    Properties.GenerateSecretString ?? {};
  return key === undefined ? { arn } : { arn, login: { template, key } };
}

function only<T>(name: string, found: readonly T[]): T {
  const [first, ...more] = found;
  if (first === undefined || more.length > 0) {
    throw new Error(`The synthesised stacks hold ${found.length} ${name}s; the local run takes 1.`);
  }
  return first;
}

function readFunction(
  id: string,
  { Properties, Metadata }: TemplateResource,
  local: Resources,
  directory: string,
): DeployedFunction {
  const [module] = String(Properties.Handler).split('.');
  const variables = Object.entries(Properties.Environment?.Variables ?? {});
  return {
    arn: local.attribute(id, 'Arn'),
    name: local.ref(id),
    bundle: path.join(directory, String(Metadata?.['aws:asset:path']), `${module}.mjs`),
    timeoutSeconds: Number(Properties.Timeout ?? 3),
    memoryMb: Number(Properties.MemorySize ?? 128),
    environment: Object.fromEntries(
      variables.map(([name, value]) => [name, resolve(value, local)]),
    ),
  };
}
