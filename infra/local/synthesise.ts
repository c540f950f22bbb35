import path from 'node:path';
import { bundle } from '../bundling.ts';
import { inProcessApp } from '../in-process-app.ts';
import { readSettings } from '../settings.ts';
import { addStacks } from '../stacks.ts';
import { type Deployment, readDeployment } from './deployment.ts';

export interface Synthesis {
  readonly deployment: Deployment;
  /** The file of the worker that plays Lambda's runtime. */
  readonly worker: string;
}

/** What a local run sets of the stacks, each as on CDK's command line. */
export interface LocalContext {
  readonly dmapiUrl: string;
  /** @default none */
  readonly acmeZones?: string;
}

/**
 * Synthesises the stacks as they would be deployed, but for what the local run sets, into a directory,
 * where the bundles come to lie too.
 */
export async function synthesise(context: LocalContext, directory: string): Promise<Synthesis> {
  const app = inProcessApp(directory);
  const [worker] = await Promise.all([
    bundleWorker(directory),
    addStacks(app, readSettings({ stage: 'local', ...context })),
  ]);
  return { deployment: readDeployment(app.synth()), worker };
}

/** Threads take no TypeScript on every Node that the local run supports. */
async function bundleWorker(directory: string): Promise<string> {
  const name = 'function-thread-worker';
  await bundle({ [name]: path.join(import.meta.dirname, `${name}.ts`) }, directory);
  return path.join(directory, `${name}.mjs`);
}
