import { setTimeout as sleep } from 'node:timers/promises';
import type { CredentialStore, StoredCredentials } from './credentials.ts';
import { type Deadline, deadlineIn } from './dmapi/deadline.ts';
import { CredentialsRejectedError } from './failure.ts';
import { log } from './log.ts';
import { type Login, secretsOf } from './login.ts';
import { type Seal, sealOf } from './session-seal.ts';
import { isFresh, type OpenSession, type SessionSource, toSession } from './session-source.ts';
import {
  type SessionTable,
  SessionTableError,
  type SharedState,
  type StoredSession,
} from './session-table.ts';

export interface SharedSessionsOptions {
  /** Asked at the first use: a call that does not get so far does not pay for a database. */
  readonly openTable: () => Promise<SessionTable>;
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
export function sharedSessions(options: SharedSessionsOptions): SessionSource {
  const { openTable, credentials, logIn, now } = options;
  let opening: Promise<SessionTable> | undefined;
  let pausedUntilMs = Number.NEGATIVE_INFINITY;
  /** The session of this environment that the table has, as far as is known. */
  let shared: (StoredSession & { readonly authSid: string }) | undefined;
  /** What the newest credentials did not open. */
  let foreign: string | undefined;

  /** What the table makes of it; `undefined` where it cannot be used. */
  async function tryTable<T>(use: (table: SessionTable) => Promise<T>): Promise<T | undefined> {
    if (now() < pausedUntilMs) return undefined;
    try {
      opening ??= openTable();
      return await use(await opening);
    } catch (error) {
      if (!(error instanceof SessionTableError)) throw error;
      pausedUntilMs = now() + TABLE_PAUSE_MS;
      log().warn('sessions are not shared', { reason: error.message });
      return undefined;
    }
  }

  async function open(deadline: Deadline, refused?: OpenSession): Promise<OpenSession> {
    const patience = deadlineIn(Math.min(LOGIN_MS, deadline.remainingMs() / 2));
    while (patience.remainingMs() > 0) {
      const state = await look(deadline);
      if (!state) break;
      const found = await usable(state.session, deadline);
      if (found && found.authSid !== refused?.authSid) return found;
      await throwIfRefused(state, deadline);
      if (await lock(state)) return await logInForAll(deadline);
      await sleep(LOOK_AGAIN_MS * (0.5 + Math.random() / 2));
    }
    return (await logInAndShare(deadline)).session;
  }

  /** The credentials will be needed as well: both are asked for at once. */
  async function look(deadline: Deadline): Promise<SharedState | undefined> {
    const [state] = await Promise.all([
      tryTable((table) => table.read(deadline)),
      credentials.read(deadline),
    ]);
    return state;
  }

  /** A stored session that these credentials open and that has not run out. */
  async function usable(stored: StoredSession | undefined, deadline: Deadline) {
    if (!stored || now() >= stored.expiresAtMs) return undefined;
    const session = await unseal(stored, deadline);
    if (!session || !isFresh(session, now())) return undefined;
    shared = { ...stored, authSid: session.authSid };
    return session;
  }

  async function unseal(stored: StoredSession, deadline: Deadline) {
    const known = await credentials.read(deadline);
    const session = openWith(known, stored);
    if (session || stored.sealed === foreign) return session;
    // Another environment may have read a newer version of the secret.
    const newest = await credentials.readAgain(deadline).catch(() => known);
    const opened = openWith(newest, stored);
    if (!opened) foreign = stored.sealed;
    return opened;
  }

  async function throwIfRefused({ refused }: SharedState, deadline: Deadline): Promise<void> {
    if (!refused || now() >= refused.untilMs) return;
    if (refused.fingerprint === sealOf(await credentials.read(deadline)).fingerprint) {
      throw refusedForAll();
    }
  }

  /** Takes the right to log in for all, unless another environment has it. */
  async function lock({ session, lockedUntilMs }: SharedState): Promise<boolean | undefined> {
    const nowMs = now();
    // Nobody locks for longer: whoever wrote that had a clock that was wrong.
    const isLocked = lockedUntilMs > nowMs && lockedUntilMs <= nowMs + 2 * LOGIN_MS;
    if (isLocked) return false;
    return await tryTable((table) => table.lock(session, { nowMs, durationMs: LOGIN_MS }));
  }

  async function logInForAll(deadline: Deadline): Promise<OpenSession> {
    try {
      return (await logInAndShare(deadline)).session;
    } catch (error) {
      const refused = error instanceof CredentialsRejectedError;
      const seal = refused ? sealOf(await credentials.read(deadline)) : undefined;
      await tryTable((table) => table.unlock(seal && refusalOf(seal)));
      throw error;
    }
  }

  function refusalOf({ fingerprint }: Seal) {
    return { fingerprint, untilMs: now() + REFUSAL_MEMORY_MS };
  }

  async function logInAndShare(deadline: Deadline) {
    const login = await logIn(deadline);
    const session = toSession(login);
    const stored = { sealed: sealed(session, login.credentials), expiresAtMs: session.expiresAtMs };
    await tryTable((table) => table.put(stored));
    shared = { ...stored, authSid: session.authSid };
    return { session, reply: login.reply };
  }

  async function find(deadline: Deadline): Promise<OpenSession | undefined> {
    return await usable((await look(deadline))?.session, deadline);
  }

  /** Not with every use, which would cost a write each, but before others could think it has ended. */
  async function prolong({ authSid, expiresAtMs, lifetimeMs }: OpenSession): Promise<void> {
    if (shared?.authSid !== authSid || expiresAtMs - shared.expiresAtMs < lifetimeMs / 2) return;
    const { sealed } = shared;
    shared = { ...shared, expiresAtMs };
    await tryTable((table) => table.prolong(sealed, expiresAtMs));
  }

  async function forget({ authSid }: OpenSession): Promise<void> {
    if (shared?.authSid !== authSid) return;
    const { sealed } = shared;
    shared = undefined;
    await tryTable((table) => table.remove(sealed));
  }

  return { open, logIn: logInAndShare, find, prolong, forget };
}

/** What of a session is sealed. */
type SealedSession = Pick<OpenSession, 'authSid' | 'account' | 'userAccess' | 'lifetimeMs'>;

function sealed(session: OpenSession, credentials: StoredCredentials): string {
  const { authSid, account, userAccess, lifetimeMs } = session;
  const content: SealedSession = { authSid, account, userAccess, lifetimeMs };
  return sealOf(credentials).seal(JSON.stringify(content));
}

function openWith(stored: StoredCredentials, { sealed, expiresAtMs }: StoredSession) {
  const text = sealOf(stored).open(sealed);
  if (text === undefined) return undefined;
  const { authSid, account, userAccess, lifetimeMs }: SealedSession = JSON.parse(text);
  const secrets = [...secretsOf(stored.credentials), authSid];
  return { authSid, account, userAccess, secrets, lifetimeMs, expiresAtMs };
}

function refusedForAll(): CredentialsRejectedError {
  return new CredentialsRejectedError(
    'The registrar has refused a login with these credentials a moment ago: check the API key or the password in the secret.',
  );
}
