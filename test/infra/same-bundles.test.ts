import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

const PROJECT = path.join(import.meta.dirname, '../..');
const elsewhere = mkdtempSync(path.join(tmpdir(), 'elsewhere-'));
const clone = path.join(elsewhere, 'a folder', 'with another name');

/** As if Node had other exports, which is how its versions differ. */
const OTHER_NODE = `
  const require = process.getBuiltinModule('node:module').createRequire('/');
  for (const name of ['http', 'https', 'crypto']) require(name).newInThisVersion = () => name;`;

type Digests = Readonly<Record<string, string>>;

/** Bundles the functions of a clone, in a process of its own. @returns a digest of each file */
function build(project: string, name: string, prelude = ''): Digests {
  const outdir = path.join(elsewhere, name);
  const script = `${prelude}
    const { bundleFunctions } = await import('./infra/bundling.ts');
    await bundleFunctions(${JSON.stringify(outdir)});`;
  execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script], {
    cwd: project,
  });
  const digest = (file: string) =>
    createHash('sha256')
      .update(readFileSync(path.join(outdir, file)))
      .digest('hex');
  return Object.fromEntries(readdirSync(outdir).map((file) => [file, digest(file)]));
}

beforeAll(() => {
  mkdirSync(clone, { recursive: true });
  for (const part of ['functions', 'infra', 'shared', 'package.json', 'tsconfig.json']) {
    cpSync(path.join(PROJECT, part), path.join(clone, part), { recursive: true });
  }
  // As in a worktree; and as a link it leads to a place that nothing may tell.
  symlinkSync(path.join(PROJECT, 'node_modules'), path.join(clone, 'node_modules'));
});
afterAll(() => rmSync(elsewhere, { recursive: true }));

describe('the bundles are the same, source maps included', () => {
  let here: Digests;
  beforeAll(() => {
    here = build(PROJECT, 'here');
  });

  test('wherever they are put', () => {
    expect(Object.keys(here)).toContain('login.mjs.map');
    expect(build(PROJECT, 'deeper/in/there')).toEqual(here);
  });

  test('from a clone in another folder, with its packages behind a link', () => {
    expect(build(clone, 'clone')).toEqual(here);
  });

  test('by a Node whose modules export more', () => {
    expect(build(PROJECT, 'other-node', OTHER_NODE)).toEqual(here);
  });
});
