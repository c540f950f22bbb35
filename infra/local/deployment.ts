import path from 'node:path';
import type { CloudAssembly, CloudFormationStackArtifact } from 'aws-cdk-lib/cx-api';
import { type Resources, resolve } from './intrinsics.ts';
import {
  localResources,
  readExports,
  type StackTemplate,
  type TemplateResource,
} from './stack-template.ts';

/** What a synthesised app would deploy, as far as a local run needs it. */
export interface Deployment {
  readonly functions: readonly DeployedFunction[];
  /** The secrets the stacks create, by ARN. */
  readonly secretArns: readonly string[];
  readonly stage: string;
  readonly routes: readonly Route[];
  readonly gatewayResponses: ReadonlyMap<string, GatewayResponse>;
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

export interface Route {
  readonly method: string;
  /** With its leading slash and without the stage. */
  readonly path: string;
  readonly functionArn: string;
}

/** What API Gateway answers by itself, for one type of failure. */
export interface GatewayResponse {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string>>;
  /** The body; API Gateway's own where there is none. */
  readonly template: string | undefined;
}

/** Reads routes, functions and environments out of the synthesised templates. */
export function readDeployment(assembly: CloudAssembly): Deployment {
  const exported = readExports(assembly.stacks.map((stack) => stack.template));
  const parts = assembly.stacks.map((stack) => readStack(stack, exported));
  const stage = parts.map((part) => part.stage).find((name) => name !== undefined);
  if (!stage) throw new Error('The synthesised stacks hold no API stage.');
  return {
    functions: parts.flatMap((part) => part.functions),
    secretArns: parts.flatMap((part) => part.secretArns),
    routes: parts.flatMap((part) => part.routes),
    gatewayResponses: new Map(parts.flatMap((part) => part.gatewayResponses)),
    stage,
  };
}

function readStack(stack: CloudFormationStackArtifact, exported: ReadonlyMap<string, string>) {
  const template: StackTemplate = stack.template;
  const local = localResources(template, exported);
  const ofType = (type: string) =>
    Object.entries(template.Resources ?? {}).filter(([, resource]) => resource.Type === type);
  const [stage] = ofType('AWS::ApiGateway::Stage');
  return {
    secretArns: ofType('AWS::SecretsManager::Secret').map(([id]) => local.ref(id)),
    functions: ofType('AWS::Lambda::Function')
      .filter(([, resource]) => resource.Metadata?.['aws:asset:path'])
      .map(([id, resource]) => readFunction(id, resource, local, stack.assembly.directory)),
    stage: stage && String(stage[1].Properties.StageName),
    routes: ofType('AWS::ApiGateway::Method')
      .filter(([, method]) => method.Properties.Integration?.Type === 'AWS_PROXY')
      .map(([, method]) => readRoute(method, template, local)),
    gatewayResponses: ofType('AWS::ApiGateway::GatewayResponse').map(([, response]) =>
      readGatewayResponse(response),
    ),
  };
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

function readRoute(method: TemplateResource, template: StackTemplate, local: Resources): Route {
  const { HttpMethod, ResourceId, Integration } = method.Properties;
  const [, functionArn] =
    /functions\/(.+)\/invocations$/.exec(resolve(Integration.Uri, local)) ?? [];
  if (!functionArn) throw new Error('An API method of the template does not name its function.');
  return { method: String(HttpMethod), path: pathOf(ResourceId, template), functionArn };
}

function pathOf(resourceId: { Ref?: string }, template: StackTemplate): string {
  const resource = resourceId.Ref ? template.Resources?.[resourceId.Ref] : undefined;
  if (resource?.Type !== 'AWS::ApiGateway::Resource') return '';
  const { ParentId, PathPart } = resource.Properties;
  return `${pathOf(ParentId, template)}/${PathPart}`;
}

function readGatewayResponse({ Properties }: TemplateResource): [string, GatewayResponse] {
  const prefix = 'gatewayresponse.header.';
  const headers = Object.entries(Properties.ResponseParameters ?? {}).map(([name, value]) => [
    name.slice(prefix.length).toLowerCase(),
    String(value).replace(/^'(.*)'$/, '$1'),
  ]);
  const [contentType, template] = Object.entries(Properties.ResponseTemplates ?? {})[0] ?? [];
  return [
    String(Properties.ResponseType),
    {
      status: Properties.StatusCode === undefined ? undefined : Number(Properties.StatusCode),
      headers: {
        'content-type': contentType ?? 'application/json',
        ...Object.fromEntries(headers),
      },
      template: template === undefined ? undefined : String(template),
    },
  ];
}
