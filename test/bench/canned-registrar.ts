import { readFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { type LoopbackServer, listenOnLoopback } from '../../infra/local/loopback.ts';

const FIXTURES = path.join(import.meta.dirname, '../fixtures/dmapi');

const REPLIES: Readonly<Record<string, Buffer>> = {
  '/request/login': fixture('login.success'),
  '/request/query-profile': fixture('query-profile.success'),
  '/request/result-list': fixture('result-list.documented'),
  '/request/result-retrieve': fixture('result-retrieve.ack'),
  '/request/result-delete': fixture('result-delete.success'),
};

/** A registrar that knows one answer to each request: it costs as little time as one can. */
export interface CannedRegistrar extends LoopbackServer {
  /** How long it takes to answer a login, in milliseconds. */
  loginMs: number;
  readonly logins: number;
}

export async function startCannedRegistrar(): Promise<CannedRegistrar> {
  let logins = 0;
  const server = http.createServer((request, response) => {
    const { url = '' } = request;
    const isLogin = url === '/request/login';
    if (isLogin) logins++;
    request.resume().on('end', () => {
      const answer = () => response.writeHead(200, HEADERS).end(REPLIES[url]);
      if (isLogin && registrar.loginMs > 0) setTimeout(answer, registrar.loginMs);
      else answer();
    });
  });
  const registrar = {
    ...(await listenOnLoopback(server)),
    loginMs: 0,
    get logins() {
      return logins;
    },
  };
  return registrar;
}

const HEADERS = { 'content-type': 'text/plain; charset=utf-8' };

function fixture(name: string): Buffer {
  return readFileSync(path.join(FIXTURES, `${name}.txt`));
}
