import { readdirSync } from 'node:fs';
import path from 'node:path';
import { type BuildOptions, build, type Metafile } from 'esbuild';

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
  // What is CommonJS calls `require`, which ES modules do not have.
  banner: {
    js: "import{createRequire as nodeCreateRequire}from'node:module';const require=nodeCreateRequire(import.meta.url);",
  },
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

/**
 * Bundles every function to `<outdir>/<name>/index.mjs`, its source map beside it.
 *
 * All in one run of esbuild: a run for each, as CDK's NodejsFunction makes, reads the AWS SDK again
 * every time.
 *
 * @returns esbuild's account of what went into which bundle
 */
export async function bundleFunctions(outdir: string): Promise<Metafile> {
  const entryPoints = functionNames().map((name) => ({
    in: path.join(FUNCTIONS, `${name}.ts`),
    out: `${name}/index`,
  }));
  const { metafile } = await build({ ...BUNDLE_OPTIONS, entryPoints, outdir });
  return metafile;
}
