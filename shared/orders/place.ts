import type { Deadline } from '../dmapi/deadline.ts';
import { keyOf } from '../reconciler/identity.ts';
import type { Queued } from '../reply/queued.ts';
import type { Retrieved } from '../reply/retrieved.ts';
import { derivedClTrId, fingerprintOf, keyDigest } from './idempotency-key.ts';
import { type Before, type Order, toQueued } from './order.ts';
import { type Entry, type OrderBook, orderId, SLOTS, type Slot } from './order-book.ts';
import {
  duplicateOrder,
  inProgress,
  keyReused,
  RememberedRefusalError,
  unknownOutcome,
} from './order-error.ts';
import { carriedNothingOut, refusalIn, withoutOutcome } from './outcome.ts';
import { resolve } from './resolve.ts';
import type { Sightings } from './sightings.ts';

/** A request that is to be sent once, whatever becomes of the answer to it. */
export interface Placement {
  /** The action. */
  readonly action: string;
  /** Whether it can cost money: then one at a time is open for a domain. */
  readonly isOrder: boolean;
  readonly allowDuplicate: boolean;
  /** Whether it is sent with a clTrId of ours where the caller gives none. */
  readonly takesClTrId: boolean;
  readonly caller: string;
  readonly key: string;
  /** Validated. */
  readonly input: object;
  readonly requestObject: string | null;
  /** The caller's own. */
  readonly clTrId: string | undefined;
  readonly deadline: Deadline;
  /** Sees to it that what is sent is what is wanted, with what was noted. Throws to send nothing. */
  check(before: Before): Promise<void>;
  /** Sends it. */
  send(clTrId: string | null): Promise<Queued>;
}

/** What has become of it, and whether it was placed by an earlier request. */
export interface Placed {
  readonly order: Queued | SettledOrder;
  readonly isReplayed: boolean;
}

export interface SettledOrder extends Omit<Queued, 'status'>, Omit<Retrieved, 'status'> {
  readonly status: 'ack' | 'nack';
}

export interface PlacingOptions {
  readonly account: string;
  readonly book: OrderBook;
  readonly sightings: Sightings;
  /** Asks for the result of an order; `undefined` where the registrar cannot be asked. */
  readonly retrieve: (order: Order, deadline: Deadline) => Promise<Retrieved | undefined>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly newClaim: () => string;
}

/** No function lives longer with a request: whoever has claimed an order before has died. */
const CLAIM_MS = 30_000;

/** Places requests with an Idempotency-Key for one account. */
export function createPlacing(options: PlacingOptions) {
  const { account, book, sightings, retrieve, now, newClaim } = options;

  /**
   * Sends the request, or finds out what has become of it if it was sent before.
   *
   * @throws OrderError, RememberedRefusalError, what `send` and `check` throw, and what looking at the
   *   registrar and the table throws
   */
  async function place(placement: Placement): Promise<Placed> {
    const id = orderId(keyDigest(placement.caller, placement.key), placement.action);
    const known = await book.find(id);
    if (known && known.order.fingerprint !== fingerprintOf(placement.input)) throw keyReused();
    const found = known && (await revisit(known, placement.deadline));
    if (found && !isFree(found)) {
      return { order: await told(found, placement.deadline), isReplayed: true };
    }
    const claimed = await claim(id, found, placement);
    if (!claimed) throw inProgress();
    return { order: await sendOnce(claimed, placement), isReplayed: false };
  }

  /** What has become of an order that was placed before. @throws OrderError while nobody can tell */
  async function revisit(entry: Entry, deadline: Deadline): Promise<Entry> {
    const { order } = entry;
    if (order.refusal) throw new RememberedRefusalError(order.refusal, refusedBefore(order));
    if (order.state === 'claimed' || order.state === 'sent') {
      if (now() < order.claimedUntilMs) throw inProgress();
    }
    const looked = await lookFor(entry, deadline);
    if (looked.order.state === 'sent') throw unknownOutcome();
    return looked;
  }

  /** Looks for an order of unknown outcome. */
  async function lookFor(entry: Entry, deadline: Deadline): Promise<Entry> {
    if (entry.order.state !== 'sent') return entry;
    const finding = await resolve(entry.order, sightings, now(), deadline);
    if (Object.keys(finding).length === 0) return entry;
    // Whoever has written since knows as much.
    return (await book.change(entry, finding)) ?? (await book.find(entry.id)) ?? entry;
  }

  /** Nothing of it has left, or nothing has arrived: whoever has the key may send it. */
  function isFree({ order: { state } }: Entry): boolean {
    return state === 'claimed' || state === 'lapsed';
  }

  async function claim(id: string, found: Entry | undefined, placement: Placement) {
    const { action, input, requestObject, takesClTrId } = placement;
    const keyed = keyDigest(placement.caller, placement.key);
    const own = placement.clTrId ?? (takesClTrId ? derivedClTrId(account, action, keyed) : null);
    const order: Order = {
      ...BLANK,
      action,
      fingerprint: fingerprintOf(input),
      claim: newClaim(),
      claimedUntilMs: now() + CLAIM_MS,
      requestObject,
      clTrId: own,
      slot: slotName(placement, keyed),
    };
    return found ? await book.change(found, order) : await book.add(id, order);
  }

  async function sendOnce(claimed: Entry, placement: Placement) {
    let entry = claimed;
    try {
      await hold(entry, placement.deadline);
      const before = await note(entry.order, placement);
      await placement.check(before);
      const sent = await book.change(entry, { state: 'sent', sentAtMs: now(), before });
      if (!sent) throw inProgress();
      entry = sent;
    } catch (error) {
      await release(entry);
      throw error;
    }
    return await send(entry, placement);
  }

  async function send(entry: Entry, placement: Placement): Promise<Queued> {
    const { action, requestObject, clTrId } = entry.order;
    try {
      const { svTrId, procId } = await placement.send(clTrId);
      const accepted = { state: 'accepted', claimedUntilMs: 0, svTrId, procId } as const;
      // The registrar has it, whatever the table says.
      await book.change(entry, accepted).catch(() => undefined);
      return toQueued({ ...entry.order, ...accepted, action, requestObject });
    } catch (error) {
      throw await sendingFailed(entry, error);
    }
  }

  /** Should what is noted here be lost, the order is of unknown outcome, and is looked for. */
  async function sendingFailed(entry: Entry, error: unknown): Promise<unknown> {
    const refusal = refusalIn(error, entry.order.action);
    if (carriedNothingOut(error)) await release(entry).catch(() => undefined);
    else if (refusal) await remember(entry, refusal).catch(() => undefined);
    else {
      await book.change(entry, { claimedUntilMs: 0 }).catch(() => undefined);
      return withoutOutcome(error);
    }
    return error;
  }

  async function remember(entry: Entry, refusal: Order['refusal']): Promise<void> {
    await book.change(entry, { state: 'refused', claimedUntilMs: 0, refusal });
    await book.free({ name: entry.order.slot, claim: entry.order.claim });
  }

  /** As if it had not been asked for: nothing has left. */
  async function release(entry: Entry): Promise<void> {
    await book.free({ name: entry.order.slot, claim: entry.order.claim });
    await book.remove(entry);
  }

  /** Takes the slot of the order. @throws OrderError `duplicate-order` while another has it */
  async function hold({ id, order }: Entry, deadline: Deadline): Promise<void> {
    const { slot: name, claim } = order;
    const slot: Slot = { name, holder: id, claim, svTrId: null, procId: null, sinceMs: now() };
    for (let tries = 0; tries < 3; tries++) {
      if (await book.take(slot)) return;
      const held = await book.slot(name);
      if (!held) continue;
      if (held.claim === claim) return;
      const inTheWay = held.holder === id ? undefined : await stillOpen(held, deadline);
      if (inTheWay) throw duplicateOrder(inTheWay.svTrId);
      if (await book.take(slot, held)) return;
    }
    throw duplicateOrder(null);
  }

  /** The order that holds a slot, if it is open or of unknown outcome, which is asked for here. */
  async function stillOpen(held: Slot, deadline: Deadline): Promise<Order | undefined> {
    const entry = held.holder === null ? undefined : await book.find(held.holder);
    if (!entry || entry.order.claim !== held.claim) return undefined;
    const { order } = entry;
    const isUnderWay = order.state === 'claimed' || order.state === 'sent';
    if (isUnderWay && now() < order.claimedUntilMs) return order;
    // Its caller has died before anything left. Should it still live, it finds that out now.
    if (order.state === 'claimed') return (await book.remove(entry)) ? undefined : order;
    const looked = await lookFor(entry, deadline);
    if (looked.order.state === 'sent') return looked.order;
    if (looked.order.state !== 'accepted') return undefined;
    const { order: current } = await upToDate(looked, deadline);
    return current.state === 'accepted' ? current : undefined;
  }

  /** What the registrar has of the object. @throws OrderError where an order is open there */
  async function note(order: Order, placement: Placement): Promise<Before> {
    const { requestObject: object, deadline } = placement;
    const [{ results, unreadable }, expiry] = await Promise.all([
      sightings.rows(object, deadline),
      placement.isOrder && object !== null ? sightings.expiry(object, deadline) : null,
    ]);
    const open = results.find(
      ({ status, requestType }) => isOpen(status) && requestType === order.action,
    );
    if (placement.isOrder && !placement.allowDuplicate && open) throw duplicateOrder(open.svTrId);
    return { rows: results.map(keyOf), unreadable, expiry };
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

  return { place, lookFor, upToDate };
}

const BLANK = {
  state: 'claimed',
  sentAtMs: null,
  before: null,
  missingSinceMs: null,
  svTrId: null,
  procId: null,
  status: null,
  matchedBy: null,
  refusal: null,
} as const;

/** One for a domain and type; one of its own for what need not wait for others. */
function slotName(placement: Placement, keyed: string): string {
  const { action, requestObject, isOrder, allowDuplicate } = placement;
  const shared = `${SLOTS}${action}/${requestObject ?? '-'}`;
  return isOrder && !allowDuplicate ? shared : `${shared}/${keyed}`;
}

function isOpen(status: string): boolean {
  return status === 'pending' || status === 'unknown';
}

function refusedBefore({ action }: Order): string {
  return `The registrar has refused this ${action} when it was first sent. A new Idempotency-Key asks it again.`;
}
