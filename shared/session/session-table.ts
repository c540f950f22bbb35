import type { Deadline } from '../dmapi/deadline.ts';

/** What all execution environments with the same credentials know of each other's sessions. */
export interface SharedState {
  readonly session: StoredSession | undefined;
  /** Until when another environment has the right to log in for all; 0 where none has. */
  readonly lockedUntilMs: number;
  /** Sealed: until when a login with the credentials need not be tried, since it was refused. */
  readonly refused: string | undefined;
}

export interface StoredSession {
  /** The session, sealed: only who can read the credentials can open it. */
  readonly sealed: string;
  /** Epoch milliseconds. */
  readonly expiresAtMs: number;
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
  lock(seen: StoredSession | undefined, time: LockTime, deadline: Deadline): Promise<boolean>;
  /** Puts a new session, which ends the lock. */
  put(session: StoredSession, deadline: Deadline): Promise<void>;
  /** Ends the lock, if this environment still has it, because the login did not come off. */
  unlock(deadline: Deadline): Promise<void>;
  /** Notes that a login was refused; `sealed` and when the note has served. */
  noteRefusal(sealed: string, untilMs: number, deadline: Deadline): Promise<void>;
  /** Notes that the session lives longer, if it is still the one. */
  prolong(session: StoredSession, deadline: Deadline): Promise<void>;
  /** Removes the session, if it is still the one. */
  remove(session: StoredSession, deadline: Deadline): Promise<void>;
}

export interface LockTime {
  readonly nowMs: number;
  readonly durationMs: number;
}
