import http from 'node:http';
import { text } from 'node:stream/consumers';
import type { Started } from './server.ts';

/** One call of a route, and what its answer has to be. */
export interface Call {
  readonly route: string;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: object;
  /** Whether a 200 or 204 answers what was asked. */
  isRight(body: LooseJson): boolean;
}

// biome-ignore lint/suspicious/noExplicitAny: each call knows its answer
export type LooseJson = any;

export interface CallAnswer {
  readonly status: number;
  readonly json: LooseJson;
}

/** What there is to call: reads that hold whatever happens, and changes that are made once. */
export function createCalls({ kept, deletable }: Started) {
  let nextDeletable = 0;

  function read(): Call {
    const planted = kept[Math.floor(Math.random() * kept.length)];
    if (!planted) throw new Error('Nothing was planted.');
    const { svTrId, requestObject } = planted;
    const dice = Math.random();
    if (dice < 0.35) return profile;
    if (dice < 0.65) {
      return get('result-retrieve', { svTrId }, ({ status, objectName, content }) => {
        const isWhole = typeof content === 'string' && content !== '';
        return status === 'ack' && objectName === requestObject && isWhole;
      });
    }
    if (dice < 0.75) {
      return get('result-list', { requestObject, countOnly: 'true' }, ({ count }) => count === 1);
    }
    return get('result-list', { svTrId }, ({ results, rowCount }) => {
      const [result] = results;
      return rowCount === 1 && result.svTrId === svTrId && result.requestObject === requestObject;
    });
  }

  /** Each id once; `undefined` when all are used up. */
  function change(): Call | undefined {
    const svTrId = deletable[nextDeletable++];
    if (svTrId === undefined) return undefined;
    return post('result-delete', { svTrId }, ({ message }) => message.includes(svTrId));
  }

  return { read, change, login, logout };
}

const profile = get('query-profile', {}, ({ profile: { customerId } }) => customerId === '1000001');
const login = post('login', {}, ({ uid, tlds }) => uid === '1000001' && tlds.includes('com'));
const logout = post('logout', {}, (body) => body === undefined);

function get(route: string, query: Record<string, string>, isRight: Call['isRight']): Call {
  return { route, method: 'GET', path: `/v1/${route}?${new URLSearchParams(query)}`, isRight };
}

function post(route: string, body: object, isRight: Call['isRight']): Call {
  return { route, method: 'POST', path: `/v1/${route}`, body, isRight };
}

/** Sends calls over that many connections, which are kept. */
export function createCaller(url: string, connections: number) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections });

  async function send({ method, path, body }: Call): Promise<CallAnswer> {
    const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
      const headers = { 'content-type': 'application/json' };
      const request = http.request(new URL(path, url), { method, agent, headers }, resolve);
      request.on('error', reject).end(body && JSON.stringify(body));
    });
    const received = await text(response);
    const json = received === '' ? undefined : JSON.parse(received);
    return { status: response.statusCode ?? 0, json };
  }

  return { send, close: () => agent.destroy() };
}
