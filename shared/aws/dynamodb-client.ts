import {
  DynamoDBClient,
  type DynamoDBClientConfig,
  GetItemCommand,
  type GetItemCommandInput,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';

export type DynamoDb = ReturnType<typeof connectDynamoDb>;

type Options = { readonly abortSignal: AbortSignal };

/**
 * DynamoDB, as far as the table of sessions needs it. To be loaded at the first use, with nothing of
 * ours: what a file shares with what is loaded before it becomes a third file in a bundle.
 */
export function connectDynamoDb(config: DynamoDBClientConfig) {
  const client = new DynamoDBClient(config);
  return {
    getItem: (input: GetItemCommandInput, options: Options) =>
      client.send(new GetItemCommand(input), options),
    updateItem: (input: UpdateItemCommandInput, options: Options) =>
      client.send(new UpdateItemCommand(input), options),
  };
}
