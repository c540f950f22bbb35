import type { Deadline } from '../dmapi/deadline.ts';
import type { Queued } from '../reply/queued.ts';
import { createFollowing, type FollowingOptions, type SettledOrder } from './follow.ts';
import { createHolding } from './hold.ts';
import { derivedClTrId, fingerprintOf, keyDigest } from './idempotency-key.ts';
import { isUnderWay, type Order } from './order.ts';
import { type Entry, kindOf, orderId } from './order-book.ts';
import { inProgress, keyReused, RememberedRefusalError, unknownOutcome } from './order-error.ts';
import type { Placement } from './placement.ts';
import { createSending } from './send-once.ts';

/** What has become of it, and whether it was placed by an earlier request. */
export interface Placed {
  readonly order: Queued | SettledOrder;
  readonly isReplayed: boolean;
}

export interface PlacingOptions extends FollowingOptions {
  readonly account: string;
  readonly newClaim: () => string;
}

/** No function lives longer with a request: whoever has claimed an order before has died. */
const CLAIM_MS = 30_000;

/** Places requests with an Idempotency-Key for one account. */
export function createPlacing(options: PlacingOptions) {
  const { account, book, sightings, now, newClaim } = options;
  const following = createFollowing(options);
  const holding = createHolding({ book, following, now });
  const { sendOnce } = createSending({ book, holding, sightings, now });

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
      return { order: await following.told(found, placement.deadline), isReplayed: true };
    }
    const claimed = await claim(id, found, placement);
    if (!claimed) throw inProgress();
    return { order: await sendOnce(claimed, found?.order, placement), isReplayed: false };
  }

  /** What has become of an order that was placed before. @throws OrderError while nobody can tell */
  async function revisit(entry: Entry, deadline: Deadline): Promise<Entry> {
    const isLookedFor = !isUnderWay(entry.order, now());
    const looked = isLookedFor ? await following.lookFor(entry, deadline) : entry;
    const { order } = looked;
    if (order.refusal) throw new RememberedRefusalError(order.refusal, refusedBefore(order));
    if (isUnderWay(order, now())) throw inProgress();
    if (order.state === 'sent') throw unknownOutcome();
    return looked;
  }

  async function claim(id: string, found: Entry | undefined, placement: Placement) {
    const { action, input, requestObject, takesClTrId, isOrder, allowDuplicate } = placement;
    const keyed = keyDigest(placement.caller, placement.key);
    const own = placement.clTrId ?? (takesClTrId ? derivedClTrId(account, action, keyed) : null);
    const kind = kindOf(placement);
    const order: Order = {
      ...BLANK,
      action,
      fingerprint: fingerprintOf(input),
      claim: newClaim(),
      claimedUntilMs: now() + CLAIM_MS,
      requestObject,
      clTrId: own,
      // One for all of a kind; one of its own for what need not wait for others.
      slot: isOrder && !allowDuplicate ? kind : `${kind}/${keyed}`,
    };
    return found ? await book.change(found, order) : await book.add(id, order);
  }

  return { place, lookFor: following.lookFor };
}

const BLANK = {
  state: 'claimed',
  sentAtMs: null,
  before: null,
  hasRival: false,
  missingSinceMs: null,
  svTrId: null,
  procId: null,
  status: null,
  matchedBy: null,
  refusal: null,
} as const;

/** Nothing of it has left, or nothing has arrived: whoever has the key may send it. */
function isFree({ order: { state } }: Entry): boolean {
  return state === 'claimed' || state === 'lapsed';
}

function refusedBefore({ action }: Order): string {
  return `The registrar has refused this ${action} when it was first sent. A new Idempotency-Key asks it again.`;
}
