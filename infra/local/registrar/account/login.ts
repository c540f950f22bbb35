import { handlePrefix, TLDS } from '../catalogue/tlds.ts';
import { type Credential, judgeLogin, type LoginVerdict } from '../credentials.ts';
import type { Dice } from '../http/dice.ts';
import { loginProgramReply } from '../http/dmapi-reply.ts';
import type { HttpReply } from '../http/http-reply.ts';
import {
  malformed,
  missing,
  type Outcome,
  type ReplyHeader,
  refused,
} from '../requests/outcome.ts';
import { isOn } from '../requests/parameters.ts';
import { type Account, HOLDER } from './account.ts';
import { writeAmount } from './purse.ts';
import type { Session, Sessions } from './sessions.ts';

/** What a login needs of the registrar. */
export interface LoginOptions {
  readonly account: Account;
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
      ...accountHeaders(options.account, lastLoginMs),
    ];
    lastLoginMs = atMs;
    const prefixes = isOn(params, 'prefixes');
    const lines = TLDS.map((tld) => (prefixes ? `${tld}\t${handlePrefix(tld)}\n` : `${tld}\n`));
    const body = lines.join('');
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
 * the reason in the body; which code is a guess. A malformed name was seen live. 2200 for a login is
 * known from mock servers only.
 */
function refuseLogin(wrong: Wrong): Outcome {
  if (wrong === 'api-key') return { ...refused(2200, []), body: 'API key is invalid\n' };
  if (wrong === 'username') return malformed([{ name: 'username', expected: 'valid username' }]);
  if (wrong === 'password') return refused(2200, ['User name or password is wrong']);
  return missing(['api-key, or username and password']);
}

function sessionHeaders(session: Session, timeoutSeconds: number): readonly ReplyHeader[] {
  return [
    ['UID', HOLDER.uid],
    ['User-Login', HOLDER.userLogin],
    ['Auth-Sid', session.sid],
    ['Session-Timeout', String(timeoutSeconds)],
    ['User-Access', session.access],
  ];
}

function accountHeaders({ purse, domains }: Account, lastLoginMs: number): readonly ReplyHeader[] {
  const autorenewed = [...domains.values()].filter(({ autorenew }) => autorenew);
  return [
    ['Account-currency', HOLDER.currency],
    ['Account-balance', writeAmount(purse.balanceCents)],
    ['Account-pending_amount', writeAmount(purse.pendingCents)],
    ['Account-rebate', HOLDER.rebate],
    ['Account-contract_date', HOLDER.contractDate],
    ['Stats-number-of-domains', String(domains.size)],
    ['Stats-last-login', writeZoned(lastLoginMs)],
    ['Stats-last-ip', '127.0.0.1'],
    ['Stats-last-error', ''],
    ['Stats-last-error-ip', ''],
    ['Stats-number-of-autorenew', String(autorenewed.length)],
  ];
}

function writeZoned(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 19).replace('T', ' ')} +0000`;
}
