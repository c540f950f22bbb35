import { type Resources, resolve } from './intrinsics.ts';
import { ofType, type StackTemplate, type TemplateResource } from './stack-template.ts';

/** A REST API, as a template describes it. */
export interface DeployedApi {
  readonly stage: string;
  readonly routes: readonly Route[];
  readonly gatewayResponses: ReadonlyMap<string, GatewayResponse>;
}

export interface Route {
  readonly method: string;
  /** With its leading slash and without the stage. */
  readonly path: string;
  readonly functionArn: string;
  /** Who looks at callers before the function is called. Without one they sign, which is not checked. */
  readonly authorizer?: RouteAuthorizer;
}

/** A Lambda authorizer of type REQUEST whose verdicts are not kept. */
export interface RouteAuthorizer {
  readonly functionArn: string;
  /** Headers without which the function is not called, in lower case. */
  readonly identityHeaders: readonly string[];
}

/** What API Gateway answers by itself, for one type of failure. */
export interface GatewayResponse {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string>>;
  /** The body; API Gateway's own where there is none. */
  readonly template: string | undefined;
}

/** Reads the API out of a stack's template; `undefined` where it holds no stage of one. */
export function readApi(template: StackTemplate, local: Resources): DeployedApi | undefined {
  const [stage] = ofType(template, 'AWS::ApiGateway::Stage');
  if (!stage) return undefined;
  return {
    stage: String(stage[1].Properties.StageName),
    routes: ofType(template, 'AWS::ApiGateway::Method')
      .filter(([, method]) => method.Properties.Integration?.Type === 'AWS_PROXY')
      .map(([, method]) => readRoute(method, template, local)),
    gatewayResponses: new Map(
      ofType(template, 'AWS::ApiGateway::GatewayResponse').map(([, response]) =>
        readGatewayResponse(response),
      ),
    ),
  };
}

function readRoute(method: TemplateResource, template: StackTemplate, local: Resources): Route {
  const { HttpMethod, ResourceId, Integration, AuthorizerId } = method.Properties;
  const authorizer = AuthorizerId && template.Resources?.[AuthorizerId.Ref];
  return {
    method: String(HttpMethod),
    path: pathOf(ResourceId, template),
    functionArn: functionIn(Integration.Uri, local),
    ...(authorizer && { authorizer: readAuthorizer(authorizer, local) }),
  };
}

function readAuthorizer({ Properties }: TemplateResource, local: Resources): RouteAuthorizer {
  const { Type, AuthorizerUri, AuthorizerResultTtlInSeconds, IdentitySource = '' } = Properties;
  if (Type !== 'REQUEST' || AuthorizerResultTtlInSeconds !== 0) {
    throw new Error('The local run plays authorizers of type REQUEST only, without a cache.');
  }
  const sources = String(IdentitySource).split(',').filter(Boolean);
  return {
    functionArn: functionIn(AuthorizerUri, local),
    identityHeaders: sources.map((source) => source.replace(HEADER, '').toLowerCase()),
  };
}

const HEADER = /^method\.request\.header\./;

function functionIn(uri: unknown, local: Resources): string {
  const [, functionArn] = /functions\/(.+)\/invocations$/.exec(resolve(uri, local)) ?? [];
  if (!functionArn) throw new Error('An API method of the template does not name its function.');
  return functionArn;
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
