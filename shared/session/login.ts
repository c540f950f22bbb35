import type { DmapiClient } from '../dmapi/client.ts';
import type { Deadline } from '../dmapi/deadline.ts';
import { DmapiError, type DmapiErrorKind, unreadable } from '../dmapi/error.ts';
import { redact } from '../dmapi/redact.ts';
import { header, type Reply } from '../dmapi/reply.ts';
import type { Secrets } from '../dmapi/secrets.ts';
import { CredentialsRejectedError } from '../failure.ts';
import type { CredentialStore, StoredCredentials } from './credentials.ts';
import type { Credentials } from './parse-credentials.ts';

/** What a successful login brings. */
export interface Login {
  readonly authSid: string;
  /** The registrar's UID of the account; `undefined` where the reply does not tell. */
  readonly account: string | undefined;
  /** The reply without the session id. */
  readonly reply: Reply;
  /** When the login was sent, in milliseconds of the injected clock. */
  readonly sentAtMs: number;
  readonly lifetimeMs: number;
  /** What it was made with. */
  readonly credentials: StoredCredentials;
  /** `User-Access` as the registrar writes it, such as `@read-only`: what the key may do. */
  readonly userAccess: string;
  /** What must not leave the bundle. */
  readonly secrets: Secrets;
}

export interface LoginOptions {
  readonly client: DmapiClient;
  readonly credentials: CredentialStore;
  /** Milliseconds of a clock. */
  readonly now: () => number;
}

/** How long a session lives where the reply does not tell: DMAPI's documented default. */
const DEFAULT_LIFETIME_SECONDS = 3600;
/** How long a refused login is remembered, so that callers do not hammer the registrar. */
export const REFUSAL_MEMORY_MS = 30_000;

const REFUSALS: ReadonlySet<DmapiErrorKind> = new Set([
  'session-refused',
  'not-permitted',
  'not-found',
  'conflict',
  'refused',
]);

/**
 * A login that never loops: when the registrar refuses it, the credentials are read again, and only
 * if they have changed since, one more login is made. A refusal is remembered for 30 seconds.
 *
 * The returned function throws CredentialsRejectedError for a refusal, DmapiError for what else can
 * go wrong on the way, and what reading the credentials throws.
 */
export function createLogin({ client, credentials, now }: LoginOptions) {
  let refusal: Refusal | undefined;

  return async (deadline: Deadline): Promise<Login> => {
    const known = await credentials.read(deadline);
    if (refusal && now() < refusal.untilMs && isSame(refusal.credentials, known.credentials)) {
      throw refusal.error;
    }
    try {
      return await attempt(known, deadline);
    } catch (error) {
      if (!(error instanceof CredentialsRejectedError)) throw error;
      const stored = await credentials.readAgain(deadline);
      if (isSame(known.credentials, stored.credentials)) throw error;
      refusal = undefined;
      return await attempt(stored, deadline);
    }
  };

  async function attempt(stored: StoredCredentials, deadline: Deadline): Promise<Login> {
    const sentAtMs = now();
    const secrets = secretsOf(stored.credentials);
    try {
      const reply = await client(
        { name: 'login', params: toParams(stored.credentials), repeatable: true, secrets },
        deadline,
      );
      refusal = undefined;
      return { ...readLogin(reply, stored.credentials), sentAtMs, credentials: stored };
    } catch (error) {
      if (!(error instanceof DmapiError && REFUSALS.has(error.kind))) throw error;
      // At once: what follows, such as reading the secret again, may fail in its own way.
      refusal = {
        error: rejected(error),
        credentials: stored.credentials,
        untilMs: now() + REFUSAL_MEMORY_MS,
      };
      throw refusal.error;
    }
  }
}

interface Refusal {
  readonly error: CredentialsRejectedError;
  readonly credentials: Credentials;
  readonly untilMs: number;
}

/** What must not leave the bundle: of the credentials, and the id of a session if there is one. */
export function secretsOf(using: Credentials, authSid?: string): Secrets {
  const sids = authSid === undefined ? [] : [authSid];
  return 'apiKey' in using
    ? { keys: [using.apiKey, ...sids], passwords: [] }
    : { keys: sids, passwords: [using.password] };
}

function toParams(using: Credentials): Record<string, string> {
  return 'apiKey' in using
    ? { 'api-key': using.apiKey }
    : { username: using.username, password: using.password };
}

function readLogin(reply: Reply, using: Credentials) {
  const authSid = header(reply, 'Auth-Sid');
  if (!authSid || /\s/.test(authSid)) throw unreadable('a login without a session id');
  const seconds = readSessionTimeout(reply) ?? DEFAULT_LIFETIME_SECONDS;
  const headers = new Map(reply.headers);
  headers.delete('auth-sid');
  return {
    authSid,
    reply: redact({ ...reply, headers }, { keys: [authSid], passwords: [] }),
    account: header(reply, 'UID'),
    lifetimeMs: seconds * 1000,
    userAccess: header(reply, 'User-Access') ?? '',
    secrets: secretsOf(using, authSid),
  };
}

/** `Session-Timeout` of a login reply, in seconds. */
export function readSessionTimeout(reply: Reply): number | undefined {
  const seconds = header(reply, 'Session-Timeout') ?? '';
  return /^[1-9]\d{0,8}$/.test(seconds) ? Number(seconds) : undefined;
}

function rejected(cause: DmapiError): CredentialsRejectedError {
  const statusCode = cause.reply?.statusCode ?? null;
  const code = statusCode === null ? 'without a Status-Code' : `Status-Code ${statusCode}`;
  return new CredentialsRejectedError(
    `The registrar refused the login (${code}): check the API key or the password in the secret, and that it is a reseller's account.`,
    { cause },
  );
}

function isSame(a: Credentials, b: Credentials): boolean {
  return JSON.stringify(toParams(a)) === JSON.stringify(toParams(b));
}
