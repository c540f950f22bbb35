import { type App, Stack, type StackProps } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { accountTable } from './account-table.ts';

/** What zones were before they were written, and whose turn it is to write. Retained when the stack goes. */
export class ZonesStack extends Stack {
  /** An account a partition. What an entry holds is the business of who writes zones. */
  readonly table: Table;

  constructor(scope: App, id: string, props: StackProps) {
    super(scope, id, props);
    this.table = accountTable(this, 'Zones');
    // See infra/orders-stack.ts.
    this.exportValue(this.table.tableName);
    this.exportValue(this.table.tableArn);
  }
}
