import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Metafile } from 'esbuild';
import { bundle, bundleFunctions, functionNames } from '../../infra/bundling.ts';
import { codeAtStart } from '../../infra/code-at-start.ts';
import { SIMULATED_API_KEY } from '../../infra/local/registrar/credentials.ts';
import { bundledCode, bytesOf } from '../bundled-code.ts';
import { type CannedRegistrar, startCannedRegistrar } from './canned-registrar.ts';
import { startFunctionProcess } from './function-process.ts';
import { type Services, startServices } from './services.ts';
import { inTurn, median, round } from './statistics.ts';
import type { Row, Table } from './table.ts';

const ROUNDS = 11;
const EMPTY = 'empty-handler';
/** How long the registrar takes for a login, in milliseconds: at once, and as over the internet. */
const LOGIN_MS = [0, 100];

/**
 * What a cold start takes: importing each function beside an empty one; then from the import to the
 * first answer, beside the least code that makes the same calls. Each in a fresh process, in turn.
 */
export async function benchColdStart(bundles: string): Promise<Table[]> {
  return [
    { title: `Cold start: import, ${ROUNDS} processes each`, rows: await measureImports(bundles) },
    {
      title: `Cold start: from import to first answer (query-profile), ${ROUNDS} processes each`,
      rows: await measureColdPaths(bundles),
    },
  ];
}

async function measureImports(bundles: string): Promise<Row[]> {
  const empty = await source(bundles, `${EMPTY}.ts`);
  const ours = await bundleFunctions(bundles);
  const metafiles = new Map([
    [EMPTY, await bundle({ [EMPTY]: empty }, bundles)],
    ...functionNames().map((name) => [name, ours] as const),
  ]);
  const times = new Map<string, number[]>([...metafiles.keys()].map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, taken] of times) {
      const started = await startFunctionProcess({
        bundle: path.join(bundles, `${name}.mjs`),
        env: {},
      });
      started.close();
      taken.push(started.importMs);
    }
  }
  const emptyMs = median(times.get(EMPTY) ?? []);
  return [...metafiles].map(([name, metafile]) =>
    toImport(name, metafile, { importMs: median(times.get(name) ?? []), emptyMs }),
  );
}

function toImport(name: string, metafile: Metafile, times: Record<'importMs' | 'emptyMs', number>) {
  const file = `${name}.mjs`;
  const atStart = codeAtStart(metafile, file);
  return {
    function: name,
    'import ms': round(times.importMs, 1),
    'over empty ms': round(times.importMs - times.emptyMs, 1),
    'files at start': atStart.length,
    'KB at start': round(bytesOf(atStart) / 1000, 1),
    'KB in all': round(bytesOf(bundledCode(metafile, file).values()) / 1000, 1),
  };
}

async function source(folder: string, name: string): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, 'export async function handler() {}\n');
  return file;
}

async function measureColdPaths(bundles: string): Promise<Row[]> {
  const name = 'minimal-handler';
  await bundle({ [name]: path.join(import.meta.dirname, `${name}.ts`) }, bundles);
  const minimal = path.join(bundles, `${name}.mjs`);
  const ours = path.join(bundles, 'query-profile.mjs');
  const registrar = await startCannedRegistrar();
  const services = await startServices(registrar.url);
  try {
    const rows: Row[] = [];
    for (const loginMs of LOGIN_MS) {
      registrar.loginMs = loginMs;
      for (const stored of [false, true]) {
        rows.push(await measureColdPath({ minimal, ours }, { registrar, services, stored }));
      }
    }
    return rows;
  } finally {
    await Promise.all([services.close(), registrar.close()]);
  }
}

interface Circumstances {
  readonly registrar: CannedRegistrar;
  readonly services: Services;
  /** Whether an earlier call has left its session in the table. */
  readonly stored: boolean;
}

async function measureColdPath(
  { minimal, ours }: { readonly minimal: string; readonly ours: string },
  circumstances: Circumstances,
): Promise<Row> {
  const { registrar, stored } = circumstances;
  const times = new Map<string, number[]>([
    [minimal, []],
    [ours, []],
  ]);
  const calls = new Set<string>();
  for (let round = 0; round < ROUNDS; round++) {
    for (const bundle of inTurn(round, minimal, ours)) {
      const { ms, made } = await coldCall(bundle, circumstances);
      times.get(bundle)?.push(ms);
      calls.add(made);
    }
  }
  if (calls.size > 1) throw new Error(`The two make other calls: ${[...calls].join(' / ')}.`);
  const [baseline = [], measured = []] = times.values();
  return {
    session: stored ? 'stored' : 'by login',
    'login takes ms': registrar.loginMs,
    'AWS calls': [...calls].join(),
    'function ms': round(median(measured), 1),
    'minimal ms': round(median(baseline), 1),
    ratio: round(median(measured.map((ms, i) => ms / (baseline[i] ?? Number.NaN))), 2),
  };
}

let secrets = 0;

/** @returns how long it has taken from the import to the answer, and which calls of AWS it has made */
async function coldCall(bundle: string, { registrar, services, stored }: Circumstances) {
  // A secret nobody has used has no session yet.
  const DMAPI_SECRET_ID = `secret-${secrets++}`;
  services.secretsManager.put(DMAPI_SECRET_ID, JSON.stringify({ apiKey: SIMULATED_API_KEY }));
  const call = async () => {
    const env = { ...services.env, DMAPI_SECRET_ID };
    const started = await startFunctionProcess({ bundle, env });
    const { result, durationMs } = await started.call({ requestContext: {} });
    started.close();
    if (result.statusCode !== 200) throw new Error(`The cold call failed: ${result.body}`);
    return started.importMs + durationMs;
  };
  const before = registrar.logins;
  if (stored) await call();
  const callsBefore = awsCalls(services);
  const ms = await call();
  if (registrar.logins !== before + 1) throw new Error('The cold calls made more than one login.');
  const made = awsCalls(services).map(
    ([name, n], i) => `${name} ${n - (callsBefore[i]?.[1] ?? 0)}`,
  );
  return { ms, made: made.join(', ') };
}

function awsCalls({ secretsManager, dynamoDb }: Services) {
  const count = (calls: ReadonlyMap<string, number>, name: string) =>
    [name, calls.get(name) ?? 0] as const;
  return [
    count(secretsManager.calls, 'GetSecretValue'),
    count(dynamoDb.calls, 'GetItem'),
    count(dynamoDb.calls, 'UpdateItem'),
  ];
}
