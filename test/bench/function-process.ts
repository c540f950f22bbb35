import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** A function in a process of its own, as fresh as after a cold start. */
export interface FunctionProcess {
  readonly importMs: number;
  /** @throws Error when the process ends instead of answering. */
  call(event: unknown, remainingMs?: number): Promise<Call>;
  close(): void;
}

export interface Call {
  // biome-ignore lint/suspicious/noExplicitAny: each caller knows its function
  readonly result: any;
  readonly durationMs: number;
  /** The most memory that the process has had so far, all told. */
  readonly peakMb: number;
}

export interface FunctionProcessOptions {
  /** The bundle's file. */
  readonly bundle: string;
  readonly env: Readonly<Record<string, string>>;
  /** As Lambda gives a function, in megabytes. @default no limit */
  readonly memoryMb?: number;
}

const CHILD = path.join(import.meta.dirname, 'function-process-child.mjs');
/** What the runtime leaves to the heap, roughly. */
const HEAP_SHARE = 0.8;

/** Starts a process and waits until it has loaded the bundle. */
export async function startFunctionProcess(
  options: FunctionProcessOptions,
): Promise<FunctionProcess> {
  const { bundle, env, memoryMb } = options;
  const child = fork(CHILD, {
    execArgv: memoryMb ? [`--max-old-space-size=${Math.floor(memoryMb * HEAP_SHARE)}`] : [],
    env: { ...env, BUNDLE: pathToFileURL(bundle).href },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const { importMs } = await message<{ importMs: number }>(child);
  return {
    importMs,
    async call(event, remainingMs = 55_000) {
      child.send({ event, remainingMs });
      return await message<Call>(child);
    },
    close: () => void child.kill(),
  };
}

async function message<T>(child: ChildProcess): Promise<T> {
  const waiting = new AbortController();
  const { signal } = waiting;
  const ended = once(child, 'exit', { signal }).then(([code, killedBy]) => {
    throw new Error(`The function's process ended (${killedBy ?? code}).`);
  });
  try {
    const [received] = await Promise.race([once(child, 'message', { signal }), ended]);
    return received as T;
  } finally {
    waiting.abort();
    ended.catch(() => {});
  }
}
