import { SIMULATED_API_KEY } from '../../infra/local/registrar/credentials.ts';
import { startRegistrar } from '../../infra/local/registrar/registrar.ts';
import { type Services, startServices } from './services.ts';

const DAY_MS = 86_400_000;
const WINDOW_MS = 85 * DAY_MS;
const PAGE = 1000;

/** An account at the simulated registrar, and the AWS services, on loopback. */
export interface Account extends Services {
  /** Has half as many results settle, and adds as many that have settled. */
  change(count: number): void;
  /** Reads the whole list by bare fetch, page by page, and does nothing with it. */
  readWhole(): Promise<{ readonly requests: number; readonly rows: number }>;
}

/** Starts one with that many settled results in the window, and some in progress for ten days. */
export async function startAccount(settled: number, pending: number): Promise<Account> {
  const registrar = await startRegistrar();
  const services = await startServices(registrar.url);

  const nowMs = Date.now();
  for (let n = 0; n < settled; n++) {
    registrar.addResult({ atMs: nowMs - WINDOW_MS + (n * WINDOW_MS) / settled });
  }
  const inProgress = Array.from(
    { length: pending },
    (_, n) => registrar.addResult({ status: '?', atMs: nowMs - 10 * DAY_MS + n }).svTrId,
  );

  return {
    ...services,
    env: { ...services.env, POWERTOOLS_LOG_LEVEL: 'WARN' },
    change(count) {
      for (const svTrId of inProgress.splice(0, count / 2)) registrar.settle(svTrId, 'ack');
      for (let n = 0; n < count / 2; n++)
        registrar.addResult({ requestObject: `new-${n}.example` });
    },
    readWhole: () => readWhole(registrar.url),
    async close() {
      await Promise.all([services.close(), registrar.close()]);
    },
  };
}

async function readWhole(url: string) {
  const ask = async (name: string, params: Record<string, string>) => {
    const body = new URLSearchParams(params);
    return await (await fetch(`${url}/request/${name}`, { method: 'POST', body })).text();
  };
  const login = await ask('login', { 'api-key': SIMULATED_API_KEY });
  const sid = /^Auth-Sid: (.*)$/m.exec(login)?.[1] ?? '';
  for (let requests = 1, rows = 0; ; requests++) {
    const page = { offset: String(rows), limit: String(PAGE), pending: '1', showall: '1' };
    const reply = await ask('result-list', { 'auth-sid': sid, ...page });
    const [, body = ''] = reply.split(/\n\n(.*)/s);
    rows += body === '' ? 0 : body.split('\n').length;
    if (rows < requests * PAGE) return { requests, rows };
  }
}
