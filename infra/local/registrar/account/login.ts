import { type Credential, judgeLogin, type LoginVerdict } from '../credentials.ts';
import type { Dice } from '../http/dice.ts';
import { loginProgramReply } from '../http/dmapi-reply.ts';
import type { HttpReply } from '../http/http-reply.ts';
import { missing, type Outcome, type ReplyHeader, refused } from '../requests/outcome.ts';
import { ACCOUNT, TLDS } from './account.ts';
import type { Session, Sessions } from './sessions.ts';

/** What a login needs of the registrar. */
export interface LoginOptions {
  readonly credentials: readonly Credential[];
  readonly sessions: Sessions;
  readonly sessionTimeoutSeconds: number;
  readonly dice: Dice;
  readonly startedAtMs: number;
}

/** One login to answer. */
export interface LoginRequest {
  readonly params: ReadonlyMap<string, string>;
  readonly trackingId: string;
  readonly atMs: number;
}

/** Answers logins: the one request served by another program than the rest. */
export function createLogin(options: LoginOptions): (request: LoginRequest) => HttpReply {
  let lastLoginMs = options.startedAtMs;
  return ({ params, trackingId, atMs }) => {
    const common = (statusCode: number, statusText: string): readonly ReplyHeader[] => [
      ['Status-Code', String(statusCode)],
      ['Status-Text', statusText],
      ['SvTrId', trackingId],
      ['Tracking-Id', trackingId],
      ['Timing', writeTiming(options.dice)],
      ['Version', '1.2'],
    ];
    const verdict = judgeLogin(options.credentials, params);
    if ('wrong' in verdict) {
      const { statusCode, statusText, errors, body } = refuseLogin(verdict.wrong);
      const reasons = errors.map((error) => ['Error', error] as const);
      const headers = [...common(statusCode, statusText), ...reasons];
      return loginProgramReply({ headers, body }, { atMs });
    }
    const session = options.sessions.open(verdict.access);
    const headers = [
      ...common(0, 'OK'),
      ...sessionHeaders(session, options.sessionTimeoutSeconds),
      ...accountHeaders(lastLoginMs),
    ];
    lastLoginMs = atMs;
    const body = TLDS.map((tld) => `${tld}\n`).join('');
    return loginProgramReply({ headers, body }, { atMs, sid: session.sid });
  };
}

/** Processor seconds, seconds passed, and their ratio. */
function writeTiming(dice: Dice): string {
  const passed = 0.011 + dice() * 0.004;
  const busy = passed * (0.2 + dice() * 0.2);
  return `${busy.toFixed(6)}/${passed.toFixed(6)} ${((busy / passed) * 100).toFixed(3)}%`;
}

type Wrong = Extract<LoginVerdict, { wrong: string }>['wrong'];

/**
 * A wrong key is known from one program, which finds HTTP 200, a code other than 0, no Error and
 * the reason in the body. Which code is a guess, and so is all of the other refusals: 2200 for a
 * login is known from mock servers only.
 */
function refuseLogin(wrong: Wrong): Outcome {
  if (wrong === 'api-key') return { ...refused(2200, []), body: 'API key is invalid\n' };
  if (wrong === 'password') return refused(2200, ['User name or password is wrong']);
  return missing(['api-key, or username and password']);
}

function sessionHeaders(session: Session, timeoutSeconds: number): readonly ReplyHeader[] {
  return [
    ['UID', ACCOUNT.uid],
    ['User-Login', ACCOUNT.userLogin],
    ['Auth-Sid', session.sid],
    ['Session-Timeout', String(timeoutSeconds)],
    ['User-Access', session.access],
  ];
}

function accountHeaders(lastLoginMs: number): readonly ReplyHeader[] {
  return [
    ['Account-currency', ACCOUNT.currency],
    ['Account-balance', ACCOUNT.balance],
    ['Account-pending_amount', ACCOUNT.pendingAmount],
    ['Account-rebate', ACCOUNT.rebate],
    ['Account-contract_date', ACCOUNT.contractDate],
    ['Stats-number-of-domains', ACCOUNT.numberOfDomains],
    ['Stats-last-login', writeZoned(lastLoginMs)],
    ['Stats-last-ip', '127.0.0.1'],
    ['Stats-last-error', ''],
    ['Stats-last-error-ip', ''],
    ['Stats-number-of-autorenew', ACCOUNT.numberOfAutorenew],
  ];
}

function writeZoned(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 19).replace('T', ' ')} +0000`;
}
