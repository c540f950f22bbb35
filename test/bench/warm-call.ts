import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { startCannedRegistrar } from './canned-registrar.ts';
import { startServices } from './services.ts';
import { inTurn, median, percentile, round } from './statistics.ts';
import type { Row, Table } from './table.ts';

const CHILD = path.join(import.meta.dirname, 'warm-call-child.mjs');
const ROUNDS = 5;
const WARM_UP = 500;
const CALLS = 2000;

/** What is called, and with which query. */
const CALLED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'query-profile': {},
  'result-list': { limit: '20', pending: 'true' },
  'result-retrieve': { svTrId: '01dac0b3000000000000000000000004' },
};

/**
 * Calls through a warm function, API event in and reply out, beside a bare `fetch` of the same
 * registrar. Each in a fresh process, in turn, one call at a time.
 */
export async function benchWarmCall(bundles: string): Promise<Table[]> {
  const registrar = await startCannedRegistrar();
  const services = await startServices(registrar.url);
  try {
    const rows: Row[] = [];
    for (const [name, params] of Object.entries(CALLED)) {
      const env = { ...services.env, PARAMS: JSON.stringify(params) };
      const bundle = pathToFileURL(path.join(bundles, `${name}.mjs`)).href;
      const fetches: Measured[] = [];
      const calls: Measured[] = [];
      const url = `${registrar.url}/request/${name}`;
      for (let round = 0; round < ROUNDS; round++) {
        const byFetch = async () => fetches.push(await measure({ ...env, URL: url }));
        const byFunction = async () => calls.push(await measure({ ...env, BUNDLE: bundle }));
        for (const run of inTurn(round, byFetch, byFunction)) await run();
      }
      rows.push(toRow(name, calls, fetches));
    }
    const title = `Warm call: through the function beside a bare fetch, ${ROUNDS} × ${CALLS} calls`;
    return [{ title, rows }];
  } finally {
    await Promise.all([services.close(), registrar.close()]);
  }
}

interface Measured {
  readonly durations: readonly number[];
  readonly allMs: number;
}

async function measure(env: Readonly<Record<string, string>>): Promise<Measured> {
  const child = fork(CHILD, {
    env: { ...env, WARM_UP: String(WARM_UP), CALLS: String(CALLS) },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const failed = once(child, 'exit').then(() => {
    throw new Error('A process of the bench has failed.');
  });
  const [measured] = await Promise.race([once(child, 'message'), failed]);
  child.disconnect();
  await failed.catch(() => {});
  return measured as Measured;
}

function toRow(name: string, calls: readonly Measured[], fetches: readonly Measured[]): Row {
  const perSecond = (all: readonly Measured[]) =>
    median(all.map(({ allMs }) => (CALLS * 1000) / allMs));
  const at = (all: readonly Measured[], share: number) =>
    median(all.map(({ durations }) => percentile(durations, share)));
  const ratios = calls.map(({ allMs }, i) => (fetches[i]?.allMs ?? Number.NaN) / allMs);
  return {
    function: name,
    'calls/s': round(perSecond(calls)),
    'fetches/s': round(perSecond(fetches)),
    ratio: round(median(ratios), 2),
    'p50 ms': round(at(calls, 0.5), 3),
    'added p50 ms': round(at(calls, 0.5) - at(fetches, 0.5), 3),
    'p99 ms': round(at(calls, 0.99), 3),
    'added p99 ms': round(at(calls, 0.99) - at(fetches, 0.99), 3),
  };
}
