import type { Deadline } from '../dmapi/deadline.ts';
import { log } from '../log.ts';
import type { Reference } from '../reconciler/settled-results.ts';
import { isUnderWay } from './order.ts';
import { type Entry, type OrderBook, SLOTS, type Slot } from './order-book.ts';
import type { createPlacing } from './place.ts';

/** For so long what was placed here is asked for more often than by the schedule. */
export const SOON_MS = 10 * 60_000;
/** After so long an order that nobody can tell of keeps no other back, unless something is open. */
const BLOCKED_MS = 60 * 60_000;

/** How the orders of an account stand. */
export interface Standing {
  readonly inProgress: number;
  readonly pending: number;
  readonly unknown: number;
  /** For how long the oldest of unknown outcome has been so; 0 where there is none. */
  readonly oldestUnknownSeconds: number;
  /** Of those that were found to have settled: how long it took from the sending. */
  readonly settledAfterSeconds: readonly number[];
  /** How long ago the youngest that is open was placed; `undefined` where none is. */
  readonly youngestMs: number | undefined;
}

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
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly deadline: Deadline;
}

type Stand = 'in progress' | 'pending' | 'unknown' | 'over';

/**
 * Sees to what is open: what has settled is recorded, what is of unknown outcome is looked for, and
 * what is over keeps no other order back. Throws what the table and looking at the registrar throw.
 */
export async function attend(options: AttendOptions): Promise<Standing> {
  const { book, now } = options;
  const slots = await book.slots(SLOTS);
  const entries = await Promise.all(slots.map((slot) => holderOf(book, slot)));
  const references = slots.map((slot, i): Reference => entries[i]?.order ?? slot);
  const ended = await options.settled(references);
  const seen: Seen[] = [];
  for (const [i, slot] of slots.entries()) {
    const [entry, status] = [entries[i], ended[i]];
    const stand = entry
      ? await seeOrStay(options, entry, status)
      : seeWithoutKey(slot, status, now());
    seen.push({ slot, entry, status, stand });
  }
  // Freed at the end: while one is looked for, it has to be seen what is open beside it.
  const over = seen.filter(({ stand }) => stand === 'over');
  for (const { slot } of over) await book.free(slot);
  const settledAfterSeconds = over
    .filter(({ status }) => status !== undefined)
    .map(({ slot }) => (now() - slot.sinceMs) / 1000);
  return { ...summarise(seen, now()), settledAfterSeconds };
}

/** A slot, and how what holds it stands. */
interface Seen {
  readonly slot: Slot;
  readonly entry: Entry | undefined;
  readonly status: 'ack' | 'nack' | undefined;
  readonly stand: Stand;
}

/** One that cannot be seen to must not keep the others waiting: it stays as it is until the next time. */
async function seeOrStay(
  options: AttendOptions,
  entry: Entry,
  status: Seen['status'],
): Promise<Stand> {
  try {
    return await see(options, entry, status);
  } catch (error) {
    log().warn('an order could not be seen to', { reason: (error as Error).name });
    return entry.order.state === 'sent' ? 'unknown' : 'pending';
  }
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

async function see(
  options: AttendOptions,
  entry: Entry,
  status: 'ack' | 'nack' | undefined,
): Promise<Stand> {
  const { book, now } = options;
  const { state } = entry.order;
  if (isUnderWay(entry.order, now())) return 'in progress';
  // Its caller has died before anything left. Should it still live, it finds that out now.
  if (state === 'claimed') return (await book.remove(entry)) ? 'over' : 'in progress';
  if (state === 'sent') return await seeUnknown(options, entry);
  if (state !== 'accepted') return 'over';
  if (status !== undefined) await book.change(entry, { state: 'settled', status });
  // What the registrar has given no id cannot be followed: its rows in result-list speak for it.
  const isNameless = entry.order.svTrId === null && entry.order.procId === null;
  return status !== undefined || isNameless ? 'over' : 'pending';
}

async function seeUnknown(options: AttendOptions, entry: Entry): Promise<Stand> {
  const { book, placing, looks, deadline, isOpen, now } = options;
  if (!looks) return 'unknown';
  const looked = await placing.lookFor(entry, deadline);
  const { state, sentAtMs, requestObject } = looked.order;
  if (state === 'accepted') return 'pending';
  if (state !== 'sent') return 'over';
  const isStale = now() - (sentAtMs ?? 0) > BLOCKED_MS;
  if (!isStale || (await isOpen(requestObject, deadline))) return 'unknown';
  // From now on others can be sent beside it.
  return (await book.change(looked, { hasRival: true })) ? 'over' : 'unknown';
}

function summarise(seen: readonly Seen[], nowMs: number) {
  const open = seen.filter(({ stand }) => stand !== 'over');
  const count = (wanted: Stand) => open.filter(({ stand }) => stand === wanted).length;
  const ages = open.map(({ slot }) => nowMs - slot.sinceMs);
  const unknown = open.filter(({ stand }) => stand === 'unknown');
  const since = unknown.map(({ slot, entry }) => entry?.order.sentAtMs ?? slot.sinceMs);
  return {
    inProgress: count('in progress'),
    pending: count('pending'),
    unknown: unknown.length,
    oldestUnknownSeconds: Math.max(0, ...since.map((ms) => Math.round((nowMs - ms) / 1000))),
    youngestMs: ages.length > 0 ? Math.min(...ages) : undefined,
  };
}
