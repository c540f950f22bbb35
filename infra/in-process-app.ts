import { readFileSync } from 'node:fs';
import path from 'node:path';
import { App } from 'aws-cdk-lib';

/**
 * An app to be synthesised without the CDK's command line, with the feature flags of cdk.json, so
 * that its templates are those that would be deployed. What only helps a deployment is left out,
 * because it takes longer than all the rest.
 */
export function inProcessApp(outdir: string): App {
  const { context } = JSON.parse(
    readFileSync(path.join(import.meta.dirname, '../cdk.json'), 'utf8'),
  );
  return new App({
    outdir,
    // The command line asks for this too: where in the assembly the code of a function lies.
    context: { ...context, 'aws:cdk:enable-asset-metadata': true },
    analyticsReporting: false,
    builtinCloudFormationValidation: false,
    stackTraces: false,
    treeMetadata: false,
  });
}
