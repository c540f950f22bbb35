import type { Deadline } from '../dmapi/deadline.ts';
import { DmapiError } from '../dmapi/error.ts';
import { AwsUnavailableError } from '../failure.ts';

/** Time limits of one try of a call to an AWS service, for the SDK's clients. */
export const AWS_REQUEST_HANDLER = {
  connectionTimeout: 2000,
  requestTimeout: 5000,
  throwOnRequestTimeout: true,
} as const;

/**
 * Calls an AWS service.
 *
 * @throws DmapiError `timeout` once the deadline has passed, AwsUnavailableError when the service
 *   cannot serve now, and the SDK's own error where it answered and said no: a defect of the
 *   deployment, or the answer to a condition.
 */
export async function callAws<T>(
  service: string,
  deadline: Deadline,
  call: (options: { readonly abortSignal: AbortSignal }) => Promise<T>,
): Promise<T> {
  try {
    return await call({ abortSignal: deadline.signal });
  } catch (error) {
    throw translate(service, error, deadline);
  }
}

function translate(service: string, error: unknown, deadline: Deadline): unknown {
  if (deadline.signal.aborted) {
    return new DmapiError('timeout', `${service} did not answer in time.`, { sent: false });
  }
  if (isRefusal(error)) return error;
  const { name } = error as Error;
  return new AwsUnavailableError(`${service} cannot serve now (${name}).`, { cause: error });
}

const THROTTLING = /Throttl|TooManyRequests|LimitExceeded|ProvisionedThroughputExceeded/;

/** Whether the service answered and said no: a 4xx other than throttling, which passes by itself. */
function isRefusal(error: unknown): boolean {
  const { $metadata, name = '' } = error as {
    readonly $metadata?: { readonly httpStatusCode?: number };
    readonly name?: string;
  };
  const status = $metadata?.httpStatusCode ?? 0;
  return status >= 400 && status < 500 && !THROTTLING.test(name);
}
