import { type App, Stack, type StackProps } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { accountTable } from './account-table.ts';

/** What is remembered of orders, so that none is sent twice. It is retained when the stack goes. */
export class OrdersStack extends Stack {
  /** An account a partition. What an entry holds is the business of who places orders. */
  readonly table: Table;

  constructor(scope: App, id: string, props: StackProps) {
    super(scope, id, props);
    this.table = accountTable(this, 'Orders');
    // Also where no action that is deployed is told of it: an export that goes while the API as it
    // was before still imports it fails the deployment.
    this.exportValue(this.table.tableName);
    this.exportValue(this.table.tableArn);
  }
}
