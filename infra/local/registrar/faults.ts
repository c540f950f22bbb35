/** What goes wrong with one reply. */
export type Fault =
  /** The connection is destroyed once the request has been read. Nothing is carried out. */
  | { readonly kind: 'reset' }
  /** No reply ever comes. Nothing is carried out. */
  | { readonly kind: 'hang' }
  /**
   * Carried out, and no reply ever comes: the connection stays open, or is destroyed.
   * @default 'open'
   */
  | { readonly kind: 'lost'; readonly connection?: 'open' | 'destroyed' }
  /**
   * Carried out only after `afterMs` of real time (default 0), and not before `until` has settled,
   * whether the caller still waits or not; answered then, if it does.
   */
  | { readonly kind: 'late'; readonly afterMs?: number; readonly until?: Promise<unknown> }
  /**
   * dns-zone-get gives the zone as it was before the writes of the last `forMs` on the registrar's
   * clock; without it, before the last write. Other requests get their real reply.
   */
  | { readonly kind: 'stale'; readonly forMs?: number }
  /** The real reply trickles: `bytes` (default 16) each `intervalMs` (default 50). */
  | { readonly kind: 'drip'; readonly intervalMs?: number; readonly bytes?: number }
  /**
   * The real reply without its last `missingBytes` (default half of it), then the end. Where its
   * length `fits` (default false) the Content-Length is of what comes, and nothing shows the loss.
   */
  | { readonly kind: 'truncated'; readonly missingBytes?: number; readonly fits?: boolean }
  /** A web page with HTTP 200. Nothing is carried out. */
  | { readonly kind: 'html' }
  /** HTTP 200 and not a byte more. Nothing is carried out. */
  | { readonly kind: 'empty' }
  /** The real reply without its Status-Code line. */
  | { readonly kind: 'noStatus' }
  /** Random bytes that are no UTF-8. Nothing is carried out. */
  | { readonly kind: 'garbled' }
  /** The real reply in Latin-1: what is not ASCII is no UTF-8. */
  | { readonly kind: 'latin1' }
  /** A body that looks right and does not end, or ends after `bytes`. Nothing is carried out. */
  | { readonly kind: 'oversized'; readonly bytes?: number }
  /** Another HTTP status with a page or a line of text. Nothing is carried out. */
  | {
      readonly kind: 'httpStatus';
      readonly status: number;
      /** @default 'html' */
      readonly body?: 'html' | 'plain';
      /** The Retry-After header: seconds or an HTTP date. @default none */
      readonly retryAfter?: number | string;
    }
  /** The session of the request is dropped and the request answered as expired. */
  | { readonly kind: 'sessionLost' };

/** Which requests a fault meets. */
export interface FaultScope {
  /** Only requests of this name. @default all */
  readonly request?: string;
  /** Only so many of them. @default all */
  readonly times?: number;
  /** Lets so many pass first. @default 0 */
  readonly skip?: number;
}

/** The switches: what goes wrong, and with which requests. */
export interface Faults {
  /** Arms a fault and gives the way to disarm it. Of several that fit, the first armed strikes. */
  arm(fault: Fault & FaultScope): () => void;
  /** Disarms all. */
  clear(): void;
}

/** The switches, and the question the server asks them. */
export interface FaultBox extends Faults {
  /** The fault that meets this request, counted as used. */
  take(request: string): Fault | undefined;
}

/** Makes switches with nothing armed. */
export function createFaults(): FaultBox {
  const armed = new Set<{ fault: Fault & FaultScope; toSkip: number; left: number }>();
  return {
    arm: (fault) => {
      const { skip = 0, times = Number.POSITIVE_INFINITY } = fault;
      const entry = { fault, toSkip: skip, left: times };
      armed.add(entry);
      return () => void armed.delete(entry);
    },
    clear: () => armed.clear(),
    take: (request) => {
      for (const entry of armed) {
        const name = entry.fault.request?.toLowerCase() ?? request;
        if (name !== request || entry.left <= 0) continue;
        if (entry.toSkip > 0) {
          entry.toSkip -= 1;
          continue;
        }
        entry.left -= 1;
        return entry.fault;
      }
      return undefined;
    },
  };
}
