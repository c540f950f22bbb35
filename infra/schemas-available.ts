import { Aws, CfnCondition, Fn } from 'aws-cdk-lib';
import { CfnRegistry, CfnSchema } from 'aws-cdk-lib/aws-eventschemas';
import type { Construct } from 'constructs';

/** The regions without EventBridge's schema registry (2026-11). */
const WITHOUT_SCHEMAS = [
  'ap-east-2',
  'ap-south-2',
  'ap-southeast-4',
  'ap-southeast-5',
  'ap-southeast-6',
  'ap-southeast-7',
  'ca-west-1',
  'il-central-1',
  'mx-central-1',
];

/** Whether schemas can be registered in a region; where it is not known, that they can. */
export function schemasAvailable(region: string | undefined): boolean {
  return region === undefined || !WITHOUT_SCHEMAS.includes(region);
}

/**
 * Has the schemas below a construct left out wherever there is no registry, since a template can be
 * deployed to another region than the one it was synthesised for. It is how CDK places its own
 * metadata; yet stack sets are known to look at types before they look at conditions.
 */
export function onlyWhereSchemasAre(scope: Construct): void {
  const elsewhere = WITHOUT_SCHEMAS.map((region) => Fn.conditionEquals(Aws.REGION, region));
  const condition = new CfnCondition(scope, 'SchemasAvailable', {
    expression: Fn.conditionNot(Fn.conditionOr(...elsewhere)),
  });
  for (const child of scope.node.findAll()) {
    if (child instanceof CfnRegistry || child instanceof CfnSchema) {
      child.cfnOptions.condition = condition;
    }
  }
}
