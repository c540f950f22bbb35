import { mayCall } from '../account/access.ts';
import type { Account } from '../account/account.ts';
import type { LoginRequest } from '../account/login.ts';
import type { Session, Sessions } from '../account/sessions.ts';
import type { SentRequest } from '../http-request.ts';
import { isDone, type Outcome, refused, sessionRefused } from '../requests/outcome.ts';
import { judgeParameters } from '../requests/parameters.ts';
import { type Asked, accessOf, type ImmediateRequest, type Lag } from '../requests/request.ts';
import type { Dice } from './dice.ts';
import { dmapiReply } from './dmapi-reply.ts';
import type { HttpReply } from './http-reply.ts';

/** What answering needs of the registrar. */
export interface AnsweringOptions {
  readonly account: Account;
  /** Has happen what was to happen by now. */
  readonly catchUp: () => void;
  readonly login: (request: LoginRequest) => HttpReply;
  readonly served: ReadonlyMap<string, ImmediateRequest>;
  readonly sessions: Sessions;
  readonly makeTrackingId: (atMs: number) => string;
  readonly refusalHttpStatus: number;
  readonly dice: Dice;
}

/** Answers requests that were read in full. */
export interface Answering {
  /** Carries the request out and gives the reply. @param lag of what it reads of a zone */
  answer(request: SentRequest, lag?: Lag): HttpReply;
  /** Drops the request's session and answers as if it had expired; nothing is carried out. */
  loseSession(request: SentRequest): HttpReply;
}

/**
 * Builds the answering. The order of the checks is open; here: name, session, right, parameters.
 * No cookie comes with a reply that belongs to no session (open: every recorded reply had one).
 */
export function createAnswering(options: AnsweringOptions): Answering {
  const { account, catchUp, login, served, sessions, makeTrackingId, dice } = options;
  const reply = (outcome: Outcome, atMs: number, trackingId?: string, sid?: string) => {
    const httpStatus =
      isDone(outcome) || outcome.httpStatus !== 200
        ? outcome.httpStatus
        : options.refusalHttpStatus;
    return dmapiReply({ ...outcome, httpStatus }, { atMs, sid, trackingId }, dice);
  };
  return {
    answer: (request, lag) => {
      catchUp();
      const { name, params, atMs } = request;
      const trackingId = makeTrackingId(atMs);
      if (name === 'login') return login({ params, trackingId, atMs });
      const known = served.get(name);
      if (!known) return reply(refused(2000, ['There is no such request']), atMs, trackingId);
      const session = known.isOpen ? NO_SESSION : sessions.use(sidOf(request));
      if (!session) return reply(sessionRefused(), atMs, trackingId);
      const outcome = carryOut(known, request, { account, session, trackingId, lag });
      const shownId = (known.tracked ?? true) ? trackingId : undefined;
      return reply(outcome, atMs, shownId, session.sid);
    },
    loseSession: (request) => {
      sessions.end(sidOf(request));
      return reply(sessionRefused(), request.atMs, makeTrackingId(request.atMs));
    },
  };
}

/** What an open request comes with. */
const NO_SESSION: Session = { sid: '', access: '' };

/** The session id of a request: the parameter wins over the cookie, even when it is no good. */
function sidOf({ params, headers }: SentRequest): string {
  return (
    params.get('auth-sid') ?? /(?:^|;\s*)dmapi-auth=([^;]*)/.exec(headers.cookie ?? '')?.[1] ?? ''
  );
}

function carryOut(
  known: ImmediateRequest,
  { params, atMs }: SentRequest,
  asked: Pick<Asked, 'account' | 'trackingId' | 'lag'> & { readonly session: Session },
): Outcome {
  const { session, ...rest } = asked;
  const { sid, access: userAccess } = session;
  if (!mayCall(userAccess, accessOf(known, params))) {
    return refused(2201, ['The access rights of this API key do not allow this request']);
  }
  return judgeParameters(known, params) ?? known.answer({ ...rest, params, atMs, sid, userAccess });
}
