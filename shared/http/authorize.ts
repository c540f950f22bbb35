import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { type Login, readBasicLogin } from '../acme/basic-login.ts';
import { type IsKnown, knownLogin } from '../acme/known-login.ts';
import { openSecret } from '../aws/secrets-manager.ts';
import { deadlineIn, within } from '../dmapi/deadline.ts';
import { inRequest, log } from '../log.ts';
import { readAcmeLoginSettings } from '../settings.ts';

/** What is read of the event of a REQUEST authorizer. None of it is trusted to be there. */
export type AuthorizerEvent = Partial<
  Pick<
    APIGatewayRequestAuthorizerEvent,
    'headers' | 'multiValueHeaders' | 'methodArn' | 'requestContext'
  >
>;

/** A Lambda authorizer of API Gateway. */
export type Authorizer = (event: AuthorizerEvent) => Promise<APIGatewayAuthorizerResult>;

export interface AuthorizeOptions {
  /** @default whether it is the one in the secret that the environment names */
  readonly isKnown?: IsKnown;
  /** Milliseconds for all of it: the function has ten seconds. */
  readonly budgetMs?: number;
}

/**
 * Lets a caller in who logs in by HTTP Basic: to the one method that is called, and no other.
 *
 * @throws Error `Unauthorized`, by which API Gateway knows to answer 401, where the login is missing,
 *   malformed, given twice, or not the right one; any other Error where that cannot be told. Neither
 *   holds anything of the request.
 */
export function authorize({
  isKnown = isInSecret(),
  budgetMs = 8000,
}: AuthorizeOptions = {}): Authorizer {
  async function judge(event: AuthorizerEvent): Promise<Login | undefined> {
    const login = readLogin(event);
    if (!login) return undefined;
    const deadline = deadlineIn(budgetMs);
    return (await within(deadline, isKnown(login, deadline))) ? login : undefined;
  }

  async function answer(event: AuthorizerEvent): Promise<APIGatewayAuthorizerResult> {
    const { methodArn } = event;
    if (typeof methodArn !== 'string') throw new Error('This is no event of a REQUEST authorizer.');
    const login = await judge(event).catch((error: Error) => {
      log().error('failed', { reason: { name: error.name, message: error.message } });
      throw new Error('The login cannot be checked.');
    });
    if (login) return allowing(login.username, methodArn);
    log().info('refused', {});
    throw new Error('Unauthorized');
  }

  return (event) => inRequest(event.requestContext?.requestId ?? 'unknown', () => answer(event));
}

/**
 * `undefined` also where it is given twice: nobody could tell which one is meant. What reads the headers
 * of actions is not used here: a file of what both need would be one more for each action to start with.
 */
function readLogin({ headers, multiValueHeaders }: AuthorizerEvent): Login | undefined {
  const [value, ...more] = Object.entries(Object(multiValueHeaders ?? headers))
    .filter(([name]) => name.toLowerCase() === 'authorization')
    .flatMap(([, values]) => values as unknown);
  return typeof value === 'string' && more.length === 0 ? readBasicLogin(value) : undefined;
}

function allowing(principalId: string, methodArn: string): APIGatewayAuthorizerResult {
  return {
    principalId,
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource: methodArn }],
    },
  };
}

/** The SDK is loaded at the first login: what has none is refused without it. */
function isInSecret(): IsKnown {
  let readSecret: ReturnType<typeof openSecret> | undefined;
  return knownLogin({
    readSecret: async (deadline) => {
      readSecret ??= openSecret(readAcmeLoginSettings().secretId);
      return await (await readSecret)(deadline);
    },
    now: () => performance.now(),
  });
}
