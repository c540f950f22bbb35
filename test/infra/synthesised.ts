import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from '@jest/globals';
import { type App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { type IFunction, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { inProcessApp } from '../../infra/in-process-app.ts';
import { readSettings } from '../../infra/settings.ts';
import { addStacks, type Stacks } from '../../infra/stacks.ts';

const outdirs = mkdtempSync(path.join(tmpdir(), 'cdk-'));
afterAll(() => rmSync(outdirs, { recursive: true }));

/** An app without stacks. */
export function emptyApp(): App {
  return inProcessApp(mkdtempSync(path.join(outdirs, 'app-')));
}

/** The app with all stacks, as `cdk synth` with this context would make it, but for the code. */
export async function addAll(
  context: Readonly<Record<string, unknown>> = {},
): Promise<Stacks & { readonly app: App }> {
  const app = emptyApp();
  return { app, ...(await addStacks(app, readSettings(context), placeCode)) };
}

/** Templates do not tell what the code is, and bundling takes a second. */
export async function placeCode(outdir: string): Promise<void> {
  mkdirSync(outdir, { recursive: true });
  writeFileSync(path.join(outdir, 'code.mjs'), '');
}

/** A function that is there already. */
export function someFunction(app: App): IFunction {
  const arn = 'arn:aws:lambda:eu-central-1:123456789012:function:some-function';
  return LambdaFunction.fromFunctionArn(new Stack(app, 'Elsewhere'), 'SomeFunction', arn);
}

/** The templates of all stacks. */
export async function synthesise(context: Readonly<Record<string, unknown>> = {}) {
  const { api, acmeCredentials, credentials, readOnlyCredentials, ...always } =
    await addAll(context);
  const { events, orders, reconciler, sessions, zones } = always;
  return {
    api: Template.fromStack(api),
    acmeCredentials: acmeCredentials && Template.fromStack(acmeCredentials),
    credentials: credentials && Template.fromStack(credentials),
    readOnlyCredentials: readOnlyCredentials && Template.fromStack(readOnlyCredentials),
    events: Template.fromStack(events),
    orders: Template.fromStack(orders),
    reconciler: Template.fromStack(reconciler),
    sessions: Template.fromStack(sessions),
    zones: Template.fromStack(zones),
  };
}

// biome-ignore lint/suspicious/noExplicitAny: the properties of CloudFormation have no one shape
export type Properties = Record<string, any>;

/** The properties of all resources of a type, by logical id. */
export function resources(template: Template, type: string): Record<string, Properties> {
  const found = Object.entries(template.findResources(type));
  return Object.fromEntries(found.map(([id, resource]) => [id, resource.Properties ?? {}]));
}

/** The properties of the one resource of a type. */
export function only(template: Template, type: string): Properties {
  const [first, ...more] = Object.values(resources(template, type));
  if (!first || more.length > 0) throw new Error(`The template does not hold one ${type}.`);
  return first;
}

/**
 * What another stack gets when it refers to the resource of this one whose logical id starts so, or
 * to an attribute of it.
 */
export function imported(template: Template | undefined, resource: string, attribute?: string) {
  const found = Object.values(template?.findOutputs('*') ?? {}).find(({ Export, Value }) => {
    const [id, name] = Value.Ref ? [Value.Ref] : (Value['Fn::GetAtt'] ?? []);
    return Export && id?.startsWith(resource) && name === attribute;
  });
  return { 'Fn::ImportValue': found?.Export.Name };
}

export interface DeployedFunction {
  readonly name: string;
  readonly properties: Properties;
  readonly roleId: string;
  readonly logGroupId: string;
}

/** The functions of the bundle, by name. */
export function functions(template: Template): DeployedFunction[] {
  return Object.entries(resources(template, 'AWS::Lambda::Function')).map(([id, properties]) => ({
    name: routeTo(template, id)?.path.replace('/', '-') ?? id,
    properties,
    roleId: properties.Role['Fn::GetAtt'][0],
    logGroupId: properties.LoggingConfig.LogGroup.Ref,
  }));
}

export interface Route {
  readonly method: string;
  /** Below the stage, without a leading slash. */
  readonly path: string;
  readonly properties: Properties;
}

/** Every method of the API, with the path of its resource. */
export function routes(template: Template): Route[] {
  const parts = resources(template, 'AWS::ApiGateway::Resource');
  const pathOf = (id: string): string => {
    const { ParentId, PathPart } = parts[id] ?? {};
    return ParentId?.Ref in parts ? `${pathOf(ParentId.Ref)}/${PathPart}` : PathPart;
  };
  return Object.values(resources(template, 'AWS::ApiGateway::Method')).map((properties) => ({
    method: properties.HttpMethod,
    path: pathOf(properties.ResourceId.Ref),
    properties,
  }));
}

function routeTo(template: Template, functionId: string): Route | undefined {
  return routes(template).find(({ properties }) =>
    JSON.stringify(properties.Integration.Uri).includes(`"${functionId}"`),
  );
}

export interface Grant {
  readonly actions: readonly string[];
  readonly resource: unknown;
  /** Under what condition, where there is one. */
  readonly Condition?: unknown;
}

/** What every function is granted: to write its log, to read one secret and to use its session. */
export function basicGrants(
  { logGroupId }: DeployedFunction,
  sessions: Template,
  secret: unknown,
): Grant[] {
  return [
    {
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resource: { 'Fn::GetAtt': [logGroupId, 'Arn'] },
    },
    { actions: ['secretsmanager:GetSecretValue'], resource: secret },
    {
      actions: ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
      resource: imported(sessions, 'Sessions', 'Arn'),
      Condition: {
        'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [secret] },
        Null: { 'dynamodb:LeadingKeys': 'false' },
      },
    },
  ];
}

/** Everything that a role allows, from wherever in the template it is allowed. */
export function grants(template: Template, roleId: string): Grant[] {
  const role = resources(template, 'AWS::IAM::Role')[roleId] ?? {};
  const attached = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::RolePolicy']
    .flatMap((type) => Object.values(resources(template, type)))
    .filter((policy) => JSON.stringify(policy).includes(`"${roleId}"`));
  return [
    ...(role.ManagedPolicyArns ?? []).map((arn: unknown) => ({ actions: ['*'], resource: arn })),
    ...[...(role.Policies ?? []), ...attached].flatMap(({ PolicyDocument }: Properties) =>
      PolicyDocument.Statement.map(readStatement),
    ),
  ];
}

function readStatement(statement: Properties): Grant {
  const { Action, Resource, Effect, ...more } = statement;
  return {
    actions: [Action].flat(),
    resource: Resource,
    ...(Effect !== 'Allow' && { Effect }),
    ...more,
  };
}
