import { type App, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';

/** What is remembered of orders, so that none is sent twice. It is retained when the stack goes. */
export class OrdersStack extends Stack {
  /** An account a partition. What an entry holds is the business of who places orders. */
  readonly table: Table;

  constructor(scope: App, id: string, props: StackProps) {
    super(scope, id, props);
    // Without a name of its own: what is retained never stands in the way of a new one.
    this.table = new Table(this, 'Orders', {
      partitionKey: { name: 'account', type: AttributeType.STRING },
      sortKey: { name: 'entry', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      timeToLiveAttribute: 'expiresAt',
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    // Also where no action that is deployed is told of it: an export that goes while the API as it
    // was before still imports it fails the deployment.
    this.exportValue(this.table.tableName);
  }
}
