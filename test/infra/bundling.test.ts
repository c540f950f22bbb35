import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Metafile } from 'esbuild';
import { bundleFunctions, functionNames } from '../../infra/bundling.ts';

/**
 * Bytes a bundle may have; the AWS SDK is nine tenths of them. Raise it in the change that needs it
 * and say there what for.
 */
const CEILING = 390_000;
/** For functions that use more of the AWS SDK than the secret's client. */
const CEILINGS: Readonly<Record<string, number>> = { 'reconcile-results': 480_000 };

/** What has no business in a function, as paths of esbuild's metafile. */
const FORBIDDEN = [
  /^infra\//,
  /^test\//,
  /node_modules\/(aws-cdk-lib|constructs|cdk-nag|esbuild)\//,
  // The whole of zod: 450 KB. Only zod/mini lets the bundler drop what is unused.
  /node_modules\/zod\/v4\/(classic|locales)\//,
  /node_modules\/zod\/v3\//,
];

const outdir = mkdtempSync(path.join(tmpdir(), 'bundles-'));
const file = (name: string) => path.join(outdir, name, 'index.mjs');
let outputs: Metafile['outputs'];

beforeAll(async () => {
  ({ outputs } = await bundleFunctions(outdir));
});
afterAll(() => rmSync(outdir, { recursive: true }));

function bundle(name: string) {
  const found = Object.entries(outputs).find(([key]) => key.endsWith(`/${name}/index.mjs`));
  return found?.[1] ?? { bytes: Number.NaN, inputs: {}, imports: [] };
}

describe.each(functionNames())('the bundle of %s', (name) => {
  test('stays below its ceiling', () => {
    expect(bundle(name).bytes).toBeLessThan(CEILINGS[name] ?? CEILING);
  });

  test('holds the function and nothing forbidden', () => {
    const inputs = Object.keys(bundle(name).inputs);
    expect(inputs).toContain(`functions/${name}.ts`);
    expect(inputs.filter((input) => FORBIDDEN.some((rule) => rule.test(input)))).toEqual([]);
  });

  test('holds no other function', () => {
    const functions = Object.keys(bundle(name).inputs).filter((input) =>
      /^functions\//.test(input),
    );
    expect(functions).toEqual([`functions/${name}.ts`]);
  });

  test('needs nothing at run time but Node', () => {
    const outside = bundle(name).imports.filter((needed) => !needed.path.startsWith('node:'));
    expect(outside).toEqual([]);
  });

  test('has a source map without the sources', () => {
    expect(readFileSync(file(name), 'utf8')).toMatch(/\n\/\/# sourceMappingURL=index\.mjs\.map\n$/);
    expect(existsSync(`${file(name)}.map`)).toBe(true);
    expect(JSON.parse(readFileSync(`${file(name)}.map`, 'utf8'))).not.toHaveProperty(
      'sourcesContent',
    );
  });
});

test('every bundle loads as a module with a handler', () => {
  const urls = functionNames().map((name) => pathToFileURL(file(name)).href);
  const script = `for (const url of ${JSON.stringify(urls)}) {
    console.log(typeof (await import(url)).handler);
  }`;
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
    encoding: 'utf8',
  });
  expect(output).toBe('function\n'.repeat(urls.length));
});
