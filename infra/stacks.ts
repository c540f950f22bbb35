import path from 'node:path';
import type { App } from 'aws-cdk-lib';
import { discoverActions } from './actions.ts';
import { ApiStack } from './api-stack.ts';
import { bundleFunctions } from './bundling.ts';
import { type CredentialsStack, provideSecrets } from './credentials-stack.ts';
import type { Settings } from './settings.ts';

export interface Stacks {
  readonly api: ApiStack;
  /** None where all secrets are your own. */
  readonly credentials: CredentialsStack | undefined;
}

/** Bundles the functions and adds all stacks to the app. */
export async function addStacks(app: App, settings: Settings): Promise<Stacks> {
  const bundles = path.join(app.outdir, 'bundles');
  const [actions] = await Promise.all([discoverActions(), bundleFunctions(bundles)]);
  const name = (part: string) => `joker-dmapi-${settings.stage}-${part}`;
  const tags = { application: 'joker-dmapi', stage: settings.stage };
  const { secretArns, stack: credentials } = provideSecrets(app, settings, {
    stackName: name('credentials'),
    description: "The credentials for Joker.com's DMAPI",
    tags,
  });
  const api = new ApiStack(app, 'Api', {
    stackName: name('api'),
    description: "Joker.com's DMAPI as a typed JSON API",
    tags,
    actions,
    bundles,
    secretArns,
    settings,
  });
  return { api, credentials };
}
