import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { schemasAvailable } from './schemas-available.ts';
import { SettingError } from './setting-error.ts';
import { readSettings } from './settings.ts';
import { addStacks } from './stacks.ts';

try {
  // CDK's own rules for templates take as long as all the rest; a test holds the stacks against them.
  const app = new App({ builtinCloudFormationValidation: false });
  const settings = readSettings(app.node.getAllContext());
  // The stacks are for any region; the command line tells the one that it deploys to.
  const available = schemasAvailable(process.env.CDK_DEFAULT_REGION);
  await addStacks(app, { ...settings, eventSchemas: settings.eventSchemas && available });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  app.synth();
} catch (error) {
  if (!(error instanceof SettingError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
