import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Writable } from 'node:stream';
import { build } from 'esbuild';
import type { DeployedFunction } from '../../../infra/local/deployment.ts';

const WORKER = path.join(import.meta.dirname, '../../../infra/local/function-thread-worker.ts');

/** A function that does as its event says. */
const BUNDLE = `
let calls = 0;
export async function handler(event, context) {
  calls++;
  if (event.say) console.log(event.say);
  if (event.crash) setImmediate(() => { throw new Error('crashed'); });
  if (event.exit) process.exit(1);
  if (event.fill) for (const full = []; ; ) full.push(new Array(100_000).fill(calls));
  if (event.throw) throw new Error('thrown');
  if (event.crash || event.hang) await new Promise(() => {});
  return { calls, env: process.env, name: context.functionName, left: context.getRemainingTimeInMillis() };
}`;

export interface Probe {
  readonly deployed: DeployedFunction;
  /** The bundled worker. */
  readonly worker: string;
  /** Removes its files. */
  remove(): Promise<void>;
}

/** Writes a function that does as its event says, named `probe`, to a directory of its own. */
export async function writeProbe(): Promise<Probe> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'joker-dmapi-test-'));
  const bundle = path.join(directory, 'index.mjs');
  const worker = path.join(directory, 'worker.mjs');
  await writeFile(bundle, BUNDLE);
  await build({ entryPoints: [WORKER], outfile: worker, format: 'esm' });
  const deployed = {
    arn: 'arn:aws:lambda:eu-central-1:000000000000:function:probe',
    name: 'probe',
    bundle,
    timeoutSeconds: 300,
    memoryMb: 256,
    environment: { OWN: 'mine' },
  };
  return { deployed, worker, remove: () => rm(directory, { recursive: true }) };
}

/** Keeps what is logged. */
export function collectLogs() {
  let text = '';
  const logs = new Writable({
    write(chunk, _encoding, done) {
      text += chunk;
      done();
    },
  });
  return { logs, logged: () => text };
}
