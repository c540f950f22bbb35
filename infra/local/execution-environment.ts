import { type FunctionThread, startThread, type ThreadOptions } from './function-thread.ts';

const CLOSED = 'The local run is closed.';

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

/** A function's environment, which its first call starts, as on Lambda. */
export function executionEnvironment(options: ThreadOptions): ExecutionEnvironment {
  let thread: Promise<FunctionThread> | undefined;
  let closed = false;

  /** The thread, or where there is none, or it has ended or never started, a new one for all who ask. */
  async function living(): Promise<FunctionThread> {
    const asked = thread;
    const found = await asked?.catch(() => undefined);
    if (closed) throw new Error(CLOSED);
    if (found && !found.ended) return found;
    if (!thread || thread === asked) thread = startThread(options);
    return await thread;
  }

  return {
    invoke: async (event) => (await living()).invoke(event),
    close: async () => {
      closed = true;
      await (await thread?.catch(() => undefined))?.end(CLOSED);
    },
  };
}
