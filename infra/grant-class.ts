import { RemovalPolicy } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyDocument, type PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { allow } from './allow.ts';
import type { Settings } from './settings.ts';

export interface GrantClassProps {
  /** The one secret that the functions may read. */
  readonly secretArn: string;
  /** The table with the sessions: of those, the functions may use the one of their secret. */
  readonly sessions: Table;
  readonly settings: Settings;
  /** What they may do besides. */
  readonly more?: readonly PolicyStatement[];
}

/**
 * The functions whose grants are the same, by what they read and change: they have one role and one
 * log group. They may write to that group, read their one secret, use the session that belongs to
 * it, and whatever the stack adds that knows why. In the group, each log stream has the name of its
 * function.
 */
export class GrantClass extends Construct {
  readonly role: Role;
  readonly logGroup: LogGroup;
  readonly secretArn: string;
  readonly sessions: Table;

  constructor(scope: Construct, id: string, props: GrantClassProps) {
    super(scope, id);
    this.secretArn = props.secretArn;
    this.sessions = props.sessions;
    this.logGroup = new LogGroup(this, 'Log', {
      retention: props.settings.logRetentionDays,
      // Logs are about the functions and end with them; nothing is rebuilt from them.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: {
        grants: new PolicyDocument({ statements: [...this.basics(), ...(props.more ?? [])] }),
      },
    });
  }

  private basics(): PolicyStatement[] {
    return [
      allow(['logs:CreateLogStream', 'logs:PutLogEvents'], this.logGroup.logGroupArn),
      allow(['secretsmanager:GetSecretValue'], this.secretArn),
      allow(['dynamodb:GetItem', 'dynamodb:UpdateItem'], this.sessions.tableArn, {
        'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [this.secretArn] },
        // The line above also holds for a request that names no key at all.
        Null: { 'dynamodb:LeadingKeys': 'false' },
      }),
    ];
  }
}
