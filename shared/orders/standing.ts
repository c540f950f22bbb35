import type { Entry, Slot } from './order-book.ts';

/** For so long what was placed here is asked for more often than by the schedule. */
export const SOON_MS = 10 * 60_000;

/** How the orders of an account stand. */
export interface Standing {
  readonly inProgress: number;
  readonly pending: number;
  readonly unknown: number;
  /** For how long the oldest of unknown outcome has been so; 0 where there is none. */
  readonly oldestUnknownSeconds: number;
  /** Of those that were found to have settled: how long at most it took from the sending. */
  readonly settledAfterSeconds: readonly number[];
  /**
   * Of those of them that were placed less than ten minutes ago: how long at most it took from the
   * settling until it was told. When the registrar was asked before, they were still open.
   */
  readonly toldAfterSeconds: readonly number[];
  /** When the youngest that is open was placed, epoch milliseconds; `undefined` where none is. */
  readonly youngestSinceMs: number | undefined;
}

/** What holds a slot, and how it stands. */
export interface Holding {
  readonly slot: Slot;
  /** `undefined` for a request without a key, and where the order has another claim by now. */
  readonly entry: Entry | undefined;
  /** How it has ended, if that has been told. */
  readonly status: 'ack' | 'nack' | undefined;
  readonly stand: 'in progress' | 'pending' | 'unknown' | 'over';
}

export interface Times {
  readonly nowMs: number;
  /** When the registrar was asked before; `undefined` where nobody knows. */
  readonly askedBeforeMs: number | undefined;
}

/** What all of them come to. */
export function standingOf(
  holdings: readonly Holding[],
  { nowMs, askedBeforeMs }: Times,
): Standing {
  const all = (wanted: Holding['stand']) => holdings.filter(({ stand }) => stand === wanted);
  const open = holdings.filter(({ stand }) => stand !== 'over');
  const settled = all('over').filter(({ status }) => status !== undefined);
  const placed = settled.map(({ slot }) => slot.sinceMs);
  const isYoung = (sinceMs: number) => nowMs - sinceMs < SOON_MS;
  const seconds = (sinceMs: number) => Math.max(0, Math.round((nowMs - sinceMs) / 1000));
  return {
    inProgress: all('in progress').length,
    pending: all('pending').length,
    unknown: all('unknown').length,
    oldestUnknownSeconds: Math.max(0, ...all('unknown').map(sentAtMs).map(seconds)),
    settledAfterSeconds: placed.map(seconds),
    toldAfterSeconds: placed
      .filter(isYoung)
      .map((sinceMs) => seconds(Math.max(sinceMs, askedBeforeMs ?? 0))),
    youngestSinceMs:
      open.length > 0 ? Math.max(...open.map(({ slot }) => slot.sinceMs)) : undefined,
  };
}

function sentAtMs({ slot, entry }: Holding): number {
  return entry?.order.sentAtMs ?? slot.sinceMs;
}
