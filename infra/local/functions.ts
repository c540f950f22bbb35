import type { DeployedFunction } from './deployment.ts';
import { executionEnvironment } from './execution-environment.ts';
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

/** The functions, each of which is started by its first call. */
export function createFunctions(
  deployed: readonly DeployedFunction[],
  options: Omit<ThreadOptions, 'deployed'>,
): Functions {
  const environments = new Map(
    deployed.map((one) => [one.arn, executionEnvironment({ ...options, deployed: one })]),
  );
  let closed = false;

  async function close(): Promise<void> {
    closed = true;
    await Promise.all([...environments.values()].map((environment) => environment.close()));
  }

  async function invoke(functionArn: string, event: unknown): Promise<unknown> {
    const environment = environments.get(functionArn);
    if (closed || !environment) throw new Error(`${functionArn} is not running.`);
    try {
      return await environment.invoke(event);
    } catch (error) {
      if (!closed) options.logs.write(`${functionArn}: ${(error as Error).message}\n`);
      throw error;
    }
  }

  return { invoke, close };
}
