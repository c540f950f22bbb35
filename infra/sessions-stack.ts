import { type App, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import { acknowledge } from './acknowledge.ts';

/** The sessions with the registrar that functions share. Whatever is lost of it costs a login. */
export class SessionsStack extends Stack {
  /** One item a secret, which only functions that may read that secret can get at. */
  readonly table: Table;

  constructor(scope: App, id: string, props: StackProps) {
    super(scope, id, props);
    // Under the key of DynamoDB's own, as the default is. The account's aws/dynamodb key would open
    // for all who may read the table and be paid by use; only a key of the bundle's own would keep
    // anyone out, for a fixed sum a month.
    this.table = new Table(this, 'Sessions', {
      partitionKey: { name: 'secret', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      timeToLiveAttribute: 'expiresAt',
      removalPolicy: RemovalPolicy.DESTROY,
    });
    acknowledge(this.table, {
      'AwsSolutions-DDB3':
        'A backup would keep sessions longer than they live, and nothing is rebuilt from them.',
    });
  }
}
