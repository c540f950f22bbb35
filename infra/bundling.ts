import { readdirSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import { lazyBuiltins } from './lazy-builtins.ts';
import { oneSharedFile, sharedAtStart } from './one-shared-file.ts';

const PROJECT = path.join(import.meta.dirname, '..');
const FUNCTIONS = path.join(PROJECT, 'functions');

/** The one place for bundling options: what is deployed is what is run locally, tested, measured. */
const OPTIONS = {
  absWorkingDir: PROJECT,
  // Source maps tell where sources lie as seen from here: from the project, wherever files end up.
  outdir: PROJECT,
  write: false,
  // A folder of packages that is a link, as in a worktree, must not tell where it leads.
  preserveSymlinks: true,
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
  alias: {
    // What the SDK would look for elsewhere: see the file.
    '@aws-sdk/credential-provider-node': path.join(PROJECT, 'shared/aws/aws-credentials.ts'),
  },
  logLevel: 'warning',
  logOverride: { 'ignored-bare-import': 'silent' },
  metafile: true,
} as const satisfies BuildOptions;

/** The names of the files in `functions/`: each is one Lambda function. */
export function functionNames(): string[] {
  return readdirSync(FUNCTIONS)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => path.basename(file, '.ts'))
    .sort();
}

/**
 * Bundles TypeScript files together into a folder: `<name>.mjs` of each, what several of them or
 * only some calls need in files of its own, and source maps. What is written depends on the sources
 * and on nothing else: neither on the folders nor on the machine.
 *
 * @param files by the name that each is to have
 * @returns esbuild's account of what went into which file; paths are as seen from the project, and
 *   those of outputs as seen from the folder
 */
export async function bundle(
  files: Readonly<Record<string, string>>,
  outdir: string,
): Promise<Metafile> {
  const options = { ...OPTIONS, entryPoints: { ...files } };
  // Only for its account of what is shared, so it need not be small.
  const draft = { ...options, plugins: [lazyBuiltins], minify: false, sourcemap: false };
  const shared = sharedAtStart((await build(draft)).metafile);
  const plugins = [lazyBuiltins, oneSharedFile(PROJECT, shared)];
  const { metafile, outputFiles } = await build({ ...options, plugins });
  await mkdir(outdir, { recursive: true });
  await Promise.all(
    outputFiles.map((file) =>
      writeFile(path.join(outdir, path.relative(PROJECT, file.path)), file.contents),
    ),
  );
  return metafile;
}

/** Bundles all functions, which are deployed together: `<name>.mjs` exports the handler of one. */
export async function bundleFunctions(outdir: string): Promise<Metafile> {
  const files = functionNames().map((name) => [name, path.join(FUNCTIONS, `${name}.ts`)]);
  return await bundle(Object.fromEntries(files), outdir);
}
