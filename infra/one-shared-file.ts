import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Metafile, Plugin } from 'esbuild';
import { codeAtStart } from './code-at-start.ts';

/** What each action's function imports, and nothing else does. */
const EDGE = 'shared/http/serve.ts';

/**
 * Has modules lie in one file with the HTTP edge, from which the functions of all actions read them.
 * Left to itself, esbuild makes a file for each set of functions that share something, ten and more
 * that a function reads at its start, and each takes about half a millisecond.
 *
 * @param modules paths as seen from the project
 */
export function oneSharedFile(project: string, modules: readonly string[]): Plugin {
  const edge = path.join(project, EDGE);
  // An import of nothing: it adds no code, yet esbuild takes the module for one that is needed there.
  const imports = modules.map((module) => `import '../../${module}';`);
  return {
    name: 'one-shared-file',
    setup({ onLoad }) {
      onLoad({ filter: /[\\/]http[\\/]serve\.ts$/ }, async ({ path: file }) => {
        if (file !== edge) return null;
        return { contents: (await readFile(edge, 'utf8')) + imports.join(''), loader: 'ts' };
      });
    },
  };
}

/** The modules that at least two actions need at their start, by esbuild's account of a build. */
export function sharedAtStart(metafile: Metafile): string[] {
  const uses = new Map<string, number>();
  for (const [file, { entryPoint }] of Object.entries(metafile.outputs)) {
    if (!entryPoint) continue;
    const modules = codeAtStart(metafile, file).flatMap(({ inputs }) => Object.keys(inputs));
    if (!modules.includes(EDGE)) continue;
    for (const module of modules) uses.set(module, (uses.get(module) ?? 0) + 1);
  }
  return [...uses.keys()]
    .filter((module) => module.startsWith('shared/') && module !== EDGE)
    .filter((module) => (uses.get(module) ?? 0) > 1)
    .sort();
}
