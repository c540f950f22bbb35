import type { DeployedFunction } from './deployment.ts';
import { type ExecutionEnvironment, startEnvironment } from './execution-environment.ts';
import type { ThreadOptions } from './function-thread.ts';

/** All functions of a deployment, each in its execution environment. */
export interface Functions {
  /**
   * Calls the function of that ARN. Why a call fails is written to the logs too.
   *
   * @throws Error as an execution environment's `invoke`, and where there is no such function
   */
  invoke(functionArn: string, event: unknown): Promise<unknown>;
  /** Ends them at once; calls that are not answered fail. */
  close(): Promise<void>;
}

/** Starts the functions; when one of them fails to, none is left running. */
export async function startFunctions(
  deployed: readonly DeployedFunction[],
  options: Omit<ThreadOptions, 'deployed'>,
): Promise<Functions> {
  const environments = new Map<string, ExecutionEnvironment>();
  let closed = false;

  async function start(one: DeployedFunction): Promise<void> {
    environments.set(one.arn, await startEnvironment({ ...options, deployed: one }));
  }

  async function close(): Promise<void> {
    closed = true;
    await Promise.all([...environments.values()].map((environment) => environment.close()));
  }

  async function invoke(functionArn: string, event: unknown): Promise<unknown> {
    const environment = environments.get(functionArn);
    // An environment that is called again after its end would start anew.
    if (closed || !environment) throw new Error(`${functionArn} is not running.`);
    try {
      return await environment.invoke(event);
    } catch (error) {
      if (!closed) options.logs.write(`${functionArn}: ${(error as Error).message}\n`);
      throw error;
    }
  }

  const starting = await Promise.allSettled(deployed.map(start));
  const failed = starting.find((outcome) => outcome.status === 'rejected');
  if (!failed) return { invoke, close };
  await close();
  throw failed.reason;
}
