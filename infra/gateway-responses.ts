import { ResponseType, type RestApi } from 'aws-cdk-lib/aws-apigateway';

/** What API Gateway tells a client by itself, before or instead of a function. */
interface GatewayProblem {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  /** @default about:blank – the status says it all */
  readonly type?: string;
  readonly retryAfterSeconds?: number;
  /** How to log in. */
  readonly challenge?: string;
}

const forbidden = (detail: string): GatewayProblem => ({ status: 403, title: 'Forbidden', detail });
const internal: GatewayProblem = {
  type: 'urn:dmapi:problem:internal',
  status: 500,
  title: 'Internal error',
  detail:
    'Something is wrong with this service. The operator finds the reason in the log, under the requestId.',
};

/**
 * Every detail is a sentence of ours. API Gateway's own messages repeat what the caller sent, the
 * Authorization header among it, and are not always safe inside JSON.
 */
const PROBLEMS: Readonly<Record<string, GatewayProblem>> = {
  MISSING_AUTHENTICATION_TOKEN: forbidden(
    'There is no such route or method, or the request is not signed (AWS Signature Version 4).',
  ),
  INVALID_SIGNATURE: forbidden(
    'The signature does not fit the request: check the secret key, the region, the service name execute-api and the clock.',
  ),
  EXPIRED_TOKEN: forbidden('The AWS session token that signed the request has expired.'),
  ACCESS_DENIED: forbidden('The signer of the request is not allowed to call this route.'),
  INVALID_API_KEY: forbidden('The header x-api-key is missing or holds no known key.'),
  WAF_FILTERED: forbidden('The firewall refused the request.'),
  RESOURCE_NOT_FOUND: { status: 404, title: 'Not Found', detail: 'There is no such route.' },
  REQUEST_TOO_LARGE: {
    status: 413,
    title: 'Content Too Large',
    detail: 'The request is larger than API Gateway accepts.',
  },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    title: 'Unsupported Media Type',
    detail: 'The body must be application/json.',
  },
  THROTTLED: {
    status: 429,
    title: 'Too Many Requests',
    detail: 'More requests came at once than are admitted: try again shortly.',
    retryAfterSeconds: 1,
  },
  QUOTA_EXCEEDED: {
    status: 429,
    title: 'Too Many Requests',
    detail: "This API key's quota for today is used up.",
  },
  INTEGRATION_TIMEOUT: {
    type: 'urn:dmapi:problem:timeout',
    status: 504,
    title: 'No answer in time',
    detail: 'The service did not answer in time. A change that was asked for may have been made.',
  },
  // The function gave no reply: Lambda throttled it, or it crashed or ran out of time. API Gateway
  // does not say which, and only the last two are in a log.
  INTEGRATION_FAILURE: {
    type: 'urn:dmapi:problem:unavailable',
    status: 503,
    title: 'A service that is needed cannot serve now',
    detail:
      'The service is too busy to answer, or it broke off. A change that was asked for may have been made: look before you repeat it.',
    retryAfterSeconds: 5,
  },
  // The defaults catch what has no entry of its own. They have a fixed status because their body
  // must tell it, and the variables of gateway responses do not.
  DEFAULT_4XX: {
    status: 400,
    title: 'Bad Request',
    detail: 'API Gateway refused the request before it reached the service.',
  },
  DEFAULT_5XX: internal,
};

/**
 * What becomes of a login that has been looked at by a function. API Gateway does not promise which of
 * the last two it takes where the function throws, or Lambda throttles it; neither is about the password.
 */
const LOGIN_PROBLEMS: Readonly<Record<string, GatewayProblem>> = {
  UNAUTHORIZED: {
    status: 401,
    title: 'Unauthorized',
    detail: 'A user name and a password are needed (HTTP Basic), and these are not the right ones.',
    challenge: 'Basic realm="acme", charset="UTF-8"',
  },
  AUTHORIZER_FAILURE: loginUnavailable(),
  AUTHORIZER_CONFIGURATION_ERROR: loginUnavailable(),
};

function loginUnavailable(): GatewayProblem {
  return {
    type: 'urn:dmapi:problem:unavailable',
    status: 503,
    title: 'A service that is needed cannot serve now',
    detail: 'The user name and the password cannot be checked now. Nothing was done.',
    retryAfterSeconds: 5,
  };
}

/**
 * Makes every failure that API Gateway reports by itself an RFC 9457 problem document.
 *
 * @param hasDoor whether there are routes with a login of their own
 */
export function addGatewayResponses(
  api: RestApi,
  { hasDoor }: { readonly hasDoor: boolean },
): void {
  const problems = { ...PROBLEMS, ...(hasDoor && LOGIN_PROBLEMS) };
  for (const [type, problem] of Object.entries(problems)) {
    api.addGatewayResponse(type, {
      type: ResponseType.of(type),
      statusCode: String(problem.status),
      responseHeaders: headers(problem),
      // The key is no promise of a content type, which is the header's: it is what API Gateway
      // looks for, whatever the request says it accepts.
      templates: { 'application/json': template(problem) },
    });
  }
}

function headers({ retryAfterSeconds, challenge }: GatewayProblem): Record<string, string> {
  return {
    'Content-Type': "'application/problem+json'",
    'Cache-Control': "'no-store'",
    ...(retryAfterSeconds && { 'Retry-After': `'${retryAfterSeconds}'` }),
    ...(challenge && { 'WWW-Authenticate': `'${challenge}'` }),
  };
}

function template({ type = 'about:blank', title, status, detail }: GatewayProblem): string {
  return JSON.stringify({ type, title, status, detail, requestId: '$context.requestId' });
}
