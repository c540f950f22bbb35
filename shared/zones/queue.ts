import type { Attributes } from '../aws/table.ts';

/** Where a writer stands in the queue of a zone. */
export interface Place {
  readonly index: number;
  readonly ticket: string;
  /** How many are before who may still come. */
  readonly ahead: number;
  readonly isNext: boolean;
}

/** Who is next and does not come is passed over after this: it has died. */
const GRACE_MS = 2000;
/** No turn lasts longer: whoever says so has a clock that is far wrong. */
export const ABSURD_MS = 120_000;
/** Nobody waits longer. */
const LONGEST_PATIENCE_MS = 60_000;
const SHORTEST_POLL_MS = 40;
const LONGEST_POLL_MS = 1000;

/** `undefined` where it does not stand there. */
export function placeOf(item: Attributes, ticket: string, nowMs: number): Place | undefined {
  const tickets = ticketsOf(item);
  const index = tickets.indexOf(ticket);
  if (index < 0) return undefined;
  const ahead = tickets.slice(0, index).filter((other) => mayCome(other, nowMs)).length;
  const isNext = nowMs >= freeAtMs(item, nowMs) + ahead * GRACE_MS;
  return { index, ticket, ahead, isNext };
}

/** Who have come, in their order. */
export function ticketsOf({ waiters }: Attributes): string[] {
  return waiters?.L?.map(({ S = '' }) => S) ?? [];
}

export function ticketOf(claim: string, patienceEndsAtMs: number): string {
  return `${claim}/${patienceEndsAtMs}`;
}

/**
 * The nearer its turn the more often somebody looks; and less often the longer turns take.
 *
 * @param polls how many there have been since the last turn ended
 */
export function pollMs(ahead: number, polls: number): number {
  const ms = SHORTEST_POLL_MS * (ahead + 1) * Math.min(1 + polls / 5, 5);
  return Math.min(LONGEST_POLL_MS, ms) * (0.75 + Math.random() / 2);
}

/** What a clock says that is far wrong does not count. */
function freeAtMs({ heldUntilMs, freeSinceMs }: Attributes, nowMs: number): number {
  const atMs = Number(heldUntilMs?.N ?? freeSinceMs?.N ?? 0);
  return atMs > nowMs + (heldUntilMs ? ABSURD_MS : GRACE_MS) ? 0 : atMs;
}

function mayCome(ticket: string, nowMs: number): boolean {
  const endsAtMs = Number(ticket.split('/')[1]);
  return endsAtMs > nowMs && endsAtMs <= nowMs + LONGEST_PATIENCE_MS;
}
