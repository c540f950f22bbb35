import type { Deadline } from '../dmapi/deadline.ts';
import type { Following } from './follow.ts';
import { isUnderWay, type Order } from './order.ts';
import { besides, type Entry, type OrderBook, type Slot } from './order-book.ts';
import { duplicateOrder } from './order-error.ts';
import type { Placement } from './placement.ts';

export interface HoldingOptions {
  readonly book: OrderBook;
  readonly following: Following;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

type Wanted = Pick<Placement, 'isOrder' | 'allowDuplicate' | 'deadline'>;

const TRIES = 3;

/** Has one order at a time for an object, where that is wanted. */
export function createHolding({ book, following, now }: HoldingOptions) {
  /**
   * Takes the slot of an order.
   *
   * @returns whether another of its kind is open beside it
   * @throws OrderError `duplicate-order` while another keeps it back
   */
  async function hold(entry: Entry, { isOrder, allowDuplicate, deadline }: Wanted) {
    await take(entry, deadline);
    if (!isOrder) return false;
    let hasRival = false;
    // Taken first and looked around then: of two that come at once, one sees the other.
    for (const slot of await besides(book, entry.order)) {
      const other = await stillOpen(slot, deadline);
      if (!other) continue;
      if (!allowDuplicate) throw duplicateOrder(other.order.svTrId);
      if (other.order.state !== 'accepted') await book.change(other, { hasRival: true });
      hasRival = true;
    }
    return hasRival;
  }

  async function take({ id, order }: Entry, deadline: Deadline): Promise<void> {
    const { slot: name, claim } = order;
    const slot: Slot = { name, holder: id, claim, svTrId: null, procId: null, sinceMs: now() };
    for (let tries = 0; tries < TRIES; tries++) {
      if (await book.take(slot)) return;
      const held = await book.slot(name);
      if (!held) continue;
      // A try before has taken it, and its answer was lost.
      if (held.claim === claim) return;
      const inTheWay = held.holder === id ? undefined : await stillOpen(held, deadline);
      if (inTheWay) throw duplicateOrder(inTheWay.order.svTrId);
      if (await book.take(slot, held)) return;
    }
    throw duplicateOrder(null);
  }

  /** The order that holds a slot, if it is open or of unknown outcome, which is asked for here. */
  async function stillOpen(held: Slot, deadline: Deadline): Promise<Entry | undefined> {
    const entry = held.holder === null ? undefined : await book.find(held.holder);
    if (!entry || entry.order.claim !== held.claim) return undefined;
    if (isUnderWay(entry.order, now())) return entry;
    // Its caller has died before anything left. Should it still live, it finds that out now.
    if (entry.order.state === 'claimed') return (await book.remove(entry)) ? undefined : entry;
    const looked = await following.lookFor(entry, deadline);
    if (looked.order.state !== 'accepted') return isOpen(looked.order) ? looked : undefined;
    const { order } = await following.upToDate(looked, deadline);
    return isOpen(order) ? looked : undefined;
  }

  return { hold };
}

function isOpen({ state }: Order): boolean {
  return state === 'claimed' || state === 'sent' || state === 'accepted';
}
