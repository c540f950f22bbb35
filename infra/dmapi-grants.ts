import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { allow } from './allow.ts';
import { GrantClass } from './grant-class.ts';
import type { Settings } from './settings.ts';

export interface DmapiGrantsProps {
  /** The one secret that the functions may read. */
  readonly secretArn: string;
  /** The table with the sessions: of those, the functions may use the one of their secret. */
  readonly sessions: Table;
  readonly settings: Settings;
  /** What they may do besides. */
  readonly more?: readonly PolicyStatement[];
}

/**
 * The grants of functions that talk to DMAPI: they may read their one secret, use the session that
 * belongs to it, and whatever the stack adds that knows why.
 */
export class DmapiGrants extends GrantClass {
  readonly secretArn: string;
  readonly sessions: Table;

  constructor(scope: Construct, id: string, { more = [], ...props }: DmapiGrantsProps) {
    const { secretArn, sessions, settings } = props;
    super(scope, id, { grants: [...basics(props), ...more], settings });
    this.secretArn = secretArn;
    this.sessions = sessions;
  }
}

function basics({ secretArn, sessions }: DmapiGrantsProps): PolicyStatement[] {
  return [
    allow(['secretsmanager:GetSecretValue'], secretArn),
    allow(['dynamodb:GetItem', 'dynamodb:UpdateItem'], sessions.tableArn, {
      'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [secretArn] },
      // The line above also holds for a request that names no key at all.
      Null: { 'dynamodb:LeadingKeys': 'false' },
    }),
  ];
}
