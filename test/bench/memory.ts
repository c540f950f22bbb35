import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { startCannedRegistrar } from './canned-registrar.ts';
import { keptOrThrow } from './promises.ts';
import { startServices } from './services.ts';
import { round } from './statistics.ts';
import type { Row, Table } from './table.ts';

const CHILD = path.join(import.meta.dirname, 'memory-child.mjs');
const EVERY = 10_000;
const TIMES = 5;
/** Calls of the last 25 seconds still hold their deadlines: how many those are varies. */
const MAX_GROWTH = 1.5;

interface Sample {
  readonly heapMb: number;
  readonly rssMb: number;
}

/**
 * What a warm function holds after ever more calls, once everything else is collected.
 *
 * @throws Error when it is more and more
 */
export async function benchMemory(bundles: string): Promise<Table[]> {
  const registrar = await startCannedRegistrar();
  const services = await startServices(registrar.url);
  try {
    const bundle = pathToFileURL(path.join(bundles, 'query-profile.mjs')).href;
    const samples = await measure({ ...services.env, BUNDLE: bundle });
    const rows: Row[] = samples.map(({ heapMb, rssMb }, i) => ({
      calls: (i + 1) * EVERY,
      'heap MB': round(heapMb, 1),
      'RSS MB': round(rssMb, 1),
    }));
    const growth = (samples.at(-1)?.heapMb ?? Number.NaN) / (samples[0]?.heapMb ?? Number.NaN);
    const broken =
      growth <= MAX_GROWTH ? [] : [`The heap is ${round(growth, 1)} times what it was.`];
    const title = 'Memory of a warm function (query-profile), after collecting garbage';
    return keptOrThrow([{ title, rows }], broken);
  } finally {
    await Promise.all([services.close(), registrar.close()]);
  }
}

async function measure(env: Readonly<Record<string, string>>): Promise<Sample[]> {
  const child = fork(CHILD, {
    execArgv: ['--expose-gc'],
    env: { ...env, EVERY: String(EVERY), TIMES: String(TIMES) },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const samples: Sample[] = [];
  child.on('message', (sample) => samples.push(sample as Sample));
  const [code] = await once(child, 'exit');
  if (code !== 0 || samples.length !== TIMES) throw new Error('A process of the bench has failed.');
  return samples;
}
