import { randomUUID } from 'node:crypto';
import type { Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { DeployedFunction } from './deployment.ts';

/** One call of a function's handler, on its way to the thread. */
export interface Invocation {
  readonly id: string;
  readonly event: unknown;
  readonly context: Readonly<Record<string, unknown>>;
  readonly timeoutMs: number;
}

export interface ThreadOptions {
  readonly deployed: DeployedFunction;
  /** The bundled worker. */
  readonly worker: string;
  /** What the service gives every function beside its own variables: region, keys, endpoints. */
  readonly serviceVariables: Readonly<Record<string, string>>;
  /** Takes what the function logs. */
  readonly logs: Writable;
}

/** A thread that has loaded a function's bundle. */
export interface FunctionThread {
  readonly ended: boolean;
  invoke(event: unknown): Promise<unknown>;
  /** Ends the thread; calls that are not answered fail with the reason. */
  end(reason: string): Promise<void>;
}

interface Caller {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/** Starts a thread and waits until the bundle is loaded. */
export async function startThread(options: ThreadOptions): Promise<FunctionThread> {
  const { deployed } = options;
  const callers = new Map<string, Caller>();
  const thread = await load(options);
  let ended = false;

  async function end(reason: string): Promise<void> {
    ended = true;
    for (const { reject } of callers.values()) reject(new Error(reason));
    callers.clear();
    await thread.terminate();
  }

  function invoke(event: unknown): Promise<unknown> {
    const id = randomUUID();
    const timeoutMs = deployed.timeoutSeconds * 1000;
    const timer = setTimeout(() => void end(`${deployed.name} timed out.`), timeoutMs);
    return new Promise((resolve, reject) => {
      callers.set(id, { resolve, reject });
      thread.postMessage({ id, event, context: contextOf(deployed, id), timeoutMs });
    }).finally(() => clearTimeout(timer));
  }

  thread.on('message', ({ id, result, error }) => {
    const caller = callers.get(id);
    callers.delete(id);
    if (error === undefined) caller?.resolve(result);
    else caller?.reject(new Error(error));
  });
  thread.on('error', (error) => void end(`${deployed.name} crashed: ${error.message}`));
  thread.on('exit', () => void end(`${deployed.name} exited.`));
  return {
    invoke,
    end,
    get ended() {
      return ended;
    },
  };
}

/** Its first message tells that the bundle is loaded. */
async function load({ deployed, worker, serviceVariables, logs }: ThreadOptions) {
  const thread = new Worker(worker, {
    workerData: { bundle: pathToFileURL(deployed.bundle).href },
    env: { ...serviceVariables, ...lambdaVariables(deployed), ...deployed.environment },
    // What Lambda gives the whole function; a thread can only be told it for the heap.
    resourceLimits: { maxOldGenerationSizeMb: deployed.memoryMb },
    stdout: true,
    stderr: true,
  });
  for (const output of [thread.stdout, thread.stderr]) {
    output.on('data', (chunk: Buffer) => logs.write(chunk));
  }
  await new Promise<void>((resolve, reject) => {
    thread.once('message', () => resolve());
    thread.once('error', reject);
    thread.once('exit', () => reject(new Error(`${deployed.name} exited while it was loaded.`)));
  });
  return thread;
}

function lambdaVariables({ name, memoryMb }: DeployedFunction): Record<string, string> {
  return {
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  };
}

function contextOf(deployed: DeployedFunction, awsRequestId: string): Invocation['context'] {
  return {
    awsRequestId,
    functionName: deployed.name,
    functionVersion: '$LATEST',
    invokedFunctionArn: deployed.arn,
    memoryLimitInMB: String(deployed.memoryMb),
    callbackWaitsForEmptyEventLoop: false,
  };
}
