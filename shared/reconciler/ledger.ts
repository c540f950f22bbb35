import type { Result } from '../dmapi/result.ts';
import type { Baseline, SettledStatus } from './baseline.ts';
import { expiresAt, KEPT_DAYS } from './expiry.ts';
import { LeaseLostError } from './lease.ts';
import type { Attributes, Condition, Table } from './table.ts';

/** The status of a result that is followed; `untold` where nothing could be published of it yet. */
export type OpenStatus = 'pending' | 'unknown' | 'untold';

export type KnownStatus = SettledStatus | OpenStatus;

/**
 * What has been told of each result. A result is in one of two places: `open/<svTrId>` while it is
 * followed, `settled/<svTrId>` from then on; where a crash has left it in both, it is settled.
 *
 * All writes are of single items, and none overwrites what a later run has written. All throw
 * LeaseLostError where that would happen, and what the table throws.
 */
export interface Ledger {
  /** All results that are followed, by svTrId: as read at the start, and kept up from then on. */
  readonly open: ReadonlyMap<string, OpenStatus>;
  /** What is known of each of these results; those that are not known are left out. */
  known(results: readonly Result[]): Promise<Map<string, KnownStatus>>;
  /** Which of the followed results have settled already. */
  settled(svTrIds: readonly string[]): Promise<Map<string, SettledStatus>>;
  recordOpen(svTrId: string, status: OpenStatus): Promise<void>;
  /** Records it as settled, and follows it no longer. */
  recordSettled(svTrId: string, status: SettledStatus): Promise<void>;
  /** Follows it no longer. */
  close(svTrId: string): Promise<void>;
}

export interface LedgerOptions {
  readonly fence: number;
  readonly baseline: Baseline;
  /**
   * Whether next to nothing has been recorded as settled yet, so that it is cheaper to read it all
   * at the start than to ask for each result of a long list.
   */
  readonly isYoung: boolean;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

const OPEN = 'open/';
const SETTLED = 'settled/';

/** Opens the ledger of an account, reading what is followed. */
export async function openLedger(
  table: Table,
  { fence, baseline, isYoung, now }: LedgerOptions,
): Promise<Ledger> {
  const open = readAll<OpenStatus>(await table.query(OPEN), OPEN);
  const allSettled = isYoung ? readAll<SettledStatus>(await table.query(SETTLED), SETTLED) : null;
  const ours = fenced(fence);

  async function record(entry: string, status: string, days: number) {
    const item = {
      status: { S: status },
      fence: { N: String(fence) },
      expiresAt: expiresAt(now(), days),
    };
    if (!(await table.put(entry, item, ours))) throw overtaken();
  }

  async function settled(svTrIds: readonly string[]) {
    const ids = new Set(svTrIds);
    if (allSettled) return new Map([...allSettled].filter(([svTrId]) => ids.has(svTrId)));
    const entries = [...ids].map((svTrId) => SETTLED + svTrId);
    return readAll<SettledStatus>(await table.getAll(entries), SETTLED);
  }

  async function known(results: readonly Result[]) {
    const found = new Map<string, KnownStatus>();
    const unclear = results.filter(({ svTrId, status }) => {
      const followed = open.get(svTrId);
      if (followed) found.set(svTrId, followed);
      // Nothing else can make it a change, so nothing else needs to be read.
      return followed !== status;
    });
    const past = await settled(unclear.map(({ svTrId }) => svTrId));
    for (const { svTrId } of unclear) {
      // What is followed has been told of since the baseline was taken.
      const status = past.get(svTrId) ?? found.get(svTrId) ?? (await baseline.statusOf(svTrId));
      if (status) found.set(svTrId, status);
    }
    return found;
  }

  async function close(svTrId: string) {
    if (!(await table.delete(OPEN + svTrId, ours))) throw overtaken();
    open.delete(svTrId);
  }

  return {
    open,
    known,
    settled,
    close,
    async recordOpen(svTrId, status) {
      await record(OPEN + svTrId, status, KEPT_DAYS.open);
      open.set(svTrId, status);
    },
    async recordSettled(svTrId, status) {
      await record(SETTLED + svTrId, status, KEPT_DAYS.settled);
      allSettled?.set(svTrId, status);
      if (open.has(svTrId)) await close(svTrId);
    },
  };
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

function readAll<Status>(items: readonly Attributes[], prefix: string): Map<string, Status> {
  return new Map(
    items.map(({ entry, status }) => [entry?.S?.slice(prefix.length) ?? '', status?.S as Status]),
  );
}
