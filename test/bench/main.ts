import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { bundleFunctions } from '../../infra/bundling.ts';
import { benchColdStart } from './cold-start.ts';
import { benchFaults } from './faults.ts';
import { benchFuzz } from './fuzz/fuzz.ts';
import { benchLoad } from './load/load.ts';
import { benchMemory } from './memory.ts';
import { benchOneLogin } from './one-login/one-login.ts';
import { benchOrders } from './orders.ts';
import { benchParsing } from './parsing.ts';
import { benchReconciler } from './reconciler.ts';
import { benchSettleToTold } from './settle-to-told/settle-to-told.ts';
import { type Table, writeTable } from './table.ts';
import { benchWarmCall } from './warm-call.ts';
import { benchLargeZone } from './zones/large-zone.ts';
import { benchZoneText } from './zones/zone-text.ts';
import { benchZoneWrites } from './zones/zone-writes.ts';

/** Each takes the folder with the bundled functions and measures one thing. */
const BENCHES: Readonly<Record<string, (bundles: string) => Promise<Table[]>>> = {
  'warm-call': benchWarmCall,
  'cold-start': benchColdStart,
  'one-login': benchOneLogin,
  parsing: benchParsing,
  reconciler: benchReconciler,
  orders: benchOrders,
  'settle-to-told': benchSettleToTold,
  'zone-text': benchZoneText,
  'zone-writes': benchZoneWrites,
  'large-zone': benchLargeZone,
  faults: benchFaults,
  fuzz: benchFuzz,
  load: benchLoad,
  memory: benchMemory,
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
      tables.push(...(await run(name, () => bench(bundles))));
    }
    await writeFile(RESULTS, JSON.stringify({ machine: machine(), tables }, null, 2));
  } finally {
    await rm(bundles, { recursive: true, force: true });
  }
}

/** One that fails does not keep the others from running. */
async function run(name: string, bench: () => Promise<Table[]>): Promise<Table[]> {
  try {
    const tables = await bench();
    for (const table of tables) console.log(writeTable(table));
    return tables;
  } catch (error) {
    console.error(`${name} has failed:`, error);
    process.exitCode = 1;
    return [];
  }
}

function machine(): string {
  const [cpu] = os.cpus();
  return `${os.availableParallelism()} cores of ${cpu?.model.trim()}, Node ${process.version}, ${os.type()} ${os.arch()}`;
}

await main(process.argv.slice(2));
