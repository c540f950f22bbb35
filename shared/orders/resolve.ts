import type { Deadline } from '../dmapi/deadline.ts';
import type { Result } from '../dmapi/result.ts';
import { identityOf, keyOf } from '../reconciler/identity.ts';
import type { Before, Order } from './order.ts';
import type { Sightings } from './sightings.ts';

/** So long after the sending nothing that is not there proves that it will not come. */
export const LATE_MS = 10 * 60_000;
/** Between the two looks that have to find nothing. */
export const APART_MS = 60_000;

/** What a look has shown of an order of unknown outcome: what of it has changed. */
export type Finding = Partial<Order>;

/** Where to look. */
export interface Seen {
  readonly sightings: Sightings;
  /** Which of these rows, by their keys, are known to be other orders of ours. */
  readonly others: (keys: readonly string[]) => Promise<ReadonlySet<string>>;
}

/**
 * Looks for an order of which it is not known whether it arrived. Only a row counts that was not there
 * before it was sent. One with our clTrId is ours, one with another is not; one without is ours if it
 * is the only new one and of our type. Then its effect is looked for. Nothing is ever guessed: any
 * other new row leaves it unknown, and so does a row that cannot be read.
 *
 * @returns what to write of it; empty where nothing has changed
 */
export async function resolve(
  order: Order,
  { sightings, others }: Seen,
  nowMs: number,
  deadline: Deadline,
): Promise<Finding> {
  const { before, state } = order;
  if (!before) return {};
  const rows = await sightings.rows(order.requestObject, deadline);
  const fresh = rows.results.filter((row) => !before.rows.includes(keyOf(row)));
  const theirs = await others(fresh.map(keyOf));
  const isBlurred = rows.unreadable > before.unreadable;
  const ours = findOurs(order, { fresh, theirs, isBlurred });
  if (ours) return adopted(ours.row, ours.matchedBy);
  // Given up: others may have ordered the same since.
  if (state === 'lapsed') return {};
  const isExplained = order.hasRival || fresh.some((row) => isAnothers(row, order, theirs));
  if (!isExplained && (await isEffected(order, before, sightings, deadline))) {
    return { state: 'settled', status: 'ack', matchedBy: 'effect', missingSinceMs: null };
  }
  if (fresh.length > 0 || isBlurred) return order.missingSinceMs === null ? {} : FOUND;
  return missed(order, nowMs);
}

const FOUND: Finding = { missingSinceMs: null };

interface Fresh {
  readonly fresh: readonly Result[];
  readonly theirs: ReadonlySet<string>;
  readonly isBlurred: boolean;
}

function findOurs(order: Order, { fresh, theirs, isBlurred }: Fresh) {
  const { clTrId, action, state, hasRival } = order;
  const named = fresh.filter((row) => row.clTrId === clTrId && !theirs.has(keyOf(row)));
  const [row] = clTrId === null ? [] : named;
  if (row && named.length === 1) return { row, matchedBy: 'clTrId' as const };
  const [only, ...others] = fresh;
  const isAlone = state === 'sent' && !hasRival && others.length === 0 && !isBlurred;
  if (!only || !isAlone || theirs.has(keyOf(only))) return undefined;
  const isOurs = only.clTrId === null && only.requestType === action;
  return isOurs ? { row: only, matchedBy: 'object' as const } : undefined;
}

/** Whether a new row that is not ours can have had the effect that is looked for. */
function isAnothers(row: Result, { action }: Order, theirs: ReadonlySet<string>): boolean {
  return row.clTrId !== null || row.requestType === action || theirs.has(keyOf(row));
}

function adopted(row: Result, matchedBy: Order['matchedBy']): Finding {
  const { status } = row;
  const { svTrId, procId } = identityOf(row);
  const isSettled = status === 'ack' || status === 'nack';
  return {
    state: isSettled ? 'settled' : 'accepted',
    status: isSettled ? status : null,
    svTrId: svTrId || null,
    procId: procId || null,
    matchedBy,
    missingSinceMs: null,
  };
}

const GAINING: ReadonlySet<string> = new Set(['domain-register', 'domain-transfer-in-reseller']);

/** A domain that was to be gained is in the account; the expiry is later than noted. */
async function isEffected(
  { action, requestObject }: Order,
  before: Before,
  sightings: Sightings,
  deadline: Deadline,
): Promise<boolean> {
  if (requestObject === null) return false;
  if (GAINING.has(action)) {
    return before.expiry === null && (await sightings.expiry(requestObject, deadline)) !== null;
  }
  if (action !== 'domain-renew' || !before.expiry) return false;
  const expiry = await sightings.expiry(requestObject, deadline);
  return expiry !== null && expiry > before.expiry;
}

/** Twice nothing, a minute apart, both late enough: then it has not arrived. */
function missed({ sentAtMs, missingSinceMs }: Order, nowMs: number): Finding {
  if (nowMs - (sentAtMs ?? nowMs) < LATE_MS) return {};
  if (missingSinceMs === null) return { missingSinceMs: nowMs };
  return nowMs - missingSinceMs >= APART_MS ? { state: 'lapsed' } : {};
}
