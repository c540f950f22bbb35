import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** What a rule finds, and at which construct. */
export interface Finding {
  readonly rule: string;
  readonly path: string;
}

/** That what a rule finds at a construct, or below it, is meant to be so. */
export interface Acknowledgement extends Finding {
  readonly reason: string;
}

/** Everything that is acknowledged in the code of the stacks. */
export function acknowledgements(scope: IConstruct): Acknowledgement[] {
  return scope.node.findAll().flatMap((construct) =>
    construct.node.metadata
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) => Object.entries(data as Record<string, string>))
      .map(([rule, reason]) => ({
        rule: rule.replace(/^annotation::/i, ''),
        reason,
        path: construct.node.path,
      })),
  );
}

/** Whether a finding is among what is acknowledged there. */
export function covers(acknowledged: Finding, finding: Finding): boolean {
  return (
    acknowledged.rule === finding.rule && `${finding.path}/`.startsWith(`${acknowledged.path}/`)
  );
}
