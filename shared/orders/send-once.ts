import { keyOf } from '../reconciler/identity.ts';
import type { Queued } from '../reply/queued.ts';
import type { createHolding } from './hold.ts';
import { type Before, type Order, toQueued } from './order.ts';
import type { Entry, OrderBook } from './order-book.ts';
import { duplicateOrder, inProgress } from './order-error.ts';
import { carriedNothingOut, refusalIn, withoutOutcome } from './outcome.ts';
import type { Placement } from './placement.ts';
import type { Sightings } from './sightings.ts';

export interface SendingOptions {
  readonly book: OrderBook;
  readonly holding: ReturnType<typeof createHolding>;
  readonly sightings: Sightings;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Sends what has been claimed, after it has noted what there is. */
export function createSending({ book, holding, sightings, now }: SendingOptions) {
  /**
   * Sends an order once, and records what comes of it.
   *
   * @param former what was known with the key before the claim
   */
  async function sendOnce(claimed: Entry, former: Order | undefined, placement: Placement) {
    let marked: Entry;
    try {
      marked = await prepare(claimed, placement);
      // A function can be stopped for any time, and go on: by now another may have its turn.
      if (now() >= marked.order.claimedUntilMs) throw inProgress();
    } catch (error) {
      // What stays behind is found to be dead in half a minute.
      await release(claimed, former).catch(() => undefined);
      throw error;
    }
    return await send(marked, former, placement);
  }

  /** All that has to be known and noted before anything leaves. */
  async function prepare(claimed: Entry, placement: Placement): Promise<Entry> {
    const { isOrder, allowDuplicate } = placement;
    const hasRival = await holding.hold(claimed, placement);
    const { before, open } = await note(placement);
    if (open && isOrder && !allowDuplicate) throw duplicateOrder(open.svTrId);
    await placement.check(before);
    const sent = {
      state: 'sent',
      sentAtMs: now(),
      before,
      hasRival: hasRival || (isOrder && !!open),
    } as const;
    const marked = await book.change(claimed, sent);
    if (!marked) throw inProgress();
    return marked;
  }

  /** What the registrar has of the object, and the order of this type that is open there. */
  async function note({ action, requestObject: object, isOrder, deadline }: Placement) {
    const [{ results, unreadable }, expiry] = await Promise.all([
      sightings.rows(object, deadline),
      isOrder && object !== null ? sightings.expiry(object, deadline) : null,
    ]);
    const before: Before = { rows: results.map(keyOf), unreadable, expiry };
    const open = results.find(
      ({ status, requestType }) => isOpen(status) && isOfType(requestType, action),
    );
    return { before, open };
  }

  async function send(entry: Entry, former: Order | undefined, placement: Placement) {
    const { clTrId, claim } = entry.order;
    let queued: Queued;
    try {
      queued = await placement.send(clTrId);
    } catch (error) {
      throw await sendingFailed(entry, former, error);
    }
    const { svTrId, procId } = queued;
    const accepted = {
      state: 'accepted',
      claimedUntilMs: 0,
      before: null,
      svTrId,
      procId,
    } as const;
    // The registrar has it, whatever the table says.
    await Promise.allSettled([
      svTrId === null && procId === null ? undefined : book.own({ svTrId, procId }, claim),
      record(entry, accepted),
    ]);
    return toQueued({ ...entry.order, ...accepted });
  }

  /** Should what is noted here be lost, the order is of unknown outcome, and is looked for. */
  async function sendingFailed(entry: Entry, former: Order | undefined, error: unknown) {
    const refusal = refusalIn(error, entry.order.action);
    if (carriedNothingOut(error)) await release(entry, former).catch(() => undefined);
    else if (refusal) await remember(entry, refusal).catch(() => undefined);
    else {
      await record(entry, { claimedUntilMs: 0 }).catch(() => undefined);
      return withoutOutcome(error);
    }
    return error;
  }

  async function remember(entry: Entry, refusal: Order['refusal']): Promise<void> {
    await record(entry, { state: 'refused', claimedUntilMs: 0, before: null, refusal });
    await book.free({ name: entry.order.slot, claim: entry.order.claim });
  }

  /** Who has looked for it meanwhile knows less than its sender. */
  async function record(entry: Entry, change: Partial<Order>): Promise<void> {
    if (await book.change(entry, change)) return;
    const current = await ours(entry);
    if (current) await book.change(current, change);
  }

  /** As if it had not been asked for: nothing has left. */
  async function release(entry: Entry, former: Order | undefined): Promise<void> {
    // The answer to the last write may have been lost: what there is counts.
    const current = await ours(entry);
    // What was given up can still come: it must not be forgotten.
    if (current && former?.state === 'lapsed') await book.change(current, former);
    else if (current) await book.remove(current);
    // Last: while it has its slot, the reconciler sees to it.
    await book.free({ name: entry.order.slot, claim: entry.order.claim });
  }

  /** The entry as it is now, if no other claim has come over it. */
  async function ours({ id, order }: Entry): Promise<Entry | undefined> {
    const current = await book.find(id);
    return current?.order.claim === order.claim ? current : undefined;
  }

  return { sendOnce };
}

function isOpen(status: string): boolean {
  return status === 'pending' || status === 'unknown';
}

/** Registrations placed on the registrar's pages have a type of their own. */
const REGISTRATION = /^create-.+-order$/;

function isOfType(requestType: string, action: string): boolean {
  return requestType === action || (action === 'domain-register' && REGISTRATION.test(requestType));
}
