import { type FunctionThread, startThread, type ThreadOptions } from './function-thread.ts';

/**
 * A Lambda function's execution environment: a thread with its own module state and its own
 * environment variables. Unlike Lambda's it takes several calls at a time, which asks more of the
 * code and keeps the local run to one environment a function.
 */
export interface ExecutionEnvironment {
  /**
   * Calls the handler. @throws Error when the handler throws, does not answer within the
   * function's timeout, or its thread ends: the next call then meets a new environment.
   */
  invoke(event: unknown): Promise<unknown>;
  close(): Promise<void>;
}

/** Starts a function's environment and waits until its bundle is loaded. */
export async function startEnvironment(options: ThreadOptions): Promise<ExecutionEnvironment> {
  let thread = startThread(options);
  await thread;

  /** The thread, or where it has ended or never started, one successor for all who ask. */
  async function living(): Promise<FunctionThread> {
    const asked = thread;
    const found = await asked.catch(() => undefined);
    if (found && !found.ended) return found;
    if (thread === asked) thread = startThread(options);
    return await thread;
  }

  return {
    invoke: async (event) => (await living()).invoke(event),
    close: async () => (await thread.catch(() => undefined))?.end('The local run is closed.'),
  };
}
