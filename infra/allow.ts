import { PolicyStatement, type PolicyStatementProps } from 'aws-cdk-lib/aws-iam';

/** A grant of these actions on one resource, under the conditions that are given. */
export function allow(
  actions: string[],
  resource: string,
  conditions?: PolicyStatementProps['conditions'],
): PolicyStatement {
  return new PolicyStatement({
    actions,
    resources: [resource],
    ...(conditions && { conditions }),
  });
}
