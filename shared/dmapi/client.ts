import { setTimeout as sleep } from 'node:timers/promises';
import type { Deadline } from './deadline.ts';
import { DmapiError } from './error.ts';
import { parseReply } from './parse-reply.ts';
import { post } from './post.ts';
import { redact } from './redact.ts';
import type { Reply } from './reply.ts';
import type { Secrets } from './secrets.ts';
import { judge } from './verdict.ts';

/** One DMAPI request as it goes on the wire. */
export interface DmapiRequest {
  readonly name: string;
  readonly params: Readonly<Record<string, string>>;
  /** Whether sending it twice is harmless. If not, it is never sent again once it may have left. */
  readonly repeatable: boolean;
  /** To be blanked out of whatever comes back. */
  readonly secrets: Secrets;
}

/** Sends a request and returns its successful reply. */
export type DmapiClient = (request: DmapiRequest, deadline: Deadline) => Promise<Reply>;

const MAX_ATTEMPTS = 3;
const FIRST_BACKOFF_MS = 200;

/**
 * A client of the DMAPI service at `endpoint`. It repeats a repeatable request after a broken
 * connection, a 5xx or a 429, at most twice, with jittered backoff, and not beyond the deadline.
 * A request that is not repeatable is tried again only when it certainly never left.
 *
 * @throws DmapiError for every outcome but success.
 */
export function createClient(endpoint: URL): DmapiClient {
  return async (request, deadline) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await once(endpoint, request, deadline);
      } catch (error) {
        if (!mayRepeat(error, request, attempt)) throw error;
        const waitMs = backoffMs(attempt, error.retryAfterSeconds);
        if (waitMs >= deadline.remainingMs()) throw error;
        await sleep(waitMs);
      }
    }
  };
}

async function once(endpoint: URL, request: DmapiRequest, deadline: Deadline): Promise<Reply> {
  const { name, params, repeatable, secrets } = request;
  const answer = await post(endpoint, { name, params, reuseConnection: repeatable }, deadline);
  return judge(answer, () => redact(parseReply(answer.bytes), secrets));
}

function mayRepeat(error: unknown, request: DmapiRequest, attempt: number): error is DmapiError {
  return (
    error instanceof DmapiError &&
    error.kind === 'unavailable' &&
    attempt < MAX_ATTEMPTS &&
    (request.repeatable || !error.sent)
  );
}

function backoffMs(attempt: number, retryAfterSeconds = 0): number {
  const ceilingMs = FIRST_BACKOFF_MS * 2 ** (attempt - 1);
  return retryAfterSeconds * 1000 + ceilingMs * (0.5 + Math.random() / 2);
}
