import type { APIGatewayProxyResult, Context } from 'aws-lambda';
import type { Action } from '../../../shared/action.ts';
import { createClient } from '../../../shared/dmapi/client.ts';
import type { ApiEvent } from '../../../shared/http/api-event.ts';
import { type ServeOptions, serve } from '../../../shared/http/serve.ts';
import type { CredentialStore } from '../../../shared/session/credentials.ts';
import { createLogin } from '../../../shared/session/login.ts';
import type { Credentials } from '../../../shared/session/parse-credentials.ts';
import { createSession, type Session } from '../../../shared/session/session.ts';
import { ownSessions } from '../../own-sessions.ts';
import { plainOrders } from '../../plain-orders.ts';
import type { Answer } from '../../stub-registrar.ts';

export const API_KEY = 'canary-api-key-0123456789';
export const AUTH_SID = 'canary-sid-0000000000000000000000001';
export const COOKIE = 'canary-cookie';
export const REQUEST_ID = 'request-1';

const SET_COOKIE = { 'set-cookie': `dmapi-auth=${COOKIE}; path=/` };

/** The registrar's answer to a login, with a key of this access. */
export function loginAnswer(access = '@full'): Answer {
  const text = `Status-Code: 0\nUID: 1000001\nAuth-Sid: ${AUTH_SID}\nSession-Timeout: 3600\nUser-Access: ${access}\n\ncom\n`;
  return { headers: SET_COOKIE, text };
}

/** An answer of the registrar, which sets its cookie as with every one. */
export function answer(text: string, status = 200): Answer {
  return { status, headers: SET_COOKIE, text };
}

/** A session with the registrar there, as a function has one. */
export function openSession(
  endpoint: URL,
  read: () => Promise<Credentials> = async () => ({ apiKey: API_KEY }),
): Session {
  const client = createClient(endpoint);
  const stored = async () => ({ credentials: await read(), version: '1' });
  const credentials: CredentialStore = { read: stored, readAgain: stored };
  const now = Date.now;
  const logIn = createLogin({ client, credentials, now });
  return createSession({ client, source: ownSessions(logIn), now });
}

/** A session that fails, or replies, in one way whatever it is asked for. */
export function sessionThat(outcome: Session['login']): Session {
  return {
    send: (_request, deadline) => outcome(deadline),
    login: outcome,
    logout: async (deadline) => {
      await outcome(deadline);
    },
    permits: async () => true,
    account: async (deadline) => String(await outcome(deadline)),
  };
}

/** Hands an event to the handler of an action, as Lambda would. Orders are sent as they come. */
export function invoke<Input, Output>(
  action: Action<Input, Output>,
  event: ApiEvent,
  options: ServeOptions,
): Promise<APIGatewayProxyResult> {
  const context = { awsRequestId: 'lambda-1' } as Context;
  const requestContext = { requestId: REQUEST_ID } as NonNullable<ApiEvent['requestContext']>;
  return serve(action, { orders: plainOrders(), ...options })(
    { requestContext, ...event },
    context,
  );
}
