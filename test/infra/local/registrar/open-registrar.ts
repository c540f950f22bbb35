import { afterEach } from '@jest/globals';
import { SIMULATED_API_KEY } from '../../../../infra/local/registrar/credentials.ts';
import {
  type RegistrarOptions,
  type SimulatedRegistrar,
  startRegistrar,
} from '../../../../infra/local/registrar/registrar.ts';
import { type Call, type Exchange, exchange } from './exchange.ts';

/** Monday noon, far from the borders of a day. */
export const NOON = Date.UTC(2024, 5, 17, 12, 44, 49);

export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;

/** A registrar under test, its clock standing still until it is moved. */
export interface Opened {
  readonly registrar: SimulatedRegistrar;
  /** Moves the clock on. */
  pass(ms: number): void;
  /** Sends a request without a session. */
  send(name: string, params?: Call['params'], call?: Call): Promise<Exchange>;
  /** Logs in and gives the session id. */
  login(apiKey?: string): Promise<string>;
  /** Sends a request within a session that is opened for the first of them. */
  ask(name: string, params?: Call['params']): Promise<Exchange>;
  /** Sends a request that is queued, lets it settle and gives what came of it. */
  order(name: string, params?: Call['params']): Promise<Ordered>;
}

/** What came of a queued request: its Status-Code and, where that is 0, its answer. */
export interface Ordered {
  readonly code: string | undefined;
  readonly errors: readonly string[];
  readonly status?: string | undefined;
  readonly object?: string | undefined;
  readonly text?: string | undefined;
}

const running: SimulatedRegistrar[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((registrar) => registrar.close()));
});

/** Starts a registrar that is closed after the test. */
export async function openRegistrar(options: RegistrarOptions = {}): Promise<Opened> {
  let nowMs = NOON;
  const registrar = await startRegistrar({ now: () => nowMs, randomSeed: 1, ...options });
  running.push(registrar);
  const send: Opened['send'] = (name, params = {}, call = {}) =>
    exchange(`${registrar.url}/request/${name}`, { ...call, params });
  const login = async (apiKey = SIMULATED_API_KEY) =>
    headerOf(await send('login', { 'api-key': apiKey }), 'Auth-Sid') ?? '';
  let sid: Promise<string> | undefined;
  const ask: Opened['ask'] = async (name, params = {}) => {
    sid ??= login();
    return send(name, { 'auth-sid': await sid, ...params });
  };
  return {
    registrar,
    pass: (ms) => {
      nowMs += ms;
    },
    send,
    login,
    ask,
    order: async (name, params) => {
      const reply = await ask(name, params);
      const [code, errors] = [headerOf(reply, 'Status-Code'), errorsOf(reply)];
      const svtrid = headerOf(reply, 'Tracking-Id') ?? '';
      if (code !== '0') return { code, errors };
      nowMs += options.settleAfterMs ?? 3000;
      const { body } = await ask('result-retrieve', { svtrid });
      const [head = '', text] = (body ?? '').split(/\n\n(.*)\n$/s);
      const [, status, object] =
        /^Completion-Status: (\S+)(?:\nObject-Name: (.*))?/.exec(head) ?? [];
      return { code, errors, status, object, text };
    },
  };
}

/** The value of a header line of a DMAPI reply. */
export function headerOf(reply: Exchange, name: string): string | undefined {
  return reply.headers.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
}

/** The reasons of a refusal. */
export function errorsOf(reply: Exchange): string[] {
  return reply.headers.flatMap((line) => (line.startsWith('Error: ') ? [line.slice(7)] : []));
}

/** The rows of a list, split at the blanks. */
export function rowsOf(reply: Exchange): string[][] {
  return reply.body ? reply.body.split('\n').map((row) => row.split(' ')) : [];
}
