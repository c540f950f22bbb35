import path from 'node:path';
import type { Plugin } from 'esbuild';

const NAMESPACE = 'lazy-builtin';

/**
 * Has bundles load the larger of Node's own modules at the first use of an export. An import loads
 * them at the start, and an ES import reads every export, too: from Node 22 on, `node:http` then
 * loads a WebSocket client as well, and all of it is two thirds of a function's import (nodejs/node
 * issues 57649 and 59686).
 *
 * What it writes is the same on every Node and in every folder: a list of the exports would be that
 * of the Node that builds.
 */
export const lazyBuiltins: Plugin = {
  name: 'lazy-builtins',
  setup({ initialOptions: { absWorkingDir = '' }, onResolve, onLoad }) {
    onResolve({ filter: /^(node:)?(https?|crypto)$/ }, ({ path: builtin, namespace, importer }) =>
      namespace === NAMESPACE
        ? { path: builtin, external: true }
        : {
            path: `node:${builtin.replace('node:', '')}`,
            namespace: NAMESPACE,
            // For each importer one: what several files of a bundle share becomes a file of its own.
            suffix: `?${path.relative(absWorkingDir, importer).replaceAll(path.sep, '/')}`,
          },
    );
    onLoad({ filter: /^/, namespace: NAMESPACE }, ({ path: builtin }) => ({
      contents: lazily(builtin),
    }));
  },
};

/**
 * What imports a CommonJS module gets an object with the same prototype and a copy of its own
 * properties. So there are none, and the prototype looks each name up when it is used. (It is asked
 * whether it was an ES module before, which must not load it.)
 */
function lazily(builtin: string): string {
  return `
    let loaded;
    const get = (_, name) =>
      name === '__esModule' ? undefined : (loaded ??= require('${builtin}'))[name];
    module.exports = Object.create(new Proxy({}, { get }));`;
}
