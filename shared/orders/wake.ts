import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { AWS_REQUEST_HANDLER, callAws } from '../aws/aws-call.ts';
import { type Deadline, deadlineIn } from '../dmapi/deadline.ts';
import { log } from '../log.ts';

/** A request has been accepted: what is left to do must not keep the answer back for long. */
const PATIENCE_MS = 2000;

/**
 * Has the reconciler run now, by an asynchronous invocation. Should that fail, the schedule's next
 * run does its work: a call is never lost for it.
 */
export function createWaking(functionName: string): (deadline: Deadline) => Promise<void> {
  const client = new LambdaClient({ requestHandler: AWS_REQUEST_HANDLER });
  return async (deadline) => {
    const patience = deadlineIn(Math.min(PATIENCE_MS, deadline.remainingMs() / 2));
    const command = new InvokeCommand({
      FunctionName: functionName,
      InvocationType: 'Event',
      Payload: JSON.stringify({ placed: true }),
    });
    try {
      await callAws('AWS Lambda', patience, (options) => client.send(command, options));
    } catch (error) {
      log().warn('the reconciler could not be woken', { reason: (error as Error).name });
    }
  };
}
