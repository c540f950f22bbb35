import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Writable } from 'node:stream';
import {
  type AwsStandIns,
  createResources,
  serviceVariables,
  startAwsStandIns,
} from '../../../infra/local/aws-stand-ins.ts';
import type { DeployedFunction, Deployment } from '../../../infra/local/deployment.ts';
import { startThread } from '../../../infra/local/function-thread.ts';
import { SIMULATED_API_KEY } from '../../../infra/local/registrar/credentials.ts';
import {
  type SimulatedRegistrar,
  startRegistrar,
} from '../../../infra/local/registrar/registrar.ts';
import { synthesise } from '../../../infra/local/synthesise.ts';

/** One execution environment of the function of that action. */
export interface FleetEnvironment {
  readonly action: string;
  call(event: unknown): Promise<unknown>;
}

/** Execution environments of all functions, as many as asked for, around one secret. */
export interface Fleet extends AwsStandIns {
  readonly registrar: SimulatedRegistrar;
  readonly environments: readonly FleetEnvironment[];
  /** How often an environment has gone on without the table, because of a fault or by itself. */
  withoutTable(): number;
}

const LOADING_CALLS = 5;

/** The name under which the reconciler is asked for: it has no route. */
export const RECONCILER = 'reconcile-results';

/**
 * Starts the environments, each a thread of its own. All have loaded their code, and none has a
 * session: code of so many that is loaded at once would compete for the cores of one machine, which
 * execution environments do not.
 */
export async function startFleet(counts: Readonly<Record<string, number>>): Promise<Fleet> {
  const closers: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const end of closers.splice(0).reverse()) await end();
  };
  try {
    return { ...(await start(counts, closers)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function start(
  counts: Readonly<Record<string, number>>,
  closers: (() => Promise<unknown>)[],
): Promise<Omit<Fleet, 'close'>> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'joker-dmapi-fleet-'));
  closers.push(() => rm(directory, { recursive: true, force: true }));
  const registrar = await startRegistrar();
  closers.push(registrar.close);
  const standIns = await startAwsStandIns(Date.now);
  closers.push(standIns.close);
  const { deployment, worker } = await synthesise({ dmapiUrl: registrar.url }, directory);
  await createResources(standIns, deployment, { apiKey: SIMULATED_API_KEY });
  const { logs, count: withoutTable } = counting('"sessions are not shared"');
  const options = { worker, serviceVariables: serviceVariables(standIns), logs };
  const environments: FleetEnvironment[] = [];
  standIns.secretsManager.fail('refused');
  for (const [action, count] of Object.entries(counts)) {
    const deployed = quiet(functionOf(deployment, action));
    for (let n = 0; n < count; n++) {
      const { invoke, end } = await startThread({ ...options, deployed });
      closers.push(() => end('The bench is over.'));
      environments.push({ action, call: invoke });
      await loadCode(invoke);
    }
  }
  standIns.secretsManager.fail(undefined);
  return { ...standIns, registrar, environments, withoutTable };
}

/**
 * Much is loaded and compiled at the first use: calls that get as far as to the credentials, which
 * are refused them, and to the table, which is empty.
 */
async function loadCode(invoke: FleetEnvironment['call']): Promise<void> {
  for (let n = 0; n < LOADING_CALLS; n++) {
    const result = await invoke({}).catch(() => undefined);
    if ((result as { statusCode?: number } | undefined)?.statusCode === 200) {
      throw new Error('A call has succeeded that had no credentials.');
    }
  }
}

function functionOf(
  { api, functions, scheduledFunctionArn }: Deployment,
  action: string,
): DeployedFunction {
  const route = api.routes.find(({ path }) => path === `/${action}`);
  const arn = action === RECONCILER ? scheduledFunctionArn : route?.functionArn;
  const found = functions.find((deployed) => deployed.arn === arn);
  if (!found) throw new Error(`No function serves ${action}.`);
  return found;
}

function quiet(deployed: DeployedFunction): DeployedFunction {
  return { ...deployed, environment: { ...deployed.environment, POWERTOOLS_LOG_LEVEL: 'WARN' } };
}

/** Logs that are not kept: how many lines had that text in them. */
function counting(text: string) {
  let count = 0;
  const logs = new Writable({
    write(chunk, _encoding, done) {
      count += String(chunk).split(text).length - 1;
      done();
    },
  });
  return { logs, count: () => count };
}
