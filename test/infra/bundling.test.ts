import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Metafile } from 'esbuild';
import { bundleFunctions, functionNames } from '../../infra/bundling.ts';
import { codeAtStart } from '../../infra/code-at-start.ts';
import { type BundledFile, bundledCode, bytesOf } from '../bundled-code.ts';

/**
 * Bytes of all files that are deployed, source maps included. Raise it in the change that needs it
 * and say there what for: fifty functions may take 1.5 MB, and zones 0.1 MB more.
 */
const ASSET_CEILING = 1_600_000;
/**
 * Bytes of code that a function can come to read; the AWS SDK is four fifths of them. Over 490,000
 * it would be time to look for what is wrong.
 */
const CEILING = 480_000;
const CEILINGS: Readonly<Record<string, number>> = { 'reconcile-results': 395_000 };
/**
 * Bytes of what is read when a function starts, and in how many files: each takes half a millisecond.
 * What orders share with it takes three files: it is read with the first order, and the reconciler
 * reads a part of it, too. What zones share with it takes one, what an authorizer shares with all takes two.
 * dns-zone-get reads a zone.
 */
const START_CEILING = 121_000;
const START_CEILINGS: Readonly<Record<string, number>> = { 'dns-zone-get': 130_000 };
const START_FILES = 14;

/** What has no business in a function, as paths of esbuild's metafile. */
const FORBIDDEN = [
  /^infra\//,
  /^test\//,
  /node_modules\/(aws-cdk-lib|constructs|cdk-nag|esbuild)\//,
  // The whole of zod: 450 KB. Only zod/mini lets the bundler drop what is unused.
  /node_modules\/zod\/v4\/(classic|locales)\//,
  /node_modules\/zod\/v3\//,
  // Ways to AWS credentials that Lambda does not use.
  /node_modules\/@aws-sdk\/(credential-provider-(?!env\/)|nested-clients|token-providers)/,
  /node_modules\/@smithy\/credential-provider-imds\//,
];

/** What a call can end without: a bad request must not wait for it. */
const NOT_AT_START = [
  /node_modules\/@(aws-sdk|smithy)\//,
  /^shared\/(aws\/(secrets-manager|dynamodb)-client|reconciler\/environment-reconciler)\.ts$/,
  /^shared\/orders\/(environment-orders|environment-attendance|wake|place|attend)\.ts$/,
];

/** Node's own modules that take long to load, and longer by an ES import. */
const LATER = /^(node:)?(https?|http2|crypto)$/;

const outdir = mkdtempSync(path.join(tmpdir(), 'bundles-'));
let metafile: Metafile;

beforeAll(async () => {
  metafile = await bundleFunctions(outdir);
});
afterAll(() => rmSync(outdir, { recursive: true }));

const codeOf = (name: string) => bundledCode(metafile, `${name}.mjs`);
const startOf = (name: string) => codeAtStart(metafile, `${name}.mjs`);
const inputsOf = (outputs: Iterable<BundledFile>) =>
  [...outputs].flatMap(({ inputs }) => Object.keys(inputs));
const importsOf = (outputs: Iterable<BundledFile>) =>
  [...outputs].flatMap(({ imports }) => imports);

describe.each(functionNames())('the bundle of %s', (name) => {
  test('stays below its ceilings', () => {
    expect(bytesOf(codeOf(name).values())).toBeLessThan(CEILINGS[name] ?? CEILING);
    expect(bytesOf(startOf(name))).toBeLessThan(START_CEILINGS[name] ?? START_CEILING);
    expect(startOf(name).length).toBeLessThanOrEqual(START_FILES);
  });

  test('holds the function and nothing forbidden', () => {
    const inputs = inputsOf(codeOf(name).values());
    expect(inputs).toContain(`functions/${name}.ts`);
    expect(inputs.filter((input) => FORBIDDEN.some((rule) => rule.test(input)))).toEqual([]);
  });

  test('starts without the AWS SDK', () => {
    const later = inputsOf(codeOf(name).values()).filter((it) =>
      NOT_AT_START.some((rule) => rule.test(it)),
    );
    expect(later.length).toBeGreaterThan(50);
    const inputs = inputsOf(startOf(name));
    expect(inputs).toContain(`functions/${name}.ts`);
    expect(inputs.filter((it) => later.includes(it))).toEqual([]);
  });

  test('imports none of the modules of Node that load slowly', () => {
    const imports = importsOf(codeOf(name).values());
    expect(imports.some(({ path: it }) => it.startsWith('node:'))).toBe(true);
    const slow = imports.filter(({ path: it, kind }) => LATER.test(it) && kind !== 'require-call');
    expect(slow).toEqual([]);
  });

  test('reads no other function', () => {
    const functions = inputsOf(codeOf(name).values()).filter((input) => /^functions\//.test(input));
    expect(functions).toEqual([`functions/${name}.ts`]);
  });

  test('needs nothing at run time but Node', () => {
    const files = codeOf(name);
    const outside = importsOf(files.values()).filter(
      ({ path: it }) => !files.has(it) && !it.startsWith('node:'),
    );
    expect(outside).toEqual([]);
  });
});

describe('the asset', () => {
  test('stays below its ceiling', () => {
    const files = readdirSync(outdir);
    const bytes = files.reduce(
      (sum, file) => sum + readFileSync(path.join(outdir, file)).length,
      0,
    );
    expect(bytes).toBeLessThan(ASSET_CEILING);
  });

  test('has source maps without the sources, which name files of the project alone', () => {
    const modules = readdirSync(outdir).filter((file) => file.endsWith('.mjs'));
    for (const module of modules) {
      expect(readFileSync(path.join(outdir, module), 'utf8')).toMatch(
        new RegExp(`\n//# sourceMappingURL=${module}\\.map\n$`),
      );
      const map = JSON.parse(readFileSync(path.join(outdir, `${module}.map`), 'utf8'));
      expect(map).not.toHaveProperty('sourcesContent');
      expect(map).not.toHaveProperty('sourceRoot');
      const own =
        /^(functions|shared|node_modules|lazy-builtin:node:[a-z]+\?(shared|node_modules))\//;
      expect(map.sources.filter((source: string) => !own.test(source))).toEqual([]);
    }
  });

  test('loads as modules with a handler each, and with none of the slow ones', () => {
    const script = `
      for (const url of ${JSON.stringify(functionNames().map(urlOf))}) {
        console.log(typeof (await import(url)).handler);
      }
      console.log(process.moduleLoadList.filter((it) => /^NativeModule (https?|http2)$/.test(it)).length);`;
    const output = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
      encoding: 'utf8',
    });
    expect(output).toBe(`${'function\n'.repeat(functionNames().length)}0\n`);
  });
});

function urlOf(name: string): string {
  return pathToFileURL(path.join(outdir, `${name}.mjs`)).href;
}
