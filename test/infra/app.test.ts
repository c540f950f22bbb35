import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from '@jest/globals';

const outdirs = mkdtempSync(path.join(tmpdir(), 'cdk-app-'));
afterAll(() => rmSync(outdirs, { recursive: true }));

/** Runs the app as the CDK's command line does. */
function synth(env: Readonly<Record<string, string>>) {
  return spawnSync(process.execPath, ['--import', 'tsx', 'infra/app.ts'], {
    cwd: path.join(import.meta.dirname, '../..'),
    env: { ...process.env, ...env },
    encoding: 'utf8',
  });
}

test('a wrong setting is told in one line, and nothing is synthesised', () => {
  const { status, stdout, stderr } = synth({
    CDK_CONTEXT_JSON: JSON.stringify({ stage: 'Prod' }),
  });
  expect({ status, stdout, stderr }).toEqual({
    status: 1,
    stdout: '',
    stderr:
      'The setting stage is "Prod". It must be a lower-case word of at most 16 letters and digits.\n',
  });
});

test('in a region without a schema registry, none is asked for', () => {
  const outdir = mkdtempSync(path.join(outdirs, 'out-'));
  const { status } = synth({ CDK_DEFAULT_REGION: 'il-central-1', CDK_OUTDIR: outdir });
  expect(status).toBe(0);
  const template = readFileSync(path.join(outdir, 'Events.template.json'), 'utf8');
  expect(template).toContain('AWS::Events::EventBus');
  expect(template).not.toContain('AWS::EventSchemas::');
});
