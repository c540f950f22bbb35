import type { Deadline } from '../dmapi/deadline.ts';
import type { Queued } from '../reply/queued.ts';
import type { Retrieved } from '../reply/retrieved.ts';
import { type Order, toQueued } from './order.ts';
import { besides, type Entry, type OrderBook } from './order-book.ts';
import { resolve } from './resolve.ts';
import type { Sightings } from './sightings.ts';

export interface SettledOrder extends Omit<Queued, 'status'>, Omit<Retrieved, 'status'> {
  readonly status: 'ack' | 'nack';
}

export interface FollowingOptions {
  readonly book: OrderBook;
  readonly sightings: Sightings;
  /** Asks for the result of an order; `undefined` where the registrar cannot be asked. */
  readonly retrieve: (order: Order, deadline: Deadline) => Promise<Retrieved | undefined>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Finds out what has become of orders that were sent. All throw what the table throws. */
export type Following = ReturnType<typeof createFollowing>;

export function createFollowing({ book, sightings, retrieve, now }: FollowingOptions) {
  /**
   * Looks for an order of unknown outcome, and for one that was given up, should it have come after
   * all. Throws what looking at the registrar throws.
   */
  async function lookFor(entry: Entry, deadline: Deadline): Promise<Entry> {
    const { order } = entry;
    if (order.state !== 'sent' && order.state !== 'lapsed') return entry;
    const seen = { sightings, others: (keys: readonly string[]) => book.others(keys, order.claim) };
    const finding = await resolve(order, seen, now(), deadline);
    if (Object.keys(finding).length === 0) return entry;
    const { svTrId = null, procId = null } = finding;
    const isGuess = finding.matchedBy === 'object' || finding.matchedBy === 'effect';
    if (isGuess && (await besides(book, order)).length > 0) return entry;
    const isRow = svTrId !== null || procId !== null;
    // A row is one order's: of two that take it for theirs, only the first is right.
    if (isRow && !(await book.own({ svTrId, procId }, order.claim))) return entry;
    // Whoever has written since knows as much.
    return (await book.change(entry, finding)) ?? (await book.find(entry.id)) ?? entry;
  }

  /** An accepted order with what its result says now, and that result. */
  async function upToDate(entry: Entry, deadline: Deadline) {
    const retrieved = await retrieve(entry.order, deadline);
    const status = retrieved?.status;
    const isNews = entry.order.state === 'accepted' && (status === 'ack' || status === 'nack');
    if (!isNews) return { order: entry.order, retrieved };
    const settled = { state: 'settled', status } as const;
    // Another who has written since has written the same.
    if (await book.change(entry, settled)) {
      await book.free({ name: entry.order.slot, claim: entry.order.claim });
    }
    return { order: { ...entry.order, ...settled }, retrieved };
  }

  /** The first answer again, brought up to date. */
  async function told(entry: Entry, deadline: Deadline): Promise<Queued | SettledOrder> {
    const { order, retrieved } = await upToDate(entry, deadline);
    if (order.state !== 'settled' || order.status === null) return toQueued(order);
    const { objectName = null, fields = {}, content = null } = retrieved ?? {};
    return { ...toQueued(order), status: order.status, objectName, fields, content };
  }

  return { lookFor, upToDate, told };
}
