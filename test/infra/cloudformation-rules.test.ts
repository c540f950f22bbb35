import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { readSettings } from '../../infra/settings.ts';
import { addStacks } from '../../infra/stacks.ts';
import { placeCode } from './synthesised.ts';

const outdirs = mkdtempSync(path.join(tmpdir(), 'cdk-rules-'));
afterAll(() => rmSync(outdirs, { recursive: true }));

/** An app that holds its templates against CDK's rules for CloudFormation, as synthesis does not. */
function validatedApp(): App {
  return new App({
    outdir: mkdtempSync(path.join(outdirs, 'app-')),
    context: { '@aws-cdk/core:validateAgainstDefaultRules': true },
    builtinCloudFormationValidation: true,
  });
}

test('the stacks, with all that can be added, break no rule of CloudFormation', async () => {
  const app = validatedApp();
  const settings = readSettings({
    readOnlySecretArn: 'create',
    acmeZones: 'example.com',
    meteredCallers: 'billing',
    alarmTopicArn: 'arn:aws:sns:eu-central-1:123456789012:operators',
  });
  await addStacks(app, settings, placeCode);
  expect(app.synth().stacks).toHaveLength(9);
});

test('a broken rule is found', () => {
  const app = validatedApp();
  const properties = { MessageRetentionPeriod: 'for ever' };
  new CfnResource(new Stack(app, 'Stack'), 'Queue', { type: 'AWS::SQS::Queue', properties });
  expect(() => app.synth()).toThrow(/[Vv]alidation/);
});
