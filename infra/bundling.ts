import { readdirSync } from 'node:fs';
import path from 'node:path';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import { lazyBuiltins } from './lazy-builtins.ts';

const PROJECT = path.join(import.meta.dirname, '..');
const FUNCTIONS = path.join(PROJECT, 'functions');

/** The one place for bundling options: what is deployed is what is run locally, tested, measured. */
export const BUNDLE_OPTIONS = {
  absWorkingDir: PROJECT,
  bundle: true,
  platform: 'node',
  format: 'esm',
  outExtension: { '.js': '.mjs' },
  // Lambda runs Node 24, but the same bundles also run on the Node of whoever tries them locally.
  target: 'node20',
  minify: true,
  legalComments: 'none',
  // ES modules first: esbuild drops what is unused from them and cannot from CommonJS.
  mainFields: ['module', 'main'],
  sourcemap: 'linked',
  sourcesContent: false,
  // What is imported dynamically becomes a file of its own, read only if it is needed.
  splitting: true,
  chunkNames: '[hash]',
  // What is CommonJS calls `require`, which ES modules do not have.
  banner: {
    js: "import{createRequire as nodeCreateRequire}from'node:module';const require=nodeCreateRequire(import.meta.url);",
  },
  plugins: [lazyBuiltins],
  logLevel: 'warning',
  metafile: true,
} as const satisfies BuildOptions;

/** The names of the files in `functions/`: each is one Lambda function. */
export function functionNames(): string[] {
  return readdirSync(FUNCTIONS)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => path.basename(file, '.ts'))
    .sort();
}

/** What the SDK would look for elsewhere: see the file. */
const ALIAS = {
  '@aws-sdk/credential-provider-node': path.join(PROJECT, 'shared/aws/aws-credentials.ts'),
};

/**
 * Bundles a function into a folder of its own that holds `index.mjs`, what that imports, and source
 * maps beside them.
 *
 * @returns esbuild's account of what went into which file
 */
export async function bundleFunction(file: string, outdir: string): Promise<Metafile> {
  const entryPoints = [{ in: file, out: 'index' }];
  return (await build({ ...BUNDLE_OPTIONS, alias: ALIAS, entryPoints, outdir })).metafile;
}

/** Bundles every function to `<outdir>/<name>`. @returns esbuild's account of each, by name */
export async function bundleFunctions(outdir: string): Promise<Map<string, Metafile>> {
  const bundles = functionNames().map(async (name) => {
    const file = path.join(FUNCTIONS, `${name}.ts`);
    return [name, await bundleFunction(file, path.join(outdir, name))] as const;
  });
  return new Map(await Promise.all(bundles));
}
