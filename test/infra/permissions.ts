import type { App } from 'aws-cdk-lib';
import { type NamedResource, namedResources } from './stack-names.ts';
import type { Properties } from './synthesised.ts';

/** Who may do what on which resource, under which condition. */
export interface Permission {
  /** A resource of the stacks that acts by its role, an AWS service, or callers of the API. */
  readonly who: string;
  readonly effect: 'Allow' | 'Deny';
  readonly action: string;
  /** A resource of the stacks by its name; any other as it stands in the template. */
  readonly on: string;
  /** Empty where there is none. */
  readonly condition: string;
  /** The resource of the template that says so. */
  readonly source: string;
}

type Reader = (resource: NamedResource, all: readonly NamedResource[]) => Permission[];

/** What gives somebody a right. */
const READERS: Readonly<Record<string, Reader>> = {
  'AWS::IAM::Role': readRole,
  'AWS::IAM::Policy': readRolePolicy,
  'AWS::Lambda::Permission': readInvocation,
  'AWS::SQS::QueuePolicy': readResourcePolicy,
  'AWS::ApiGateway::Method': readMethod,
};

/** What gives nobody a right, unless it holds a policy: that is looked for. */
const POWERLESS: ReadonlySet<string> = new Set([
  'AWS::ApiGateway::Account',
  'AWS::ApiGateway::ApiKey',
  'AWS::ApiGateway::Authorizer',
  'AWS::ApiGateway::Deployment',
  'AWS::ApiGateway::GatewayResponse',
  'AWS::ApiGateway::Resource',
  'AWS::ApiGateway::RestApi',
  'AWS::ApiGateway::Stage',
  'AWS::ApiGateway::UsagePlan',
  'AWS::ApiGateway::UsagePlanKey',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::DynamoDB::Table',
  'AWS::EventSchemas::Registry',
  'AWS::EventSchemas::Schema',
  'AWS::Events::Archive',
  'AWS::Events::EventBus',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::Function',
  'AWS::Logs::LogGroup',
  'AWS::SQS::Queue',
  'AWS::Scheduler::Schedule',
  'AWS::SecretsManager::Secret',
]);

/**
 * Every permission that the stacks of an app give, one for each action and resource.
 *
 * @throws Error for whatever it cannot read, so that nothing is left out in silence
 */
export function permissions(app: App): Permission[] {
  const all = namedResources(app);
  return all.flatMap((resource) => {
    const read = READERS[resource.type];
    if (read) return read(resource, all);
    if (!POWERLESS.has(resource.type) || holdsPolicy(resource.properties)) {
      throw new Error(`${resource.name} (${resource.type}): which rights it gives is not known.`);
    }
    return [];
  });
}

function readRole(role: NamedResource, all: readonly NamedResource[]): Permission[] {
  const { AssumeRolePolicyDocument, ManagedPolicyArns, Policies, ...more } = role.properties;
  refuse(role, Object.keys(more));
  const policies: Properties[] = Policies ?? [];
  return usersOf(role.name, all).flatMap((who) => [
    ...AssumeRolePolicyDocument.Statement.flatMap((statement: Properties) =>
      readStatement({ Resource: `the role of ${who}`, ...statement }, role),
    ),
    ...(ManagedPolicyArns ?? []).map((arn: unknown) => readManaged(arn, who, role)),
    ...policies.flatMap((policy) => readOwn(policy, who, role)),
  ]);
}

function readManaged(arn: unknown, who: string, role: NamedResource): Permission {
  const action = role.text(arn);
  return { who, effect: 'Allow', action, on: '*', condition: '', source: role.name };
}

function readRolePolicy(policy: NamedResource, all: readonly NamedResource[]): Permission[] {
  const { PolicyDocument, PolicyName: _, Roles, ...more } = policy.properties;
  refuse(policy, Object.keys(more));
  return Roles.flatMap((role: unknown) =>
    usersOf(policy.text(role), all).flatMap((who) => readOwn({ PolicyDocument }, who, policy)),
  );
}

function readOwn({ PolicyDocument }: Properties, who: string, source: NamedResource): Permission[] {
  return PolicyDocument.Statement.flatMap((statement: Properties) =>
    readStatement(statement, source, who),
  );
}

function readResourcePolicy(policy: NamedResource): Permission[] {
  return policy.properties.PolicyDocument.Statement.flatMap((statement: Properties) =>
    readStatement(statement, policy),
  );
}

function readStatement(
  { Effect, Action, Resource, Principal, Condition, Sid: _, ...more }: Properties,
  source: NamedResource,
  holder?: string,
): Permission[] {
  refuse(source, Object.keys(more));
  const principals = holder ? [holder] : Object.values(Principal ?? {}).flat();
  if (principals.length === 0 || !Action || !Resource) refuse(source, ['an incomplete statement']);
  const condition = Object.entries<Properties>(Condition ?? {}).flatMap(([operator, tests]) =>
    Object.entries(tests).map(([key, value]) => `${operator} ${key} ${source.text(value)}`),
  );
  const texts = (value: unknown) => [value].flat().map(source.text);
  return texts(principals).flatMap((who) =>
    texts(Action).flatMap((action) =>
      texts(Resource).map((on) => ({
        who,
        effect: Effect,
        action,
        on,
        condition: condition.join(' and '),
        source: source.name,
      })),
    ),
  );
}

function readInvocation(permission: NamedResource): Permission[] {
  const { Action, FunctionName, Principal, ...conditions } = permission.properties;
  const statement = { Effect: 'Allow', Action, Resource: FunctionName, Principal: { Principal } };
  return readStatement({ ...statement, Condition: { Equals: conditions } }, permission);
}

const WHO: Readonly<Record<string, string>> = {
  AWS_IAM: 'callers that sign',
  CUSTOM: 'callers that log in',
};

/** Who may call a route. That a signature is needed leaves the rest to the callers' own policies. */
function readMethod({ name, text, properties }: NamedResource): Permission[] {
  const { AuthorizationType, ApiKeyRequired, HttpMethod, ResourceId } = properties;
  const path = text(ResourceId).replace(/^Api\/Api\/Default/, '');
  const who = WHO[AuthorizationType] ?? 'anyone';
  return [
    {
      who: ApiKeyRequired ? `${who} and send an API key` : who,
      effect: 'Allow',
      action: 'execute-api:Invoke',
      on: `${HttpMethod} ${path}`,
      condition: '',
      source: name,
    },
  ];
}

/** The resources that act by a role, which functions of one class share. */
function usersOf(role: string, all: readonly NamedResource[]): string[] {
  const users = all.filter(
    ({ type, properties, text }) =>
      !type.startsWith('AWS::IAM::') && mentions(properties, role, text),
  );
  return users.length > 0 ? users.map(({ name }) => name) : [`nobody by ${role}`];
}

function mentions(value: unknown, name: string, text: (value: unknown) => string): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const [key = ''] = Object.keys(value);
  if (['Ref', 'Fn::ImportValue'].includes(key)) return text(value) === name;
  if (key === 'Fn::GetAtt') {
    return text({ Ref: (value as Properties)['Fn::GetAtt'][0] }) === name;
  }
  return Object.values(value).some((part) => mentions(part, name, text));
}

function holdsPolicy(value: unknown): boolean {
  if (typeof value === 'string') return /"(Statement|Principal)"/.test(value);
  if (typeof value !== 'object' || value === null) return false;
  return 'Statement' in value || Object.values(value).some(holdsPolicy);
}

function refuse({ name }: NamedResource, unread: readonly string[]): void {
  if (unread.length > 0) throw new Error(`${name} holds what is not read: ${unread.join(', ')}.`);
}
