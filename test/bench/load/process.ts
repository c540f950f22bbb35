import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Message, ServerCommands } from './server.ts';

/** The commands, each over to the other process and back. */
type Remote = {
  readonly [Name in keyof ServerCommands]: (
    ...args: Parameters<ServerCommands[Name]>
  ) => Promise<Awaited<ReturnType<ServerCommands[Name]>>>;
};

export interface LoadProcess extends Remote {
  /** Ends it; whether it has ended by itself, with nothing left running. */
  end(): Promise<boolean>;
}

const SERVER = path.join(import.meta.dirname, 'server.ts');
const END_MS = 10_000;

/** Starts the process that has the local run, so that its memory is its own. */
export function startLoadProcess(): LoadProcess {
  const child = fork(SERVER, {
    execArgv: ['--import', 'tsx', '--expose-gc'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const callers = new Map<number, (answer: { result?: unknown; error?: string }) => void>();
  let calls = 0;
  child.on('message', (answer: { id: number; result?: unknown; error?: string }) => {
    callers.get(answer.id)?.(answer);
    callers.delete(answer.id);
  });
  child.on('exit', (code) => {
    for (const settle of callers.values()) settle({ error: `It has ended (${code}).` });
    callers.clear();
  });

  async function ask(name: Message['name'], args: readonly unknown[]) {
    const id = calls++;
    const answered = new Promise<{ result?: unknown; error?: string }>((resolve) => {
      callers.set(id, resolve);
    });
    child.send({ id, name, args } satisfies Message);
    const { result, error } = await answered;
    if (error !== undefined && name !== 'close') throw new Error(`The local run: ${error}`);
    return result;
  }

  const names = ['start', 'drop', 'arm', 'failAws', 'look', 'close'] as const;
  const commands = names.map((name) => [name, (...args: unknown[]) => ask(name, args)]);
  return {
    ...(Object.fromEntries(commands) as Remote),
    async end() {
      const ended = child.exitCode !== null || child.signalCode !== null || once(child, 'exit');
      void ask('close', []);
      const timer = setTimeout(() => child.kill('SIGKILL'), END_MS);
      await ended;
      clearTimeout(timer);
      return child.signalCode === null;
    },
  };
}
