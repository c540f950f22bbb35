import { DmapiError, type DmapiErrorKind, unreadable } from './error.ts';
import type { HttpAnswer } from './post.ts';
import { headerValues, type Reply } from './reply.ts';

const SESSION_REFUSED = new Set([2200, -401, 2501]);

const KIND_BY_CODE: Readonly<Record<number, DmapiErrorKind>> = {
  2201: 'not-permitted',
  2302: 'conflict',
  2303: 'not-found',
};

/**
 * Passes on the reply of a request that succeeded: HTTP 2xx and Status-Code 0 or 1000–1999 and no
 * `Error` line and `Result` not NACK. `Result: ACK` is not asked for: most replies have no `Result`.
 *
 * @throws DmapiError of the kind that the answer amounts to.
 */
export function judge(answer: HttpAnswer, read: () => Reply): Reply {
  const reply = readable(answer, read);
  if (reply && succeeded(answer, reply)) return reply;
  throw failure(answer, reply);
}

function readable(answer: HttpAnswer, read: () => Reply): Reply | undefined {
  try {
    return read();
  } catch (error) {
    if (answer.httpStatus === 401 || isOverloaded(answer)) return undefined;
    throw error;
  }
}

function succeeded(answer: HttpAnswer, reply: Reply): boolean {
  return answer.httpStatus >= 200 && answer.httpStatus < 300 && saysSuccess(reply);
}

function failure(answer: HttpAnswer, reply: Reply | undefined): DmapiError {
  if (answer.httpStatus === 401 || (reply && SESSION_REFUSED.has(reply.statusCode))) {
    return new DmapiError('session-refused', 'The registrar refused the session.', { reply });
  }
  if (isOverloaded(answer) && !(reply && isVerdict(reply.statusCode))) {
    const { retryAfterSeconds } = answer;
    return new DmapiError('unavailable', `The registrar answered HTTP ${answer.httpStatus}.`, {
      reply,
      retryAfterSeconds,
    });
  }
  if (!reply || saysSuccess(reply)) {
    return unreadable(`it says success under HTTP ${answer.httpStatus}`, reply);
  }
  const kind = KIND_BY_CODE[reply.statusCode] ?? 'refused';
  return new DmapiError(kind, `The registrar answered Status-Code ${reply.statusCode}.`, { reply });
}

function saysSuccess(reply: Reply): boolean {
  const { statusCode } = reply;
  return (
    (statusCode === 0 || (statusCode >= 1000 && statusCode < 2000)) &&
    !reply.headers.has('error') &&
    !headerValues(reply, 'Result').some((result) => result.trim().toUpperCase() === 'NACK')
  );
}

function isOverloaded({ httpStatus }: HttpAnswer): boolean {
  return httpStatus >= 500 || httpStatus === 429;
}

/**
 * Errors come under any HTTP code. RFC 5730 section 3: codes below 2400 judge the command, those
 * from 2400 on tell of the server and the connection.
 */
function isVerdict(statusCode: number): boolean {
  return statusCode >= 2000 && statusCode < 2400;
}
