import type { Deadline } from '../dmapi/deadline.ts';
import type { Result } from '../dmapi/result.ts';
import { keyOf } from '../reconciler/identity.ts';
import type { Before, Order } from './order.ts';
import type { Rows, Sightings } from './sightings.ts';

/** So long after the sending nothing that is not there proves that it will not come. */
export const LATE_MS = 10 * 60_000;
/** Between the two looks that have to find nothing. */
export const APART_MS = 60_000;

/** What a look has shown of an order of unknown outcome: what of it has changed. */
export type Finding = Partial<Order>;

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
  sightings: Sightings,
  nowMs: number,
  deadline: Deadline,
): Promise<Finding> {
  const { before } = order;
  if (!before) return {};
  const rows = await sightings.rows(order.requestObject, deadline);
  const fresh = rows.results.filter((row) => !before.rows.includes(keyOf(row)));
  const ours = findOurs(order, fresh, rows.unreadable > before.unreadable);
  if (ours) return adopted(ours.row, ours.matchedBy);
  if (await isEffected(order, before, sightings, deadline)) {
    return { state: 'settled', status: 'ack', matchedBy: 'effect', missingSinceMs: null };
  }
  if (isUnclear(rows, fresh, before))
    return order.missingSinceMs === null ? {} : { missingSinceMs: null };
  return missed(order, nowMs);
}

function findOurs({ clTrId, action }: Order, fresh: readonly Result[], isBlurred: boolean) {
  const named = clTrId === null ? [] : fresh.filter((row) => row.clTrId === clTrId);
  const [row] = named;
  if (row && named.length === 1) return { row, matchedBy: 'clTrId' as const };
  const [only, ...others] = fresh;
  const isOurs = only && others.length === 0 && only.clTrId === null && only.requestType === action;
  return isOurs && !isBlurred ? { row: only, matchedBy: 'object' as const } : undefined;
}

function adopted({ svTrId, procId, status }: Result, matchedBy: Order['matchedBy']): Finding {
  const isSettled = status === 'ack' || status === 'nack';
  return {
    state: isSettled ? 'settled' : 'accepted',
    status: isSettled ? status : null,
    svTrId: svTrId === '-' ? null : svTrId,
    procId: procId === '-' || procId === '' ? null : procId,
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

function isUnclear(rows: Rows, fresh: readonly Result[], before: Before): boolean {
  return fresh.length > 0 || rows.unreadable > before.unreadable;
}

/** Twice nothing, a minute apart, both late enough: then it has not arrived. */
function missed({ sentAtMs, missingSinceMs }: Order, nowMs: number): Finding {
  if (nowMs - (sentAtMs ?? nowMs) < LATE_MS) return {};
  if (missingSinceMs === null) return { missingSinceMs: nowMs };
  return nowMs - missingSinceMs >= APART_MS ? { state: 'lapsed' } : {};
}
