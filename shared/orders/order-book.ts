import type { Attributes, Table } from '../aws/table.ts';
import { keyOf } from '../reconciler/identity.ts';
import type { Reference } from '../reconciler/settled-results.ts';
import type { Order } from './order.ts';

/** An order as it was read: what is written next only counts if it is still so. */
export interface Entry {
  /** Where it is kept. */
  readonly id: string;
  readonly order: Order;
  readonly version: number;
}

/** Who holds a slot: an order, or a request without a key that was accepted. */
export interface Slot {
  readonly name: string;
  /** The entry of the order; null for a request without a key. */
  readonly holder: string | null;
  readonly claim: string;
  readonly svTrId: string | null;
  readonly procId: string | null;
  /** Epoch milliseconds. */
  readonly sinceMs: number;
}

/**
 * The orders of one account. All writes are of single items, and each says what it takes for granted:
 * of two callers who act on the same state, one is told that it is no longer so.
 *
 * All throw what the table throws.
 */
export interface OrderBook {
  find(id: string): Promise<Entry | undefined>;
  /** All orders with a key of a caller, whatever the route. */
  withKey(keyed: string): Promise<Entry[]>;
  /** Writes an order where there was none. `undefined` where there is one. */
  add(id: string, order: Order): Promise<Entry | undefined>;
  /** Writes what has become of it. `undefined` where another has written since. */
  change(entry: Entry, change: Partial<Order>): Promise<Entry | undefined>;
  /** Forgets it. False where another has written since. */
  remove(entry: Entry): Promise<boolean>;
  slot(name: string): Promise<Slot | undefined>;
  /** All slots that are held and whose names begin so: what is open, or of unknown outcome. */
  slots(prefix: string): Promise<Slot[]>;
  /** Takes a slot that nobody holds, or that `from` has given up. */
  take(slot: Slot, from?: Slot): Promise<boolean>;
  /** Gives a slot back, if it is still held so. */
  free(slot: Pick<Slot, 'name' | 'claim'>): Promise<void>;
  /** Notes whose a row of result-list is. False where it is known to be another's. */
  own(row: Reference, claim: string): Promise<boolean>;
  /** Which of these rows, by their keys, are known to be of other claims. */
  others(keys: readonly string[], claim: string): Promise<ReadonlySet<string>>;
}

const KEYS = 'key/';
export const SLOTS = 'open/';
const ROWS = 'row/';
/** Beyond the registrar's own 90 days: until then a key means the same order. */
const KEPT_DAYS = 100;
const DAY_SECONDS = 86_400;

/** Where an order is kept: all routes of a key lie side by side. */
export function orderId(keyed: string, route: string): string {
  return `${KEYS}${keyed}/${route}`;
}

/** What the slots of all requests of one type for one object begin with. */
export function kindOf({ action, requestObject }: Pick<Order, 'action' | 'requestObject'>): string {
  return `${SLOTS}${action}/${requestObject ?? '-'}`;
}

/** The slots of others of the same type for the same object. */
export async function besides(book: OrderBook, order: Order): Promise<Slot[]> {
  const kind = kindOf(order);
  const slots = await book.slots(kind);
  return slots.filter(
    ({ name, claim }) => (name === kind || name.startsWith(`${kind}/`)) && claim !== order.claim,
  );
}

/** Opens the orders of the account that the table is of. @param now epoch milliseconds */
export function openOrderBook(table: Table, now: () => number): OrderBook {
  const expiresAt = () => number(Math.ceil(now() / 1000) + KEPT_DAYS * DAY_SECONDS);

  async function write(entry: Entry, only: Condition): Promise<Entry | undefined> {
    const { id, order, version } = entry;
    const item = {
      order: { S: JSON.stringify(order) },
      version: number(version),
      // An order that is remembered again is remembered from now on.
      expiresAt: expiresAt(),
    };
    if (await table.put(id, item, only)) return entry;
    // A try before may have succeeded without an answer: a claim is nobody else's.
    const there = await table.get(id);
    const isOurs = there?.order?.S === item.order.S && there.version?.N === item.version.N;
    return isOurs ? entry : undefined;
  }

  /** What has outlived its time need not be deleted yet. */
  const isExpired = (item: Attributes) => Number(item.expiresAt?.N) * 1000 <= now();

  async function find(id: string): Promise<Entry | undefined> {
    const item = await table.get(id);
    return item && !isExpired(item) ? readEntry(item) : undefined;
  }

  return {
    find,
    withKey: async (keyed) => {
      const items = await table.query(`${KEYS}${keyed}/`);
      return items.filter((item) => !isExpired(item)).map(readEntry);
    },
    add: (id, order) =>
      write(
        { id, order, version: 1 },
        {
          condition: 'attribute_not_exists(version) OR expiresAt <= :now',
          values: { ':now': number(Math.floor(now() / 1000)) },
        },
      ),
    change: ({ id, order, version }, change) =>
      write({ id, order: { ...order, ...change }, version: version + 1 }, unchanged(version)),
    remove: ({ id, version }) => table.delete(id, unchanged(version)),
    slot: async (name) => {
      const item = await table.get(name);
      return item && readSlot(item);
    },
    slots: async (prefix) => (await table.query(prefix)).map(readSlot),
    take: (slot, from) =>
      table.put(slot.name, slotItem(slot, expiresAt()), from ? heldBy(from.claim) : vacant(now())),
    free: async ({ name, claim }) => {
      await table.delete(name, heldBy(claim));
    },
    own: (row, claim) =>
      table.put(
        rowName(row),
        { claim: { S: claim }, expiresAt: expiresAt() },
        heldByNoOther(claim),
      ),
    async others(keys, claim) {
      const items = await Promise.all(keys.map((key) => table.get(`${ROWS}${key}`)));
      return new Set(keys.filter((_, i) => items[i] && items[i]?.claim?.S !== claim));
    },
  };
}

function rowName({ svTrId, procId }: Reference): string {
  return `${ROWS}${keyOf({ svTrId: svTrId ?? '', procId: procId ?? '' })}`;
}

type Condition = NonNullable<Parameters<Table['delete']>[1]>;

function unchanged(version: number): Condition {
  return { condition: 'version = :version', values: { ':version': number(version) } };
}

function heldBy(claim: string): Condition {
  return { condition: 'claim = :claim', values: { ':claim': { S: claim } } };
}

function heldByNoOther(claim: string): Condition {
  const { condition, values } = heldBy(claim);
  return { condition: `attribute_not_exists(claim) OR ${condition}`, values };
}

/** Held by nobody, or for longer than anything is remembered. */
function vacant(nowMs: number): Condition {
  return {
    condition: 'attribute_not_exists(claim) OR expiresAt <= :now',
    values: { ':now': number(Math.floor(nowMs / 1000)) },
  };
}

function slotItem({ holder, claim, svTrId, procId, sinceMs }: Slot, expiresAt: { N: string }) {
  const facts = JSON.stringify({ holder, svTrId, procId, sinceMs });
  return { claim: { S: claim }, facts: { S: facts }, expiresAt };
}

function readSlot({ entry, claim, facts }: Attributes): Slot {
  const told = JSON.parse(facts?.S ?? '{}') as Omit<Slot, 'name' | 'claim'>;
  return { ...told, name: entry?.S ?? '', claim: claim?.S ?? '' };
}

function readEntry({ entry, order, version }: Attributes): Entry {
  return {
    id: entry?.S ?? '',
    order: JSON.parse(order?.S ?? '{}') as Order,
    version: Number(version?.N),
  };
}

function number(value: number) {
  return { N: String(value) };
}
