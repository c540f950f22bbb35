import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Metafile } from 'esbuild';
import { bundleFunctions, functionNames } from '../../infra/bundling.ts';
import { type BundledFile, bundledCode, bytesOf, startingCode } from '../bundled-code.ts';

/**
 * Bytes of code that a function may have; the AWS SDK is four fifths of them. Raise it in the change
 * that needs it and say there what for. Over 450,000 it would be time to look for what is wrong.
 */
const CEILING = 330_000;
const CEILINGS: Readonly<Record<string, number>> = { 'reconcile-results': 390_000 };
/** Bytes of what is read when a function starts. */
const IMPORT_CEILING = 85_000;

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
  /^shared\/(secrets-manager-client|dynamodb-client|reconciler\/environment-reconciler)\.ts$/,
];

/** Node's own modules that take long to load, and longer by an ES import. */
const LATER = /^(node:)?(https?|http2|crypto)$/;

const outdir = mkdtempSync(path.join(tmpdir(), 'bundles-'));
const folder = (name: string) => path.join(outdir, name);
let metafiles: ReadonlyMap<string, Metafile>;

beforeAll(async () => {
  metafiles = await bundleFunctions(outdir);
});
afterAll(() => rmSync(outdir, { recursive: true }));

const metafile = (name: string) => metafiles.get(name) ?? { inputs: {}, outputs: {} };
const inputsOf = (outputs: Iterable<BundledFile>) =>
  [...outputs].flatMap(({ inputs }) => Object.keys(inputs));
const importsOf = (outputs: Iterable<BundledFile>) =>
  [...outputs].flatMap(({ imports }) => imports);

describe.each(functionNames())('the bundle of %s', (name) => {
  test('stays below its ceilings', () => {
    expect(bytesOf(bundledCode(metafile(name)).values())).toBeLessThan(CEILINGS[name] ?? CEILING);
    expect(bytesOf(startingCode(metafile(name)))).toBeLessThan(IMPORT_CEILING);
  });

  test('holds the function and nothing forbidden', () => {
    const inputs = inputsOf(bundledCode(metafile(name)).values());
    expect(inputs).toContain(`functions/${name}.ts`);
    expect(inputs.filter((input) => FORBIDDEN.some((rule) => rule.test(input)))).toEqual([]);
  });

  test('starts without the AWS SDK', () => {
    const later = inputsOf(bundledCode(metafile(name)).values()).filter((it) =>
      NOT_AT_START.some((rule) => rule.test(it)),
    );
    expect(later.length).toBeGreaterThan(50);
    const inputs = inputsOf(startingCode(metafile(name)));
    expect(inputs).toContain(`functions/${name}.ts`);
    expect(inputs.filter((it) => later.includes(it))).toEqual([]);
  });

  test('imports none of the modules of Node that load slowly', () => {
    const imports = importsOf(bundledCode(metafile(name)).values());
    expect(imports.some(({ path: it }) => it.startsWith('node:'))).toBe(true);
    const slow = imports.filter(({ path: it, kind }) => LATER.test(it) && kind !== 'require-call');
    expect(slow).toEqual([]);
  });

  test('holds no other function', () => {
    const functions = inputsOf(bundledCode(metafile(name)).values()).filter((input) =>
      /^functions\//.test(input),
    );
    expect(functions).toEqual([`functions/${name}.ts`]);
  });

  test('needs nothing at run time but Node', () => {
    const files = bundledCode(metafile(name));
    const outside = importsOf(files.values()).filter(
      ({ path: it }) => !files.has(it) && !it.startsWith('node:'),
    );
    expect(outside).toEqual([]);
  });

  test('has source maps without the sources', () => {
    const files = readdirSync(folder(name));
    const modules = files.filter((file) => file.endsWith('.mjs'));
    expect(modules).toContain('index.mjs');
    for (const module of modules) {
      expect(readFileSync(path.join(folder(name), module), 'utf8')).toMatch(
        new RegExp(`\n//# sourceMappingURL=${module}\\.map\n$`),
      );
      const map = JSON.parse(readFileSync(path.join(folder(name), `${module}.map`), 'utf8'));
      expect(map).not.toHaveProperty('sourcesContent');
    }
  });
});

test('every bundle loads as a module with a handler', () => {
  const urls = functionNames().map((name) => pathToFileURL(`${folder(name)}/index.mjs`).href);
  const script = `for (const url of ${JSON.stringify(urls)}) {
    console.log(typeof (await import(url)).handler);
  }`;
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
    encoding: 'utf8',
  });
  expect(output).toBe('function\n'.repeat(urls.length));
});
