import type { Context } from 'aws-lambda';
import type { RegistrarOptions } from '../infra/local/registrar/registrar.ts';
import { type SimulatedRegistrar, startRegistrar } from '../infra/local/registrar/registrar.ts';
import { createClient } from '../shared/dmapi/client.ts';
import { readEndpoint } from '../shared/dmapi/endpoint.ts';
import { serve } from '../shared/http/serve.ts';
import { createLogin } from '../shared/session/login.ts';
import { createSession, type Session } from '../shared/session/session.ts';
import { asking, type Loose, toEvent } from './functions/bad-request.ts';
import { actionOf } from './functions/every-action.ts';
import { ownSessions } from './own-sessions.ts';
import { plainOrders } from './plain-orders.ts';
import { plainZones } from './plain-zones.ts';

/** The functions of all actions, against a simulated registrar on a socket. */
export interface Simulated {
  readonly registrar: SimulatedRegistrar;
  readonly session: Session;
  /** Calls a function through the handler that Lambda calls. */
  call(name: string, input: Loose, headers?: Record<string, string>): Promise<SimulatedAnswer>;
  close(): Promise<void>;
}

export interface SimulatedAnswer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: each test knows what it asked for
  readonly json: any;
}

const API_KEY = 'a-key-of-some-access';

/** Starts a registrar whose one key has that access. */
export async function simulate(
  access = '@full',
  options: RegistrarOptions = {},
): Promise<Simulated> {
  const registrar = await startRegistrar({
    credentials: [{ apiKey: API_KEY, access }],
    ...options,
  });
  const client = createClient(readEndpoint(registrar.url));
  const stored = { credentials: { apiKey: API_KEY }, version: '1' };
  const credentials = { read: async () => stored, readAgain: async () => stored };
  const logIn = createLogin({ client, credentials, now: Date.now });
  const session = createSession({ client, source: ownSessions(logIn), now: Date.now });
  const orders = plainOrders(options.now);
  const zones = plainZones(session, options.now);
  return {
    registrar,
    session,
    async call(name, input, headers = {}) {
      const action = await actionOf(name);
      const event = toEvent({ ...asking(action, input), headers });
      const handler = serve(action, { session: () => session, orders, zones });
      const { statusCode, body } = await handler(event, { awsRequestId: 'test' } as Context);
      return { status: statusCode, json: body === '' ? undefined : JSON.parse(body) };
    },
    close: () => registrar.close(),
  };
}
