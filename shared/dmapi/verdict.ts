import { DmapiError, type DmapiErrorKind, unreadable } from './error.ts';
import type { HttpAnswer } from './post.ts';
import { headerValues, isSuccessCode, type Reply } from './reply.ts';

const SESSION_REFUSED: ReadonlySet<number | null> = new Set([2200, -401, 2501]);

const KIND_BY_CODE: Readonly<Record<number, DmapiErrorKind>> = {
  2201: 'not-permitted',
  2302: 'conflict',
  2303: 'not-found',
};

/**
 * Passes on the reply of a request that succeeded: HTTP 2xx and Status-Code 0 or 1000–1999 and no
 * `Error` line and `Result` not NACK. `Result: ACK` is not asked for: most replies have no `Result`.
 *
 * @throws DmapiError of the kind that the answer amounts to. Where it cannot be read, the message
 *   names the HTTP code.
 */
export function judge(answer: HttpAnswer, read: () => Reply): Reply {
  const reply = readable(answer, read);
  if (reply && succeeded(answer, reply)) return reply;
  throw failure(answer, reply);
}

/** `undefined` where the registrar says nothing in it: a page of something in between, perhaps. */
function readable(answer: HttpAnswer, read: () => Reply): Reply | undefined {
  try {
    const reply = read();
    return reply.statusCode === null && !tellsWhy(reply) ? undefined : reply;
  } catch (error) {
    if (answer.httpStatus === 401 || isOverloaded(answer)) return undefined;
    if (!(error instanceof DmapiError)) throw error;
    const message = `${error.message} It came under HTTP ${answer.httpStatus}.`;
    throw new DmapiError(error.kind, message, { cause: error });
  }
}

function succeeded(answer: HttpAnswer, reply: Reply): boolean {
  return answer.httpStatus >= 200 && answer.httpStatus < 300 && saysSuccess(reply);
}

function failure(answer: HttpAnswer, reply: Reply | undefined): DmapiError {
  const { httpStatus, retryAfterSeconds } = answer;
  const statusCode = reply?.statusCode ?? null;
  if (httpStatus === 401 || SESSION_REFUSED.has(statusCode)) {
    return new DmapiError('session-refused', 'The registrar refused the session.', { reply });
  }
  if (isOverloaded(answer) && !isVerdict(statusCode)) {
    const message = `The registrar answered HTTP ${httpStatus}.`;
    const wasTurnedAway = httpStatus === 429;
    return new DmapiError('unavailable', message, { reply, retryAfterSeconds, wasTurnedAway });
  }
  if (statusCode === null) return withoutCode(httpStatus, reply);
  if (reply && saysSuccess(reply)) {
    return unreadable(`it says success under HTTP ${httpStatus}`, reply);
  }
  const kind = KIND_BY_CODE[statusCode] ?? 'refused';
  // Some requests are refused by their Result or an Error alone.
  const verdict = isSuccessCode(statusCode) ? `a refusal under Status-Code` : 'Status-Code';
  return new DmapiError(kind, `The registrar answered ${verdict} ${statusCode}.`, { reply });
}

/** DMAPI's documentation: the reason is in `Error`; where that is missing, the HTTP code is it. */
function withoutCode(httpStatus: number, reply: Reply | undefined): DmapiError {
  if (reply && httpStatus >= 400 && httpStatus < 500) {
    const message = `The registrar answered HTTP ${httpStatus}, without a Status-Code.`;
    return new DmapiError('refused', message, { reply });
  }
  return unreadable(`it has no Status-Code that can be read, and came under HTTP ${httpStatus}`);
}

function tellsWhy(reply: Reply): boolean {
  return headerValues(reply, 'Error').some((text) => text.trim() !== '');
}

function saysSuccess(reply: Reply): boolean {
  return (
    isSuccessCode(reply.statusCode) &&
    !reply.headers.has('error') &&
    !headerValues(reply, 'Result').some((result) => result.trim().toUpperCase() === 'NACK')
  );
}

/** 408: a server that has waited for the request for too long; a try on a new connection may do. */
function isOverloaded({ httpStatus }: HttpAnswer): boolean {
  return httpStatus >= 500 || httpStatus === 429 || httpStatus === 408;
}

/**
 * Errors come under any HTTP code. RFC 5730 section 3: codes below 2400 judge the command, those
 * from 2400 on tell of the server and the connection.
 */
function isVerdict(statusCode: number | null): boolean {
  return statusCode !== null && statusCode >= 2000 && statusCode < 2400;
}
