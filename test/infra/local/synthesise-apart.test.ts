import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';

const PROJECT = path.join(import.meta.dirname, '../../..');

test('a synthesis that fails ends its process, and tells why on the standard error', async () => {
  const script = `
    const { synthesiseApart } = await import('./infra/local/synthesise-apart.ts');
    await synthesiseApart({ dmapiUrl: 'no URL' }, '/nowhere').catch((error) => console.log(error.message));`;
  const args = ['--import', 'tsx', '--input-type=module', '--eval', script];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { cwd: PROJECT });
  expect(stdout).toBe('The stacks could not be synthesised (1).\n');
  expect(stderr).toContain('The setting dmapiUrl is not usable.');
});
