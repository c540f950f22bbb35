import { setTimeout as sleep } from 'node:timers/promises';
import type { CredentialStore, StoredCredentials } from './credentials.ts';
import { type Deadline, deadlineIn } from './dmapi/deadline.ts';
import { CredentialsRejectedError } from './failure.ts';
import { log } from './log.ts';
import { type Login, secretsOf } from './login.ts';
import { isFresh, type OpenSession, type SessionSource, toSession } from './session-source.ts';
import {
  type SessionTable,
  SessionTableError,
  type SharedState,
  type StoredSession,
} from './session-table.ts';

export interface SharedSessionsOptions {
  readonly table: SessionTable;
  readonly credentials: CredentialStore;
  readonly logIn: (deadline: Deadline) => Promise<Login>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Between two looks at the table, while another environment logs in. */
const LOOK_AGAIN_MS = 100;
/** After that long whoever logs in has died, or the registrar hangs: others may try. */
const LOGIN_MS = 10_000;
/** How long a refused login is remembered for all. */
const REFUSAL_MEMORY_MS = 30_000;
/** How long a table that has failed is left alone. */
const TABLE_PAUSE_MS = 10_000;

/**
 * Sessions that all execution environments with the same credentials share through a table: one of
 * them logs in, and the others wait for it. What the table does not give or keep, for whatever
 * reason, costs a login and never a call.
 */
export function sharedSessions({
  table,
  credentials,
  logIn,
  now,
}: SharedSessionsOptions): SessionSource {
  let pausedUntilMs = Number.NEGATIVE_INFINITY;
  /** The session that was last seen in the table. */
  let shared: StoredSession | undefined;

  /** What the table makes of it; `undefined` where it cannot be used. */
  async function tryTable<T>(use: () => Promise<T>): Promise<T | undefined> {
    if (now() < pausedUntilMs) return undefined;
    try {
      return await use();
    } catch (error) {
      if (!(error instanceof SessionTableError)) throw error;
      pausedUntilMs = now() + TABLE_PAUSE_MS;
      log.warn('sessions are not shared', { reason: error.message });
      return undefined;
    }
  }

  async function open(deadline: Deadline, refused?: OpenSession): Promise<OpenSession> {
    const patience = deadlineIn(Math.min(LOGIN_MS, deadline.remainingMs() / 2));
    while (patience.remainingMs() > 0) {
      const [known, state] = await Promise.all([
        credentials.read(deadline),
        tryTable(() => table.read(deadline)),
      ]);
      if (!state) break;
      const found = await usable(state.session, known, refused, deadline);
      if (found) return found;
      if (isRefused(state.refused, known)) throw refusedForAll();
      if (await lock(state)) return await logInForAll(deadline);
      await sleep(LOOK_AGAIN_MS * (0.5 + Math.random() / 2));
    }
    return toSession(await logIn(deadline));
  }

  /** Takes the right to log in for all, unless another environment has it. */
  async function lock({ session, lockedUntilMs }: SharedState): Promise<boolean | undefined> {
    const nowMs = now();
    // Nobody locks for longer: whoever wrote that had a clock that was wrong.
    const isLocked = lockedUntilMs > nowMs && lockedUntilMs <= nowMs + 2 * LOGIN_MS;
    if (isLocked) return false;
    return await tryTable(() => table.lock(session, { nowMs, durationMs: LOGIN_MS }));
  }

  async function usable(
    stored: StoredSession | undefined,
    known: StoredCredentials,
    refused: OpenSession | undefined,
    deadline: Deadline,
  ): Promise<OpenSession | undefined> {
    shared = stored;
    if (!stored || stored.authSid === refused?.authSid) return undefined;
    if (!isFresh(stored, now())) return undefined;
    const current =
      stored.secretVersion === known.version
        ? known
        : await credentials.readAgain(deadline).catch(() => known);
    if (stored.secretVersion !== current.version) return undefined;
    return toOpen(stored, current);
  }

  async function logInForAll(deadline: Deadline): Promise<OpenSession> {
    try {
      return (await logInAndShare(deadline)).session;
    } catch (error) {
      const refused =
        error instanceof CredentialsRejectedError
          ? {
              secretVersion: (await credentials.read(deadline)).version,
              untilMs: now() + REFUSAL_MEMORY_MS,
            }
          : undefined;
      await tryTable(() => table.unlock(refused));
      throw error;
    }
  }

  async function logInAndShare(deadline: Deadline) {
    const login = await logIn(deadline);
    const session = toSession(login);
    const { authSid, account, userAccess, lifetimeMs, expiresAtMs } = session;
    const { secretVersion } = login;
    const stored = { authSid, secretVersion, account, userAccess, lifetimeMs, expiresAtMs };
    await tryTable(() => table.put(stored));
    shared = stored;
    return { session, reply: login.reply };
  }

  async function find(deadline: Deadline): Promise<OpenSession | undefined> {
    const state = await tryTable(() => table.read(deadline));
    if (!state?.session) return undefined;
    return await usable(state.session, await credentials.read(deadline), undefined, deadline);
  }

  /** Not with every use, which would cost a write each, but before others could think it has ended. */
  async function prolong({ authSid, expiresAtMs, lifetimeMs }: OpenSession): Promise<void> {
    if (shared?.authSid !== authSid || expiresAtMs - shared.expiresAtMs < lifetimeMs / 2) return;
    shared = { ...shared, expiresAtMs };
    await tryTable(() => table.prolong(authSid, expiresAtMs));
  }

  async function forget({ authSid }: OpenSession): Promise<void> {
    await tryTable(() => table.remove(authSid));
  }

  function isRefused(refused: RefusedLogin | undefined, { version }: StoredCredentials): boolean {
    return refused?.secretVersion === version && now() < refused.untilMs;
  }

  return { open, logIn: logInAndShare, find, prolong, forget };
}

type RefusedLogin = { readonly secretVersion: string; readonly untilMs: number };

function toOpen(stored: StoredSession, { credentials }: StoredCredentials): OpenSession {
  const { authSid, account, userAccess, lifetimeMs, expiresAtMs } = stored;
  const secrets = [...secretsOf(credentials), authSid];
  return { authSid, account, userAccess, secrets, lifetimeMs, expiresAtMs };
}

function refusedForAll(): CredentialsRejectedError {
  return new CredentialsRejectedError(
    'The registrar has refused a login with these credentials a moment ago: check the API key or the password in the secret.',
  );
}
