import type { Reply } from './reply.ts';

/**
 * What went wrong between us and the registrar:
 * - `session-refused`: the auth-sid is not, or no longer, good;
 * - `not-permitted`, `not-found`, `conflict`, `refused`: a verdict on the request;
 * - `unreadable-reply`: what came back is not DMAPI;
 * - `unavailable`: no connection, a broken one, or the service says that it cannot serve now;
 * - `timeout`: no answer before the deadline.
 */
export type DmapiErrorKind =
  | 'session-refused'
  | 'not-permitted'
  | 'not-found'
  | 'conflict'
  | 'refused'
  | 'unreadable-reply'
  | 'unavailable'
  | 'timeout';

interface Circumstances {
  /** The registrar's reply, where there was a readable one. */
  readonly reply?: Reply | undefined;
  /**
   * False only when the request certainly never left this machine.
   * @default true
   */
  readonly sent?: boolean;
  /**
   * True where the registrar answered that it has not looked at the request: it had no time for it
   * (HTTP 429), or no session to carry it out in.
   * @default false
   */
  readonly wasTurnedAway?: boolean;
  /** What the service asked for in a `Retry-After` header. */
  readonly retryAfterSeconds?: number | undefined;
  /** The caller's parameter that the registrar blames, where that is known; null where it is none of them. */
  readonly field?: string | null | undefined;
  readonly cause?: unknown;
}

/** A DMAPI call that did not succeed. The message never holds text of the registrar. */
export class DmapiError extends Error {
  override readonly name = 'DmapiError';
  readonly kind: DmapiErrorKind;
  readonly reply: Reply | undefined;
  readonly sent: boolean;
  readonly wasTurnedAway: boolean;
  readonly retryAfterSeconds: number | undefined;
  readonly field: string | null | undefined;

  constructor(kind: DmapiErrorKind, message: string, circumstances: Circumstances = {}) {
    super(message, { cause: circumstances.cause });
    this.kind = kind;
    this.reply = circumstances.reply;
    this.sent = circumstances.sent ?? true;
    this.wasTurnedAway = circumstances.wasTurnedAway ?? false;
    this.retryAfterSeconds = circumstances.retryAfterSeconds;
    this.field = circumstances.field;
  }
}

/** The error for a reply that breaks the protocol; `what` continues "…is not DMAPI:". */
export function unreadable(what: string, reply?: Reply): DmapiError {
  return new DmapiError('unreadable-reply', `The registrar's reply is not DMAPI: ${what}.`, {
    reply,
  });
}

/** The error for a reply that is too large to be read, or to be passed on. */
export function tooLarge(): DmapiError {
  return new DmapiError(
    'unreadable-reply',
    'The reply is too large to be passed on: ask for less at once, for example with limit and offset.',
  );
}
