import { RemovalPolicy } from 'aws-cdk-lib';
import { PolicyDocument, type PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { allow } from './allow.ts';
import type { Settings } from './settings.ts';

export interface GrantClassProps {
  /** What the functions may do beside writing their log. */
  readonly grants: readonly PolicyStatement[];
  readonly settings: Settings;
}

/**
 * The functions whose grants are the same, by what they read and change: they have one role and one
 * log group. They may write to that group, and whatever the stack adds that knows why. In the group,
 * each log stream has the name of its function.
 */
export class GrantClass extends Construct {
  readonly role: Role;
  readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, { grants, settings }: GrantClassProps) {
    super(scope, id);
    this.logGroup = new LogGroup(this, 'Log', {
      retention: settings.logRetentionDays,
      // Logs are about the functions and end with them; nothing is rebuilt from them.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const logging = allow(['logs:CreateLogStream', 'logs:PutLogEvents'], this.logGroup.logGroupArn);
    this.role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: { grants: new PolicyDocument({ statements: [logging, ...grants] }) },
    });
  }
}
