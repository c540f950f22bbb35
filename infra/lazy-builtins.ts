import { createRequire } from 'node:module';
import type { Plugin } from 'esbuild';

const NAMESPACE = 'lazy-builtin';
const require = createRequire(import.meta.url);

/**
 * Has bundles load the larger of Node's own modules at the first use of an export. An import loads
 * them at the start, and an ES import reads every export, too: from Node 22 on, `node:http` then
 * loads a WebSocket client as well, and all of it is two thirds of a function's import (nodejs/node
 * issues 57649 and 59686).
 */
export const lazyBuiltins: Plugin = {
  name: 'lazy-builtins',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(node:)?(https?|crypto)$/ }, ({ path, namespace, importer }) =>
      namespace === NAMESPACE
        ? { path, external: true }
        : {
            path: `node:${path.replace('node:', '')}`,
            namespace: NAMESPACE,
            // For each importer one: what several files of a bundle share becomes a file of its own.
            suffix: `?${importer}`,
          },
    );
    onLoad({ filter: /^/, namespace: NAMESPACE }, ({ path }) => ({ contents: lazily(path) }));
  },
};

function lazily(builtin: string): string {
  const names = JSON.stringify(Object.keys(require(builtin)));
  return `
    let loaded;
    for (const name of ${names}) {
      const get = () => (loaded ??= require('${builtin}'))[name];
      Object.defineProperty(exports, name, { enumerable: true, get });
    }`;
}
