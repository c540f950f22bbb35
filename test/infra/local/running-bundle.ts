import { Writable } from 'node:stream';
import {
  type LocalRun,
  type LocalRunOptions,
  startLocalRun,
} from '../../../infra/local/local-run.ts';
import { SIMULATED_ACME_ZONES } from '../../../infra/local/settings.ts';

export interface RunningBundle extends LocalRun {
  /** Everything that the functions logged so far. */
  logged(): string;
  get(path: string, init?: RequestInit): Promise<Answer>;
  /** With `body` as JSON, unless it is a text already. */
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: each test knows what it asked for
  readonly json: any;
}

/**
 * The whole bundle on a free port, with a client for it. Unless told otherwise, the reconciler runs
 * at the start, and then on demand.
 */
export async function startBundle(options: Partial<LocalRunOptions> = {}): Promise<RunningBundle> {
  const chunks: Buffer[] = [];
  const logs = new Writable({
    write(chunk, _encoding, done) {
      chunks.push(Buffer.from(chunk));
      done();
    },
  });
  const run = await startLocalRun({
    port: 0,
    reconcileSeconds: 86_400,
    dmapi: undefined,
    acmeZones: SIMULATED_ACME_ZONES,
    tell: () => {},
    logs,
    ...options,
  });
  const get = async (path: string, init?: RequestInit) => read(await fetch(run.url + path, init));
  return {
    ...run,
    logged: () => Buffer.concat(chunks).toString(),
    get,
    post: (path, body, headers = {}) =>
      get(path, {
        method: 'POST',
        headers,
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
  };
}

async function read(response: Response): Promise<Answer> {
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: isJson ? JSON.parse(text) : undefined,
  };
}
