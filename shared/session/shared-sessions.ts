import { setTimeout as sleep } from 'node:timers/promises';
import { type Deadline, deadlineIn } from '../dmapi/deadline.ts';
import { AwsUnavailableError, CredentialsRejectedError } from '../failure.ts';
import { log } from '../log.ts';
import type { CredentialStore } from './credentials.ts';
import { type Login, REFUSAL_MEMORY_MS } from './login.ts';
import { sealSession, unsealSession } from './sealed-session.ts';
import { sealOf } from './session-seal.ts';
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
  /** How long a call of the table may take: past that a login is better. @default 4 s */
  readonly patienceMs?: number;
}

const PATIENCE_MS = 4000;
/** Between two looks at the table, while another environment logs in: at most. */
const LOOK_AGAIN_MS = 100;
/** After that long whoever logs in has died, or the registrar hangs: another may try. */
const LOGIN_MS = 10_000;
/** How long what has failed is left alone: the table, and a session that could not be opened. */
const PAUSE_MS = 10_000;

/**
 * Sessions that all execution environments with the same credentials share through a table: one of
 * them logs in, and the others wait for it. What the table does not give or keep, for whatever
 * reason, costs a login and never a call.
 */
export function sharedSessions(options: SharedSessionsOptions): SessionSource {
  const { openTable, credentials, logIn, now, patienceMs = PATIENCE_MS } = options;
  let opening: Promise<SessionTable> | undefined;
  let pausedUntilMs = Number.NEGATIVE_INFINITY;
  /** The session of this environment that the table has, as far as is known. */
  let shared: (StoredSession & { readonly authSid: string }) | undefined;
  /** What these credentials have not opened. */
  let foreign: { readonly sealed: string; readonly untilMs: number } | undefined;

  /** A part of the time that is left: what the table takes must not be missing for the call. */
  const briefly = (deadline: Deadline, ms = patienceMs) =>
    deadlineIn(Math.min(ms, deadline.remainingMs() / 2));
  /** For what has to be told even when the time of the call is over. */
  const lastly = () => deadlineIn(patienceMs / 2);

  async function useTable<T>(use: (table: SessionTable) => Promise<T>): Promise<T> {
    opening ??= openTable();
    return await use(await opening);
  }

  /** What the table makes of it; `undefined` where it cannot be used. */
  async function tryTable<T>(use: (table: SessionTable) => Promise<T>): Promise<T | undefined> {
    if (now() < pausedUntilMs) return undefined;
    try {
      return await useTable(use);
    } catch (error) {
      if (!(error instanceof SessionTableError)) throw error;
      pausedUntilMs = now() + PAUSE_MS;
      log().warn('sessions are not shared', { reason: error.message });
      return undefined;
    }
  }

  async function open(deadline: Deadline, refused?: OpenSession): Promise<OpenSession> {
    const patience = deadlineIn(deadline.remainingMs() / 2);
    while (patience.remainingMs() > 0) {
      const state = await look(deadline);
      if (!state) break;
      const found = await usable(state.session, deadline);
      if (found && found.authSid !== refused?.authSid) return found;
      await throwIfRefused(state, deadline);
      if (await lock(state, deadline)) return await logInForAll(deadline);
      await sleep(LOOK_AGAIN_MS * (0.5 + Math.random() / 2));
    }
    return (await logInAndShare(deadline)).session;
  }

  /** The credentials will be needed as well: both are asked for at once. */
  async function look(deadline: Deadline): Promise<SharedState | undefined> {
    const [state] = await Promise.all([
      tryTable((table) => table.read(briefly(deadline))),
      credentials.read(deadline),
    ]);
    return state;
  }

  /** A stored session that the credentials open and that has not run out. */
  async function usable(stored: StoredSession | undefined, deadline: Deadline) {
    if (!stored || now() >= stored.expiresAtMs) return undefined;
    const session = await unseal(stored, deadline);
    return session && isFresh(session, now()) ? session : undefined;
  }

  async function unseal(stored: StoredSession, deadline: Deadline) {
    const session =
      unsealSession(stored, await credentials.read(deadline)) ??
      (await unsealByNewest(stored, deadline));
    if (session) shared = { ...stored, authSid: session.authSid };
    return session;
  }

  /** Another environment may have read a newer version of the secret. */
  async function unsealByNewest(stored: StoredSession, deadline: Deadline) {
    const { sealed } = stored;
    if (foreign?.sealed === sealed && now() < foreign.untilMs) return undefined;
    const newest = await credentials.readAgain(briefly(deadline)).catch(() => undefined);
    const session = newest && unsealSession(stored, newest);
    if (!session) foreign = { sealed, untilMs: now() + PAUSE_MS };
    return session;
  }

  /** A time that is farther off than any refusal is remembered comes from a wrong clock. */
  async function throwIfRefused({ refused }: SharedState, deadline: Deadline): Promise<void> {
    if (!refused) return;
    const untilMs = Number(sealOf(await credentials.read(deadline)).open(refused));
    const leftMs = untilMs - now();
    if (leftMs > 0 && leftMs <= REFUSAL_MEMORY_MS) throw refusedForAll();
  }

  /** Takes the right to log in for all, unless another environment has it. */
  async function lock({ session, lockedUntilMs }: SharedState, deadline: Deadline) {
    const nowMs = now();
    // As the table judges it: nobody locks for longer.
    const isLocked = lockedUntilMs > nowMs && lockedUntilMs <= nowMs + 2 * LOGIN_MS;
    if (isLocked) return false;
    const time = { nowMs, durationMs: LOGIN_MS };
    return await tryTable((table) => table.lock(session, time, briefly(deadline)));
  }

  async function logInForAll(deadline: Deadline): Promise<OpenSession> {
    try {
      return (await logInAndShare(deadline)).session;
    } catch (error) {
      await tryTable((table) => table.unlock(lastly()));
      throw error;
    }
  }

  async function logInAndShare(deadline: Deadline) {
    const login = await logIn(deadline).catch(async (error) => {
      if (error instanceof CredentialsRejectedError) await noteRefusal(deadline);
      throw error;
    });
    const session = toSession(login);
    const stored = sealSession(session, login.credentials);
    await tryTable((table) => table.put(stored, briefly(deadline)));
    shared = { ...stored, authSid: session.authSid };
    return { session, reply: login.reply };
  }

  async function noteRefusal(deadline: Deadline): Promise<void> {
    const untilMs = now() + REFUSAL_MEMORY_MS;
    const sealed = sealOf(await credentials.read(deadline)).seal(String(untilMs));
    await tryTable((table) => table.noteRefusal(sealed, untilMs, lastly()));
  }

  async function logInAnew(deadline: Deadline) {
    const state = await look(deadline);
    if (state) await throwIfRefused(state, deadline);
    return await logInAndShare(deadline);
  }

  async function find(deadline: Deadline): Promise<OpenSession | undefined> {
    const { session } = await useTable((table) => table.read(briefly(deadline))).catch((cause) => {
      if (!(cause instanceof SessionTableError)) throw cause;
      throw new AwsUnavailableError('The session cannot be looked up: it may go on.', { cause });
    });
    return session && (await unseal(session, deadline));
  }

  /** Not with every use, which would cost a write each, but before others could think it has ended. */
  async function prolong(session: OpenSession, deadline: Deadline): Promise<void> {
    const { authSid, expiresAtMs, lifetimeMs } = session;
    if (shared?.authSid !== authSid || expiresAtMs - shared.expiresAtMs < lifetimeMs / 10) return;
    const prolonged = { ...shared, expiresAtMs };
    const isDone = await tryTable(async (table) => {
      await table.prolong(prolonged, briefly(deadline, patienceMs / 8));
      return true;
    });
    if (isDone && shared?.sealed === prolonged.sealed) shared = prolonged;
  }

  async function forget({ authSid }: OpenSession, deadline: Deadline): Promise<void> {
    if (shared?.authSid !== authSid) return;
    const forgotten = shared;
    shared = undefined;
    await tryTable((table) => table.remove(forgotten, briefly(deadline)));
  }

  return { open, logIn: logInAnew, find, prolong, forget };
}

function refusedForAll(): CredentialsRejectedError {
  return new CredentialsRejectedError(
    'The registrar has refused a login with these credentials a moment ago: check the API key or the password in the secret.',
  );
}
