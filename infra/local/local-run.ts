import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Writable } from 'node:stream';
import type { DeliveredEvent } from './aws/event-bridge.ts';
import {
  type AwsStandIns,
  createResources,
  serviceVariables,
  startAwsStandIns,
} from './aws-stand-ins.ts';
import type { DeployedFunction, Deployment } from './deployment.ts';
import { createFunctions } from './functions.ts';
import { createGateway } from './gateway.ts';
import { openGatewayServer } from './gateway-server.ts';
import type { GeneratedLogin } from './generated-login.ts';
import { createLocalRoutes } from './local-routes.ts';
import {
  SIMULATED_API_KEY,
  SIMULATED_PASSWORD,
  SIMULATED_USERNAME,
} from './registrar/credentials.ts';
import { type SimulatedRegistrar, startRegistrar } from './registrar/registrar.ts';
import { seedResults } from './registrar/seed.ts';
import { startSchedule } from './schedule.ts';
import type { LocalSettings } from './settings.ts';
import { synthesiseApart } from './synthesise-apart.ts';
import { wholeRun } from './whole-run.ts';

export interface LocalRunOptions extends LocalSettings {
  /** Is told each step and each event, as a line for people. */
  readonly tell: (line: string) => void;
  /** Takes what the functions log. */
  readonly logs: Writable;
}

/** The whole bundle, running on this machine. */
export interface LocalRun extends AwsStandIns {
  /** `http://127.0.0.1:<port>`; the routes are under `/v1` and `/_local`. */
  readonly url: string;
  /** `undefined` where DMAPI_URL names another service. */
  readonly registrar: SimulatedRegistrar | undefined;
  /** What ACME clients log in with; `undefined` where no zone is open to them. */
  readonly acmeLogin: GeneratedLogin | undefined;
  /** Runs the reconciler, after a run that is going on. Returns what it returns, rejects if it fails. */
  reconcile(): Promise<unknown>;
  /** Ends everything. */
  close(): Promise<void>;
}

/**
 * Runs the bundle as it would be deployed: routes, functions, environments, tables, buses and the
 * scheduled function come from the synthesised template, the code from the bundles, AWS services are
 * stand-ins on loopback.
 *
 * @throws SettingError when the port is taken; then nothing is left running.
 */
export async function startLocalRun(options: LocalRunOptions): Promise<LocalRun> {
  const started: (() => Promise<unknown>)[] = [];
  const close = async () => {
    // What was started last uses what was started before.
    for (const end of started.splice(0).reverse()) await end();
  };
  const keep: Keep = (part) => {
    started.push(() => part.close());
    return part;
  };
  try {
    return { ...(await start(options, keep)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** For clients of others: the bundle itself has the key. */
const HOW_TO_LOG_IN = `log in there as ${SIMULATED_USERNAME} with ${SIMULATED_PASSWORD}, or by the key ${SIMULATED_API_KEY}`;

function howAcmeClientsLogIn(url: string, { username, password }: GeneratedLogin): string {
  return `ACME clients log in at ${url}/v1/acme as ${username} with ${password}`;
}

type Keep = <T extends { close(): Promise<unknown> }>(part: T) => T;

async function start(options: LocalRunOptions, keep: Keep): Promise<Omit<LocalRun, 'close'>> {
  const { port, reconcileSeconds, dmapi, acmeZones, tell, logs } = options;
  const server = keep(await openGatewayServer(port));
  const registrar = dmapi ? undefined : keep(await startRegistrar());
  const dmapiUrl = dmapi?.url ?? registrar?.url ?? '';
  tell(registrar ? `simulated registrar at ${dmapiUrl}` : `registrar at ${dmapiUrl}`);
  if (registrar) tell(HOW_TO_LOG_IN);

  tell('bundling the functions, synthesising the stacks');
  const directory = keep(await temporaryDirectory());
  const preparing = [
    synthesiseApart({ dmapiUrl, acmeZones: acmeZones.join(',') }, directory.path),
    startAwsStandIns(Date.now).then(keep),
  ] as const;
  // All of it, so that what has started is known when one part has failed.
  await Promise.allSettled(preparing);
  const [{ deployment, worker }, standIns] = await Promise.all(preparing);

  tell(`${deployment.functions.length} functions, each started by its first call`);
  const secret = dmapi?.secret ?? { apiKey: SIMULATED_API_KEY };
  const [acmeLogin] = await createResources(standIns, deployment, secret);
  if (acmeLogin) tell(howAcmeClientsLogIn(server.url, acmeLogin));
  const { eventBridge } = standIns;
  eventBridge.onDelivered((event) => tell(describe(event)));
  const environment = { worker, serviceVariables: serviceVariables(standIns), logs };
  const functions = keep(createFunctions(quietened(deployment), environment));
  const arns = new Map(deployment.functions.map(({ name, arn }) => [name, arn]));
  standIns.lambda.onInvoked([...arns.keys()], (name, event) => {
    // Why it has failed is in the log.
    functions.invoke(arns.get(name) ?? name, event).catch(() => {});
  });
  const settleSeeded = registrar ? seed(registrar) : () => {};
  const { runNow } = keep(
    startSchedule({
      everyMs: reconcileSeconds * 1000,
      // It need not stay for orders: whoever places one sees to it that the function does.
      call: () => functions.invoke(deployment.scheduledFunctionArn, {}).finally(settleSeeded),
    }),
  );
  const reconcile = () => wholeRun(runNow);
  const gateway = createGateway(deployment.api, functions.invoke);
  const { delivered: events } = eventBridge;
  server.serve(createLocalRoutes({ events, reconcile, otherwise: gateway }));
  return { ...standIns, url: server.url, registrar, acmeLogin, reconcile };
}

/** A line from the reconciler every few seconds would bury the events; its route tells the same. */
function quietened({ functions, scheduledFunctionArn }: Deployment): DeployedFunction[] {
  return functions.map((deployed) =>
    deployed.arn === scheduledFunctionArn
      ? { ...deployed, environment: { ...deployed.environment, POWERTOOLS_LOG_LEVEL: 'WARN' } }
      : deployed,
  );
}

/** How long after the first run the seeded result stays in progress: settled before the second. */
const SETTLE_AFTER_MS = 2000;

/**
 * Results to begin with, one of them in progress.
 *
 * @returns to be called when the first run has ended: how long that takes must not decide whether it
 *   meets a result in progress
 */
function seed(registrar: SimulatedRegistrar): () => void {
  const seeded = seedResults(Date.now(), Number.POSITIVE_INFINITY).map(registrar.addResult);
  let open = seeded.find(({ settles }) => settles !== null);
  return () => {
    if (!open) return;
    const { svTrId } = open;
    open = undefined;
    setTimeout(() => registrar.settle(svTrId, 'ack'), SETTLE_AFTER_MS).unref();
  };
}

/** What came of what, and then what a consumer gets, on one line. */
function describe({ 'detail-type': type, resources, detail }: DeliveredEvent): string {
  const line = `event ${type} ${resources.join(' ')} ${JSON.stringify(detail)}`;
  // A terminal would obey control characters, and events hold words of the registrar.
  return line.replace(/\p{Cc}/gu, '?');
}

async function temporaryDirectory() {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'joker-dmapi-'));
  return { path: directory, close: () => rm(directory, { recursive: true, force: true }) };
}
