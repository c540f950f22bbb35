import type { Attributes, Condition, Table } from '../aws/table.ts';
import type { Result } from '../dmapi/result.ts';
import type { Baseline, SettledStatus } from './baseline.ts';
import { expiresAt, KEPT_DAYS } from './expiry.ts';
import { identityOf, keyOf } from './identity.ts';
import { LeaseLostError } from './lease.ts';
import {
  type Followed,
  type Known,
  type Missing,
  type OpenStatus,
  readFollowed,
  readSettled,
  type Settled,
  writeFollowed,
  writeSettled,
} from './ledger-entry.ts';

/**
 * What has been told of each result. A result is in one of two places: `open/<key>` while it is
 * followed, `settled/<key>` from then on; where a crash has left it in both, it is settled.
 *
 * All writes are of single items, and none overwrites what a later run has written. All throw
 * LeaseLostError where that would happen, and what the table throws.
 */
export interface Ledger {
  /** All results that are followed, by their keys: as read at the start, and kept up from then on. */
  readonly open: ReadonlyMap<string, Followed>;
  /** What is known of each of these results, by its key; those that are not known are left out. */
  known(results: readonly Result[]): Promise<Map<string, Known>>;
  /** Which of these keys stand for results that have settled already. */
  settled(keys: readonly string[]): Promise<ReadonlySet<string>>;
  recordOpen(result: Result, status: OpenStatus, sequence: number): Promise<void>;
  /** Records it as settled, and follows it no longer. */
  recordSettled(result: Result, status: SettledStatus, sequence: number): Promise<void>;
  /** Notes that a settled result is about to be told to have settled the other way. */
  noteTelling(result: Result, known: Known, telling: SettledStatus): Promise<void>;
  /** Keeps how often a result that is followed was asked for in vain; null once it has been found. */
  recordMissing(key: string, missing: Missing | null): Promise<void>;
  /** Follows it no longer. */
  close(key: string): Promise<void>;
}

export interface LedgerOptions {
  readonly fence: number;
  readonly baseline: Baseline;
  /**
   * Whether next to nothing has been recorded as settled yet, so that it is cheaper to read it all
   * at the start than to ask for each result of a long list.
   */
  readonly isYoung: boolean;
  /** Whether entries of version 0.1.0 still count, which name a settled result by its svTrId alone. */
  readonly readsOld: boolean;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

const OPEN = 'open/';
export const SETTLED = 'settled/';

/** Opens the ledger of an account, reading what is followed. */
export async function openLedger(
  table: Table,
  { fence, baseline, isYoung, readsOld, now }: LedgerOptions,
): Promise<Ledger> {
  const open = readAll(await table.query(OPEN), OPEN, readFollowed);
  const allSettled = isYoung ? readAll(await table.query(SETTLED), SETTLED, readSettled) : null;
  const ours = fenced(fence);

  async function record(entry: string, attributes: Attributes, days: number) {
    const item = {
      ...attributes,
      fence: { N: String(fence) },
      expiresAt: expiresAt(now(), days),
    };
    if (!(await table.put(entry, item, ours))) throw overtaken();
  }

  async function follow(key: string, followed: Followed) {
    await record(OPEN + key, writeFollowed(followed), KEPT_DAYS.open);
    open.set(key, followed);
  }

  async function settle(key: string, settled: Settled) {
    await record(SETTLED + key, writeSettled(settled), KEPT_DAYS.settled);
    allSettled?.set(key, settled);
  }

  async function readSome(keys: Iterable<string>): Promise<ReadonlyMap<string, Settled>> {
    if (allSettled) return allSettled;
    const entries = Array.from(new Set(keys), (key) => SETTLED + key);
    return readAll(await table.getAll(entries), SETTLED, readSettled);
  }

  async function known(results: readonly Result[]) {
    const unclear = results.filter((result) => open.get(keyOf(result))?.status !== result.status);
    const ids = (result: Result) => [keyOf(result), ...(readsOld ? [result.svTrId] : [])];
    const past = await readSome(unclear.flatMap(ids));
    const found = new Map<string, Known>();
    for (const result of results) {
      const key = keyOf(result);
      const own = past.get(key);
      const status =
        (own && withTold(own, result)) ??
        // What is followed has been told of since the baseline was taken.
        open.get(key) ??
        (await inBaseline(key)) ??
        (await knownOfOld(result, past));
      if (status) found.set(key, status);
    }
    return found;
  }

  async function inBaseline(name: string): Promise<Known | undefined> {
    const status = await baseline.statusOf(name);
    return status && { status, sequence: 1 };
  }

  /** What an entry of version 0.1.0 says, which may have been of another result with this svTrId. */
  async function knownOfOld({ svTrId }: Result, past: ReadonlyMap<string, Settled>) {
    const followed = open.get(svTrId);
    const settled = readsOld
      ? (past.get(svTrId) ?? (followed ? undefined : await inBaseline(svTrId)))
      : undefined;
    return settled ? ({ ...settled, old: 'settled' } as const) : followed;
  }

  async function close(key: string) {
    if (!(await table.delete(OPEN + key, ours))) throw overtaken();
    open.delete(key);
  }

  return {
    open,
    known,
    close,
    async settled(keys) {
      const past = await readSome(keys);
      return new Set(keys.filter((key) => past.has(key)));
    },
    async recordOpen(result, status, sequence) {
      const before = open.get(keyOf(result)) ?? open.get(result.svTrId);
      const sinceMs = before?.status === status ? before.sinceMs : now();
      const { timestamp } = result;
      const entry = { ...identityOf(result), status, sequence, timestamp, sinceMs, missing: null };
      await follow(keyOf(result), entry);
    },
    async recordSettled(result, status, sequence) {
      const key = keyOf(result);
      await settle(key, { status, sequence, telling: undefined });
      if (open.has(key)) await close(key);
    },
    async noteTelling(result, { status, sequence }, telling) {
      await settle(keyOf(result), { status: status as SettledStatus, sequence, telling });
    },
    async recordMissing(key, missing) {
      const followed = open.get(key);
      if (followed) await follow(key, { ...followed, missing });
    },
  };
}

/**
 * A run that has died may or may not have told of what it noted before. Where the result is as noted,
 * it is told again, as the same transition; where it is not, it has been told, for all we know.
 */
function withTold({ status, sequence, telling }: Settled, result: Result): Known {
  const isTold = telling !== undefined && telling !== result.status;
  return isTold ? { status: telling, sequence: sequence + 1 } : { status, sequence };
}

/** Whatever a later run has written stands. */
function fenced(fence: number): Condition {
  return {
    condition: 'attribute_not_exists(fence) OR fence <= :fence',
    values: { ':fence': { N: String(fence) } },
  };
}

function overtaken(): LeaseLostError {
  return new LeaseLostError('Another run has written to the ledger since.');
}

function readAll<Entry>(
  items: readonly Attributes[],
  prefix: string,
  read: (item: Attributes, key: string) => Entry,
): Map<string, Entry> {
  return new Map(
    items.map((item) => {
      const key = item.entry?.S?.slice(prefix.length) ?? '';
      return [key, read(item, key)];
    }),
  );
}
