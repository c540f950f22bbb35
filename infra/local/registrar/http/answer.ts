import { mayCall } from '../account/access.ts';
import type { LoginRequest } from '../account/login.ts';
import type { Session, Sessions } from '../account/sessions.ts';
import type { SentRequest } from '../http-request.ts';
import { type Outcome, refused, sessionRefused } from '../requests/outcome.ts';
import type { ServedRequest } from '../requests/requests.ts';
import type { Dice } from './dice.ts';
import { dmapiReply } from './dmapi-reply.ts';
import type { HttpReply } from './http-reply.ts';

/** What answering needs of the registrar. */
export interface AnsweringOptions {
  readonly login: (request: LoginRequest) => HttpReply;
  readonly served: ReadonlyMap<string, ServedRequest>;
  readonly sessions: Sessions;
  readonly makeTrackingId: (atMs: number) => string;
  readonly refusalHttpStatus: number;
  readonly dice: Dice;
}

/** Answers requests that were read in full. */
export interface Answering {
  /** Carries the request out and gives the reply. */
  answer(request: SentRequest): HttpReply;
  /** Drops the request's session and answers as if it had expired; nothing is carried out. */
  loseSession(request: SentRequest): HttpReply;
}

/**
 * Builds the answering. The order of the checks is open; here: name, session, right, parameters.
 * No cookie comes with a reply that belongs to no session (open: every recorded reply had one).
 */
export function createAnswering(options: AnsweringOptions): Answering {
  const { login, served, sessions, makeTrackingId, refusalHttpStatus, dice } = options;
  const refuse = (outcome: Outcome): Outcome =>
    outcome.statusCode === 0 ? outcome : { ...outcome, httpStatus: refusalHttpStatus };
  return {
    answer: (request) => {
      const { name, params, atMs } = request;
      const trackingId = makeTrackingId(atMs);
      if (name === 'login') return login({ params, trackingId, atMs });
      const known = served.get(name);
      if (!known) {
        const outcome = refuse(refused(2000, ['There is no such request']));
        return dmapiReply(outcome, { atMs, trackingId }, dice);
      }
      const session = sessions.use(sidOf(request));
      if (!session) return dmapiReply(sessionRefused(), { atMs, trackingId }, dice);
      const outcome = refuse(carryOut(known, request, session, trackingId));
      const shownId = known.tracked ? trackingId : undefined;
      return dmapiReply(outcome, { atMs, sid: session.sid, trackingId: shownId }, dice);
    },
    loseSession: (request) => {
      sessions.end(sidOf(request));
      const { atMs } = request;
      return dmapiReply(sessionRefused(), { atMs, trackingId: makeTrackingId(atMs) }, dice);
    },
  };
}

/** The session id of a request: the parameter wins over the cookie, even when it is no good. */
function sidOf({ params, headers }: SentRequest): string {
  return (
    params.get('auth-sid') ?? /(?:^|;\s*)dmapi-auth=([^;]*)/.exec(headers.cookie ?? '')?.[1] ?? ''
  );
}

function carryOut(
  { access, handle }: ServedRequest,
  { params, atMs }: SentRequest,
  session: Session,
  trackingId: string,
): Outcome {
  if (!mayCall(session.access, access)) {
    return refused(2201, ['The access rights of this API key do not allow this request']);
  }
  return handle({ params, atMs, sid: session.sid, trackingId });
}
