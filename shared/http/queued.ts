import type { APIGatewayProxyResult } from 'aws-lambda';
import type { Deadline } from '../dmapi/deadline.ts';
import { DmapiError } from '../dmapi/error.ts';
import { type Settled, waitForResult } from '../orders/wait.ts';
import type { Queued } from '../reply/queued.ts';
import type { Session } from '../session/session.ts';
import type { ApiEvent } from './api-event.ts';
import { jsonReply } from './json-reply.ts';
import { preferredWaitSeconds } from './prefer.ts';
import { requestHeader } from './request-header.ts';

/** What answers a request that the registrar has queued, once it has. */
export type AnswerQueued = (
  queued: Queued,
  session: Session,
  deadline: Deadline,
) => Promise<APIGatewayProxyResult>;

/**
 * Reads how a request that is queued wants to be answered: 202 with where to ask for its result, or
 * with `Prefer: wait=N` (RFC 7240), if it settles so soon, 200 with the result itself.
 *
 * @throws InvalidInputError where Prefer is given twice
 */
export function readPreference(event: ApiEvent): AnswerQueued {
  const seconds = preferredWaitSeconds(requestHeader(event, 'Prefer'));
  return async (queued, session, deadline) => {
    const settled = seconds && (await waitForResult(session, queued, { seconds, deadline }));
    return (settled && settledReply(settled)) || acceptedReply(queued, event);
  };
}

/** `undefined` where the result is too large: the request has been accepted all the same. */
function settledReply(settled: Settled): APIGatewayProxyResult | undefined {
  try {
    return jsonReply(200, settled, { 'preference-applied': 'wait' });
  } catch (error) {
    if (error instanceof DmapiError) return undefined;
    throw error;
  }
}

function acceptedReply(queued: Queued, event: ApiEvent): APIGatewayProxyResult {
  const location = locationOf(queued, event.requestContext?.path);
  return jsonReply(202, queued, location === undefined ? {} : { location });
}

/** The path of the request with another last segment: a custom domain can have one of its own before. */
function locationOf({ svTrId, procId }: Queued, path: unknown): string | undefined {
  if (typeof path !== 'string') return undefined;
  const reference =
    svTrId === null ? procId && `procId=${encodeURIComponent(procId)}` : `svTrId=${svTrId}`;
  return reference ? path.replace(/[^/]*\/?$/, `result-retrieve?${reference}`) : undefined;
}
