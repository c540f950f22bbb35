import { type ApiRequest, toApiEvent } from './api-event.ts';
import type { RouteAuthorizer } from './deployed-api.ts';
import { ACCOUNT, REGION } from './stack-template.ts';

/** Who was let in, or the gateway response that a caller gets instead. */
export type Verdict = { readonly principalId: string } | { readonly failure: AuthorizerFailure };

export type AuthorizerFailure =
  | 'UNAUTHORIZED'
  | 'ACCESS_DENIED'
  | 'AUTHORIZER_FAILURE'
  | 'AUTHORIZER_CONFIGURATION_ERROR';

/**
 * Asks a route's authorizer, as API Gateway does.
 *
 * @param invoke calls the function of that ARN; what it throws has the name and the message of what
 *   the function threw
 */
export async function askAuthorizer(
  asked: ApiRequest,
  { functionArn, identityHeaders }: RouteAuthorizer,
  invoke: (functionArn: string, event: unknown) => Promise<unknown>,
): Promise<Verdict> {
  if (identityHeaders.some((name) => !asked.request.headers[name])) {
    return { failure: 'UNAUTHORIZED' };
  }
  const event = toAuthorizerEvent(asked);
  const answered = await invoke(functionArn, event).catch((error: Error) => error);
  if (answered instanceof Error) {
    const isRefusal = answered.message === 'Error: Unauthorized';
    return { failure: isRefusal ? 'UNAUTHORIZED' : 'AUTHORIZER_CONFIGURATION_ERROR' };
  }
  if (answered === 'timeout') return { failure: 'AUTHORIZER_FAILURE' };
  return isPolicy(answered)
    ? judge(answered, event.methodArn)
    : { failure: 'AUTHORIZER_CONFIGURATION_ERROR' };
}

/** The event of a REQUEST authorizer: the one of the integration, without the body. */
function toAuthorizerEvent(asked: ApiRequest) {
  const { body, isBase64Encoded, ...event } = toApiEvent(asked);
  const { method, path } = asked.route;
  return {
    type: 'REQUEST',
    methodArn: `arn:aws:execute-api:${REGION}:${ACCOUNT}:local/${asked.stage}/${method}${path}`,
    ...event,
    queryStringParameters: event.queryStringParameters ?? {},
    multiValueQueryStringParameters: event.multiValueQueryStringParameters ?? {},
    pathParameters: {},
    stageVariables: {},
  };
}

interface Policy {
  readonly principalId: string;
  readonly policyDocument: {
    readonly Statement: readonly {
      readonly Effect: string;
      readonly Resource: string | string[];
    }[];
  };
}

function isPolicy(answer: unknown): answer is Policy {
  const { principalId, policyDocument } = Object(answer);
  return typeof principalId === 'string' && Array.isArray(policyDocument?.Statement);
}

/** What a policy denies, it denies whatever else it allows; what it does not name, it denies too. */
function judge({ principalId, policyDocument }: Policy, methodArn: string): Verdict {
  const effects = policyDocument.Statement.filter(({ Resource }) =>
    [Resource].flat().some((pattern) => matches(pattern, methodArn)),
  ).map(({ Effect }) => Effect);
  const isAllowed = effects.includes('Allow') && !effects.includes('Deny');
  return isAllowed ? { principalId } : { failure: 'ACCESS_DENIED' };
}

function matches(pattern: string, arn: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[^\w\s]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(arn);
}
