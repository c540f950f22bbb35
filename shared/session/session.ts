import { type Access, permits } from '../access.ts';
import type { DmapiClient } from '../dmapi/client.ts';
import type { Deadline } from '../dmapi/deadline.ts';
import { DmapiError, unreadable } from '../dmapi/error.ts';
import type { Reply } from '../dmapi/reply.ts';
import { isFresh, type OpenSession, type SessionSource } from './session-source.ts';

/** A DMAPI request that needs a session. */
export interface SessionRequest {
  readonly name: string;
  readonly access: Access;
  readonly params: Readonly<Record<string, string>>;
  /** Parameters that must not be repeated to anybody, should the registrar repeat them. */
  readonly secrets?: readonly string[];
  /** Waited for right before each sending, the second one too. What it throws is thrown, and nothing sent. */
  readonly beforeSending?: () => Promise<void>;
}

/** The DMAPI session of one execution environment. Callers never see its id. */
export interface Session {
  /**
   * Sends a request within the session, logging in first where there is none. A session that the
   * registrar refuses is replaced and the request sent once more, until a new one is refused.
   *
   * @throws DmapiError, and what the login throws.
   */
  send(request: SessionRequest, deadline: Deadline): Promise<Reply>;
  /** Always a real login; its session replaces the one in use. The reply holds no session id. */
  login(deadline: Deadline): Promise<Reply>;
  /**
   * Ends the session at the registrar. Does nothing where there is none.
   *
   * @throws DmapiError, and AwsUnavailableError where nobody can tell whether there is one.
   */
  logout(deadline: Deadline): Promise<void>;
  /**
   * The registrar's UID of the account that the session belongs to. Logs in where there is none.
   *
   * @throws what `send` throws.
   */
  account(deadline: Deadline): Promise<string>;
  /** Whether the key may send such requests, as far as the login tells. Throws what `send` throws. */
  permits(access: Access, deadline: Deadline): Promise<boolean>;
}

export interface SessionOptions {
  readonly client: DmapiClient;
  readonly source: SessionSource;
  /** Milliseconds of the clock that the sessions are stamped with. */
  readonly now: () => number;
}

/** By one that others opened, and by one that is new. */
const MAX_REPLACED = 2;

/** One session for all callers of an environment: concurrent callers wait for one to be opened. */
export function createSession({ client, source, now }: SessionOptions): Session {
  let current: OpenSession | undefined;
  let flight: Promise<OpenSession> | undefined;

  async function send(request: SessionRequest, deadline: Deadline): Promise<Reply> {
    let refused: OpenSession | undefined;
    let refusedAtMs = Number.POSITIVE_INFINITY;
    for (let replaced = 0; ; replaced++) {
      const used = await open(deadline, refused);
      try {
        return await ask(used, request, deadline);
      } catch (error) {
        if (!isSessionRefused(error)) throw explained(error, request, used);
        drop(used);
        // One that others opened before the refusal may have ended with the refused one.
        const isNew = used.openedAtMs >= refusedAtMs;
        if (isNew || replaced === MAX_REPLACED) throw explained(refusedTwice(error), request, used);
      }
      refusedAtMs = Math.min(refusedAtMs, now());
      refused = used;
    }
  }

  /** Each good reply restarts the registrar's clock of inactivity, at the latest when it was sent. */
  async function ask(session: OpenSession, request: SessionRequest, deadline: Deadline) {
    await request.beforeSending?.();
    const sentAtMs = now();
    const reply = await post(session, request, deadline);
    session.expiresAtMs = Math.max(session.expiresAtMs, sentAtMs + session.lifetimeMs);
    await source.prolong(session, deadline);
    return reply;
  }

  function post({ authSid, secrets }: OpenSession, request: SessionRequest, deadline: Deadline) {
    const { name, access } = request;
    const params = { ...request.params, 'auth-sid': authSid };
    const hidden = { ...secrets, keys: [...secrets.keys, ...(request.secrets ?? [])] };
    return client({ name, params, repeatable: access === 'read', secrets: hidden }, deadline);
  }

  async function open(deadline: Deadline, refused?: OpenSession): Promise<OpenSession> {
    for (;;) {
      if (current && isFresh(current, now())) return current;
      try {
        return await (flight ?? take(source.open(deadline, refused)));
      } catch (error) {
        // Whoever led the login may have run out of time while this caller has some left.
        if (!isTimeout(error) || deadline.remainingMs() === 0) throw error;
      }
    }
  }

  function take(opening: Promise<OpenSession>): Promise<OpenSession> {
    const started = opening
      .then((session) => {
        // A session that another has overtaken serves those who wait for it, and nobody else.
        if (flight === started) current = session;
        return session;
      })
      .finally(() => {
        if (flight === started) flight = undefined;
      });
    flight = started;
    return started;
  }

  function drop(session: OpenSession): void {
    if (current === session) current = undefined;
  }

  async function login(deadline: Deadline): Promise<Reply> {
    const loggingIn = source.logIn(deadline);
    await take(loggingIn.then(({ session }) => session));
    return (await loggingIn).reply;
  }

  async function logout(deadline: Deadline): Promise<void> {
    const session = current ?? (await source.find(deadline));
    if (!session) return;
    try {
      await post(session, { name: 'logout', access: 'read', params: {} }, deadline);
    } catch (error) {
      // A refused session has ended already.
      if (!isSessionRefused(error)) throw error;
    }
    drop(session);
    await source.forget(session, deadline);
  }

  async function account(deadline: Deadline): Promise<string> {
    const { account: uid } = await open(deadline);
    if (!uid) throw unreadable('a login without a UID');
    return uid;
  }

  async function mayUse(access: Access, deadline: Deadline): Promise<boolean> {
    return permits((await open(deadline)).userAccess, access);
  }

  return { send, login, logout, account, permits: mayUse };
}

function isSessionRefused(error: unknown): error is DmapiError {
  return error instanceof DmapiError && error.kind === 'session-refused';
}

function isTimeout(error: unknown): boolean {
  return error instanceof DmapiError && error.kind === 'timeout';
}

function refusedTwice({ reply }: DmapiError): DmapiError {
  return new DmapiError('refused', 'The registrar refused a new session as well.', {
    reply,
    wasTurnedAway: true,
  });
}

/** Which code a missing right gets is not documented; what the key may do is known from the login. */
function explained(error: unknown, { name, access }: SessionRequest, { userAccess }: OpenSession) {
  const unexplained = error instanceof DmapiError && error.kind === 'refused';
  if (!unexplained || permits(userAccess, access)) return error;
  const { reply } = error;
  return new DmapiError('not-permitted', `The key's access does not allow ${name}.`, { reply });
}
