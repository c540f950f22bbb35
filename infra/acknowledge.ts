import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Says at a construct which findings of cdk-nag are meant to be so, and why. Acknowledge at the
 * narrowest construct: whatever is below it is acknowledged too.
 *
 * @param reasons rule id to reason
 */
export function acknowledge(
  construct: IConstruct,
  reasons: Readonly<Record<string, string>>,
): void {
  const rules = Object.entries(reasons).map(([id, reason]) => ({ id, reason }));
  Validations.of(construct).acknowledge(...rules);
}
