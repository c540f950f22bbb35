import type { Deadline } from '../dmapi/deadline.ts';
import { DmapiError } from '../dmapi/error.ts';
import { log } from '../log.ts';
import type { Reference } from '../reconciler/settled-results.ts';
import { isUnderWay } from './order.ts';
import { type Entry, type OrderBook, SLOTS, type Slot } from './order-book.ts';
import type { createPlacing } from './place.ts';
import { type Holding, SOON_MS, type Standing, standingOf } from './standing.ts';

export interface AttendOptions {
  readonly book: OrderBook;
  readonly placing: Pick<ReturnType<typeof createPlacing>, 'lookFor'>;
  /** How these have ended that have been told to have, in the order given. */
  readonly settled: (
    references: readonly Reference[],
  ) => Promise<readonly ('ack' | 'nack' | undefined)[]>;
  /** Whether anything is in progress for an object. */
  readonly isOpen: (object: string | null, deadline: Deadline) => Promise<boolean>;
  /** Whether orders of unknown outcome are looked for, which asks the registrar. */
  readonly looks: boolean;
  /** When the registrar was asked before, epoch milliseconds; `undefined` where nobody knows. */
  readonly askedBeforeMs: number | undefined;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly deadline: Deadline;
}

type Stand = Holding['stand'];

/** After so long an order that nobody can tell of keeps no other back, unless something is open. */
const BLOCKED_MS = 60 * 60_000;
/** No look for an order is begun with less time: what has been found is still to be written. */
const LOOKING_MS = 5000;

/**
 * Sees to what is open: what has settled is recorded, what is of unknown outcome is looked for, and
 * what is over keeps no other order back. Throws what the table throws.
 */
export async function attend(options: AttendOptions): Promise<Standing> {
  const { book, now, looks, askedBeforeMs } = options;
  const slots = await book.slots(SLOTS);
  const entries = await Promise.all(slots.map((slot) => holderOf(book, slot)));
  const ended = await options.settled(slots.map((slot, i) => entries[i]?.order ?? slot));
  const nowMs = now();
  const holdings: Holding[] = [];
  for (const [i, slot] of slots.entries()) {
    const [entry, status] = [entries[i], ended[i]];
    const stand = entry
      ? await seeOrStay(options, entry, status)
      : seeWithoutKey(slot, status, nowMs);
    holdings.push({ slot, entry, status, stand });
  }
  const looked = looks ? await lookForUnknown(options, holdings) : holdings;
  // At the end only: while one is looked for, it has to be seen what is open beside it.
  for (const { slot, stand } of looked) if (stand === 'over') await book.free(slot);
  return standingOf(looked, { nowMs, askedBeforeMs });
}

/** `undefined` for a request without a key, and where the order has another claim by now. */
async function holderOf(book: OrderBook, { holder, claim }: Slot): Promise<Entry | undefined> {
  const entry = holder === null ? undefined : await book.find(holder);
  return entry?.order.claim === claim ? entry : undefined;
}

/** It only has to be told soon. An order that has left its slot behind is over. */
function seeWithoutKey(
  { holder, sinceMs }: Slot,
  status: string | undefined,
  nowMs: number,
): Stand {
  const isYoung = nowMs - sinceMs < SOON_MS;
  return holder === null && status === undefined && isYoung ? 'pending' : 'over';
}

/** One that cannot be seen to must not keep the others waiting: it stays as it is until the next time. */
async function seeOrStay(
  options: AttendOptions,
  entry: Entry,
  status: Holding['status'],
): Promise<Stand> {
  try {
    return await see(options, entry, status);
  } catch (error) {
    log().warn('an order could not be seen to', { reason: (error as Error).name });
    return entry.order.state === 'sent' ? 'unknown' : 'pending';
  }
}

async function see(
  { book, now }: AttendOptions,
  entry: Entry,
  status: 'ack' | 'nack' | undefined,
): Promise<Stand> {
  const { state } = entry.order;
  if (isUnderWay(entry.order, now())) return 'in progress';
  // Its caller has died before anything left. Should it still live, it finds that out now.
  if (state === 'claimed') return (await book.remove(entry)) ? 'over' : 'in progress';
  if (state === 'sent') return 'unknown';
  if (state !== 'accepted') return 'over';
  if (status !== undefined) await book.change(entry, { state: 'settled', status });
  // What the registrar has given no id cannot be followed: its rows in result-list speak for it.
  const isNameless = entry.order.svTrId === null && entry.order.procId === null;
  return status !== undefined || isNameless ? 'over' : 'pending';
}

/**
 * Looks for those of unknown outcome, once all others are seen to, and as long as there is time: each
 * minute another one is the first.
 */
async function lookForUnknown(
  options: AttendOptions,
  holdings: readonly Holding[],
): Promise<Holding[]> {
  const { deadline, now } = options;
  const unknown = holdings.filter(({ stand }) => stand === 'unknown');
  const first = unknown.length && Math.floor(now() / 60_000) % unknown.length;
  const stands = new Map<Holding, Stand>();
  for (const holding of [...unknown.slice(first), ...unknown.slice(0, first)]) {
    if (!holding.entry || deadline.remainingMs() < LOOKING_MS) continue;
    stands.set(holding, await lookFor(options, holding.entry));
  }
  return holdings.map((holding) => ({ ...holding, stand: stands.get(holding) ?? holding.stand }));
}

/** A registrar that cannot tell of one order, or not now, keeps none of the others from being seen to. */
async function lookFor(options: AttendOptions, entry: Entry): Promise<Stand> {
  try {
    return await found(options, entry);
  } catch (error) {
    if (!(error instanceof DmapiError)) throw error;
    log().warn('an order of unknown outcome could not be looked for', { reason: error.kind });
    return 'unknown';
  }
}

async function found(
  { book, placing, deadline, isOpen, now }: AttendOptions,
  entry: Entry,
): Promise<Stand> {
  const looked = await placing.lookFor(entry, deadline);
  const { state, sentAtMs, requestObject } = looked.order;
  if (state === 'accepted') return 'pending';
  if (state !== 'sent') return 'over';
  const isStale = now() - (sentAtMs ?? 0) > BLOCKED_MS;
  if (!isStale || (await isOpen(requestObject, deadline))) return 'unknown';
  // From now on others can be sent beside it.
  return (await book.change(looked, { hasRival: true })) ? 'over' : 'unknown';
}
