import type { SentRequest } from '../../../infra/local/registrar/http-request.ts';
import type { SimulatedRegistrar } from '../../../infra/local/registrar/registrar.ts';

/** What the registrar has seen of result-delete. */
export interface Deletes {
  readonly received: number;
  /** Sent once more, because the session had ended. */
  readonly afterRefusal: number;
  /** The ids of those that were sent once more for another reason, or for none. */
  readonly twice: readonly string[];
}

/** The registrar keeps its last requests only. */
const LOOK_EVERY_MS = 200;
/** How long before a request a session may have ended that it was refused for. */
const REFUSAL_MS = 5000;

/**
 * Watches the requests that come to the registrar: a result-delete may come once for each id, and
 * once more, with another session, if the one before had ended.
 */
export function watchDeletes(registrar: SimulatedRegistrar) {
  const last = new Map<string, SentRequest>();
  const twice: string[] = [];
  const sessionEndsMs: number[] = [];
  let received = 0;
  let afterRefusal = 0;
  let lastSeen: SentRequest | undefined;

  function look(): void {
    const { requests } = registrar;
    const from = lastSeen ? requests.lastIndexOf(lastSeen) + 1 : 0;
    if (lastSeen && from === 0) throw new Error('Requests came too fast to be watched.');
    for (const request of requests.slice(from)) {
      if (request.name === 'logout') sessionEndsMs.push(request.atMs);
      if (request.name === 'result-delete') see(request);
    }
    lastSeen = requests.at(-1);
  }

  function see(request: SentRequest): void {
    received++;
    const id = request.params.get('svtrid') ?? '';
    const before = last.get(id);
    last.set(id, request);
    if (!before) return;
    const isOther = before.params.get('auth-sid') !== request.params.get('auth-sid');
    const hasEnded = sessionEndsMs.some(
      (endMs) => endMs >= before.atMs - REFUSAL_MS && endMs <= request.atMs,
    );
    if (isOther && hasEnded) afterRefusal++;
    else twice.push(id);
  }

  const timer = setInterval(look, LOOK_EVERY_MS);
  return {
    noteDrop: () => void sessionEndsMs.push(Date.now()),
    count(): Deletes {
      look();
      return { received, afterRefusal, twice };
    },
    stop: () => clearInterval(timer),
  };
}
