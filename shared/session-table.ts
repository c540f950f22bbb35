import type { Deadline } from './dmapi/deadline.ts';

/** What all execution environments with the same credentials know of each other's sessions. */
export interface SharedState {
  readonly session: StoredSession | undefined;
  /** Until when another environment has the right to log in for all; 0 where none has. */
  readonly lockedUntilMs: number;
  /** Until when a login with those credentials need not be tried; it was refused. */
  readonly refused: RefusedLogin | undefined;
}

export interface StoredSession {
  /** The session, sealed: only who can read the credentials can open it. */
  readonly sealed: string;
  /** Epoch milliseconds. */
  readonly expiresAtMs: number;
}

export interface RefusedLogin {
  /** Of the credentials that were refused. */
  readonly fingerprint: string;
  /** Epoch milliseconds. */
  readonly untilMs: number;
}

/** The table cannot be used: whatever it would have given or kept, has to be done without. */
export class SessionTableError extends Error {
  override readonly name = 'SessionTableError';
}

/** What is kept for all environments with the same credentials. All throw SessionTableError. */
export interface SessionTable {
  read(deadline: Deadline): Promise<SharedState>;
  /**
   * Takes the right to log in for all, unless another has it or another session has come since.
   *
   * @param seen the session that is to be replaced, if there is one
   */
  lock(seen: StoredSession | undefined, time: LockTime): Promise<boolean>;
  /** Puts a new session, which ends the lock. */
  put(session: StoredSession): Promise<void>;
  /** Ends the lock, if this environment still has it, because the login did not come off. */
  unlock(refused?: RefusedLogin): Promise<void>;
  /** Notes that the session lives longer, if it is still the one. */
  prolong(sealed: string, expiresAtMs: number): Promise<void>;
  /** Removes the session, if it is still the one. */
  remove(sealed: string): Promise<void>;
}

export interface LockTime {
  readonly nowMs: number;
  readonly durationMs: number;
}
