import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { LocalContext, Synthesis } from './synthesise.ts';

const CHILD = path.join(import.meta.dirname, 'synthesise-child.ts');

/**
 * Synthesises in a process of its own, which ends with it: the CDK and the bundler take several
 * times the memory of all that keeps running.
 *
 * @throws Error when it fails; why is written to the standard error by then
 */
export async function synthesiseApart(
  context: LocalContext,
  directory: string,
): Promise<Synthesis> {
  const child = fork(CHILD, [JSON.stringify(context), directory], {
    // Where tsx is found.
    cwd: import.meta.dirname,
    execArgv: ['--import', 'tsx'],
    // Takes maps, too.
    serialization: 'advanced',
  });
  let synthesis: Synthesis | undefined;
  child.on('message', (message) => {
    synthesis = message as Synthesis;
  });
  const [code, signal] = await once(child, 'close');
  if (synthesis) return synthesis;
  throw new Error(`The stacks could not be synthesised (${signal ?? code}).`);
}
