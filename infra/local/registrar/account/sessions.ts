/** An open login: its id, and the right of the key that opened it. */
export interface Session {
  readonly sid: string;
  readonly access: string;
}

/** The sessions that are open now. */
export interface Sessions {
  /** Opens one more; nothing caps how many run side by side (26 in 3 minutes were recorded). */
  open(access: string): Session;
  /** The live session of that id, its clock restarted; undefined when there is none (any more). */
  use(sid: string): Session | undefined;
  /** Ends that session, if there is one. */
  end(sid: string): void;
  /** Ends them all. */
  endAll(): void;
}

/** What sessions need to live: a clock, a source of ids, and their lifetime. */
export interface SessionsOptions {
  readonly now: () => number;
  readonly makeSid: () => string;
  readonly timeoutSeconds: number;
}

/**
 * Keeps sessions that end by inactivity. The documents say "inactivity"; that every authorised
 * request restarts the clock is read from that word (open).
 */
export function createSessions({ now, makeSid, timeoutSeconds }: SessionsOptions): Sessions {
  const open = new Map<string, Session & { usedAtMs: number }>();
  return {
    open: (access) => {
      const session = { sid: makeSid(), access, usedAtMs: now() };
      open.set(session.sid, session);
      return session;
    },
    use: (sid) => {
      const session = open.get(sid);
      if (!session) return undefined;
      if (now() - session.usedAtMs >= timeoutSeconds * 1000) {
        open.delete(sid);
        return undefined;
      }
      session.usedAtMs = now();
      return session;
    },
    end: (sid) => void open.delete(sid),
    endAll: () => open.clear(),
  };
}
