import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { SettingError } from './setting-error.ts';
import { readSettings } from './settings.ts';
import { addStacks } from './stacks.ts';

try {
  const app = new App();
  const settings = readSettings(app.node.getAllContext());
  await addStacks(app, settings);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  app.synth();
} catch (error) {
  if (!(error instanceof SettingError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
