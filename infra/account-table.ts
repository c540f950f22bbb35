import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';

/**
 * A table with a partition for each account of the registrar, retained when its stack goes.
 * Without a name of its own: what is retained never stands in the way of a new one.
 */
export function accountTable(scope: Construct, id: string): Table {
  return new Table(scope, id, {
    partitionKey: { name: 'account', type: AttributeType.STRING },
    sortKey: { name: 'entry', type: AttributeType.STRING },
    billingMode: BillingMode.PAY_PER_REQUEST,
    timeToLiveAttribute: 'expiresAt',
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
  });
}
