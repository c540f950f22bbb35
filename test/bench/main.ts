import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { bundleFunctions } from '../../infra/bundling.ts';
import { benchColdStart } from './cold-start.ts';
import { benchReconciler } from './reconciler.ts';
import { type Table, writeTable } from './table.ts';
import { benchWarmCall } from './warm-call.ts';

/** Each takes the folder with the bundles and measures one thing. */
const BENCHES: Readonly<Record<string, (bundles: string) => Promise<Table[]>>> = {
  'warm-call': benchWarmCall,
  'cold-start': benchColdStart,
  reconciler: benchReconciler,
};

const RESULTS = 'bench.json';

/** Runs the benches named on the command line, or all, prints their tables and writes them as JSON. */
async function main(names: readonly string[]): Promise<void> {
  const unknown = names.filter((name) => !(name in BENCHES));
  if (unknown.length > 0) {
    throw new Error(`No bench is called ${unknown}. There are: ${Object.keys(BENCHES)}.`);
  }
  const bundles = await mkdtemp(path.join(os.tmpdir(), 'joker-dmapi-bench-'));
  try {
    await bundleFunctions(bundles);
    console.log(`${machine()}\n`);
    const tables: Table[] = [];
    for (const [name, bench] of Object.entries(BENCHES)) {
      if (names.length > 0 && !names.includes(name)) continue;
      const measured = await bench(bundles);
      for (const table of measured) console.log(writeTable(table));
      tables.push(...measured);
    }
    await writeFile(RESULTS, JSON.stringify({ machine: machine(), tables }, null, 2));
  } finally {
    await rm(bundles, { recursive: true, force: true });
  }
}

function machine(): string {
  const [cpu] = os.cpus();
  return `${os.availableParallelism()} cores of ${cpu?.model.trim()}, Node ${process.version}, ${os.type()} ${os.arch()}`;
}

await main(process.argv.slice(2));
