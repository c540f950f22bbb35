import type { Deadline } from '../dmapi/deadline.ts';
import type { Reply } from '../dmapi/reply.ts';
import type { Secrets } from '../dmapi/secrets.ts';
import type { Login } from './login.ts';

/** A session with the registrar that can be used. */
export interface OpenSession {
  readonly authSid: string;
  /** The registrar's UID of the account; `undefined` where the login did not tell. */
  readonly account: string | undefined;
  /** `User-Access` as the registrar writes it, such as `@read-only`: what the key may do. */
  readonly userAccess: string;
  /** What must not leave the bundle. */
  readonly secrets: Secrets;
  /** How long it lives without being used. */
  readonly lifetimeMs: number;
  /** When its login was sent, in milliseconds of the clock. */
  readonly openedAtMs: number;
  /** Until when it lives if it is not used again, in milliseconds of the clock. */
  expiresAtMs: number;
}

/** Where an execution environment has its sessions from. */
export interface SessionSource {
  /** A session to use, by a login where there is none. Never the one that has been refused. */
  open(deadline: Deadline, refused?: OpenSession): Promise<OpenSession>;
  /** Always a real login. Its reply holds no session id. */
  logIn(deadline: Deadline): Promise<{ readonly session: OpenSession; readonly reply: Reply }>;
  /**
   * The session that there may be, without a login. It can have run out.
   *
   * @throws AwsUnavailableError where nobody can tell
   */
  find(deadline: Deadline): Promise<OpenSession | undefined>;
  /** Is told that a session has been used and lives until `expiresAtMs`. */
  prolong(session: OpenSession, deadline: Deadline): Promise<void>;
  /** Is told that a session has ended. */
  forget(session: OpenSession, deadline: Deadline): Promise<void>;
}

/** The session that a login has opened. */
export function toSession(login: Login): OpenSession {
  const { authSid, account, userAccess, secrets, lifetimeMs, sentAtMs } = login;
  const expiresAtMs = sentAtMs + lifetimeMs;
  return {
    authSid,
    account,
    userAccess,
    secrets,
    lifetimeMs,
    openedAtMs: sentAtMs,
    expiresAtMs,
  };
}

/** A session is renewed this long before its end, or a tenth of its life if that is less. */
const EARLY_MS = 60_000;

/** Whether there is enough left of its life to use it. */
export function isFresh(
  { expiresAtMs, lifetimeMs }: Pick<OpenSession, 'expiresAtMs' | 'lifetimeMs'>,
  nowMs: number,
): boolean {
  return nowMs < expiresAtMs - Math.min(EARLY_MS, lifetimeMs / 10);
}
