import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Metafile } from 'esbuild';
import { bundleFunctions, functionNames } from '../../infra/bundling.ts';

/**
 * Bytes of code that a function may have; the AWS SDK is four fifths of them. Raise it in the change
 * that needs it and say there what for. Over 450,000 it would be time to look for what is wrong.
 */
const CEILING = 330_000;
const CEILINGS: Readonly<Record<string, number>> = { 'reconcile-results': 380_000 };
/** Bytes of what is read when a function starts. */
const IMPORT_CEILING = 80_000;

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
  /^shared\/(secrets-manager|dynamodb-session-table|reconciler\/environment-reconciler)\.ts$/,
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

type Output = Metafile['outputs'][string];

/** The files of code of a function, by the paths they are imported by. */
function code(name: string): Map<string, Output> {
  const outputs = Object.entries(metafiles.get(name)?.outputs ?? {});
  return new Map(outputs.filter(([file]) => file.endsWith('.mjs')));
}

/** Those that are read before the handler is there. */
function startingCode(name: string): Output[] {
  const files = code(name);
  const found = new Set<Output>();
  const follow = (file: string) => {
    const output = files.get(file);
    if (!output || found.has(output)) return;
    found.add(output);
    for (const { path: next, kind } of output.imports) {
      if (kind === 'import-statement') follow(next);
    }
  };
  for (const file of files.keys()) if (file.endsWith('/index.mjs')) follow(file);
  return [...found];
}

const bytesOf = (outputs: Iterable<Output>) =>
  [...outputs].reduce((sum, { bytes }) => sum + bytes, 0);
const inputsOf = (outputs: Iterable<Output>) =>
  [...outputs].flatMap(({ inputs }) => Object.keys(inputs));
const importsOf = (outputs: Iterable<Output>) => [...outputs].flatMap(({ imports }) => imports);

describe.each(functionNames())('the bundle of %s', (name) => {
  test('stays below its ceilings', () => {
    expect(bytesOf(code(name).values())).toBeLessThan(CEILINGS[name] ?? CEILING);
    expect(bytesOf(startingCode(name))).toBeLessThan(IMPORT_CEILING);
  });

  test('holds the function and nothing forbidden', () => {
    const inputs = inputsOf(code(name).values());
    expect(inputs).toContain(`functions/${name}.ts`);
    expect(inputs.filter((input) => FORBIDDEN.some((rule) => rule.test(input)))).toEqual([]);
  });

  test('starts without the AWS SDK', () => {
    const later = inputsOf(code(name).values()).filter((it) =>
      NOT_AT_START.some((rule) => rule.test(it)),
    );
    expect(later.length).toBeGreaterThan(50);
    const inputs = inputsOf(startingCode(name));
    expect(inputs).toContain(`functions/${name}.ts`);
    expect(inputs.filter((it) => later.includes(it))).toEqual([]);
  });

  test('imports none of the modules of Node that load slowly', () => {
    const imports = importsOf(code(name).values());
    expect(imports.some(({ path: it }) => it.startsWith('node:'))).toBe(true);
    const slow = imports.filter(({ path: it, kind }) => LATER.test(it) && kind !== 'require-call');
    expect(slow).toEqual([]);
  });

  test('holds no other function', () => {
    const functions = inputsOf(code(name).values()).filter((input) => /^functions\//.test(input));
    expect(functions).toEqual([`functions/${name}.ts`]);
  });

  test('needs nothing at run time but Node', () => {
    const files = code(name);
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
