import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Writable } from 'node:stream';
import { type SecretsManager, startSecretsManager } from './aws/secrets-manager.ts';
import type { Deployment } from './deployment.ts';
import { type ExecutionEnvironment, startEnvironment } from './execution-environment.ts';
import { createGateway } from './gateway.ts';
import { type GatewayServer, openGatewayServer } from './gateway-server.ts';
import { SIMULATED_API_KEY } from './registrar/credentials.ts';
import { type SimulatedRegistrar, startRegistrar } from './registrar/registrar.ts';
import type { LocalSettings } from './settings.ts';
import { REGION } from './stack-template.ts';

export interface LocalRunOptions extends LocalSettings {
  /** Is told each step, as a line for people. */
  readonly tell: (line: string) => void;
  /** Takes what the functions log. */
  readonly logs: Writable;
}

/** The whole bundle, running on this machine. */
export interface LocalRun {
  /** `http://127.0.0.1:<port>`; the routes are under `/v1`. */
  readonly url: string;
  readonly secretsManager: SecretsManager;
  /** `undefined` where DMAPI_URL names another service. */
  readonly registrar: SimulatedRegistrar | undefined;
  /** Ends everything. */
  close(): Promise<void>;
}

/**
 * Runs the bundle as it would be deployed: routes, functions and environments come from the
 * synthesised template, the code from the bundles, AWS services are stand-ins on loopback.
 *
 * @throws SettingError when the port is taken; then nothing is left running.
 */
export async function startLocalRun(options: LocalRunOptions): Promise<LocalRun> {
  const started: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const end of started.splice(0)) await end();
  };
  const keep = <T extends { close(): Promise<unknown> }>(part: T): T => {
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

type Keep = <T extends { close(): Promise<unknown> }>(part: T) => T;

async function start({ port, dmapi, tell, logs }: LocalRunOptions, keep: Keep) {
  const server = keep(await openGatewayServer(port));
  const registrar = dmapi ? undefined : keep(await startRegistrar({ seed: true }));
  const dmapiUrl = dmapi?.url ?? registrar?.url ?? '';
  tell(registrar ? `simulated registrar at ${dmapiUrl}` : `registrar at ${dmapiUrl}`);

  tell('bundling the functions, synthesising the stacks');
  const directory = keep(await temporaryDirectory());
  const { synthesise } = await import('./synthesise.ts');
  const { deployment, worker } = await synthesise(dmapiUrl, directory.path);

  tell(`starting ${deployment.functions.length} functions`);
  const secretsManager = keep(await startSecretsManager());
  const secret = JSON.stringify(dmapi?.secret ?? { apiKey: SIMULATED_API_KEY });
  for (const arn of deployment.secretArns) secretsManager.put(arn, secret);
  const serviceVariables = variables(secretsManager);
  const starting = deployment.functions.map(async (deployed) => {
    const options = { deployed, worker, serviceVariables, logs };
    return [deployed.arn, keep(await startEnvironment(options))] as const;
  });
  // All of them, so that what has started is known when one has failed.
  await Promise.allSettled(starting);
  const environments = new Map(await Promise.all(starting));

  serve(server, deployment, environments, logs);
  return { url: server.url, secretsManager, registrar };
}

function serve(
  server: GatewayServer,
  deployment: Deployment,
  environments: ReadonlyMap<string, ExecutionEnvironment>,
  logs: Writable,
): void {
  const gateway = createGateway(deployment, async (functionArn, event) => {
    try {
      return await environments.get(functionArn)?.invoke(event);
    } catch (error) {
      logs.write(`${functionArn}: ${error}\n`);
      throw error;
    }
  });
  server.serve(gateway);
}

/** What Lambda gives every function: where it runs, keys to sign with. And where the stand-ins are. */
function variables(secretsManager: SecretsManager): Record<string, string> {
  return {
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secretsManager.url,
    // The functions are deployed on Node 24; here they run on whatever Node there is.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
}

async function temporaryDirectory() {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'joker-dmapi-'));
  return { path: directory, close: () => rm(directory, { recursive: true, force: true }) };
}
