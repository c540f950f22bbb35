import type { Attributes, Table } from '../aws/table.ts';

/** How far the reconciler has come with an account. */
export interface Progress {
  /** Up to where the sweep that is under way has come; null where none is. */
  readonly sweepOffset: number | null;
  /** The key of the last result that it has come to. */
  readonly sweepAnchor: string | null;
  /** When the last sweep was done; null until the first one is. */
  readonly sweptAtMs: number | null;
  /** Since when there are transitions that could not be published; null where there are none. */
  readonly unpublishedSinceMs: number | null;
  /**
   * Where the list does not stand newest first: the time of the newest result when the first sweep
   * began, as the registrar writes it. What comes after it is no old news.
   */
  readonly baselineUntil: string | null;
  /** When the list was last read in vain for many results that were no longer in progress. */
  readonly searchedAtMs: number | null;
  /**
   * By what settled results are known: by svTrId alone as in version 0.1.0 (`old`), by what
   * identifies them (`own`), or by either while the sweep is under way that makes the difference.
   */
  readonly identities: 'old' | 'sweeping' | 'own';
}

/** One run's right to publish and to record: only one run at a time has it. */
export interface Lease {
  /** Grows with every lease. What is recorded carries it, and never gives way to a lower one. */
  readonly fence: number;
  /** As the run before has left it. */
  readonly progress: Progress;
  /** Makes sure that no other run has taken over. @throws LeaseLostError */
  confirm(): Promise<void>;
  /** Keeps the progress. @throws LeaseLostError */
  save(progress: Progress): Promise<void>;
  /** Keeps the progress and lets the next run begin. @throws LeaseLostError */
  release(progress: Progress): Promise<void>;
}

/** Another run has taken over, because this one took too long. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError';
}

/** The entry of the lease and the progress. */
export const LEASE_ENTRY = 'run';

export interface LeaseOptions {
  /** Tells this run from others. */
  readonly holder: string;
  /** After so many milliseconds another run may take over. */
  readonly durationMs: number;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/**
 * Takes the lease of an account, or returns `undefined` while another run has it.
 *
 * A lease ends by being released or by the clock. Clocks differ and programs pause, so a run that
 * believes it has the lease may be wrong: before it publishes it confirms, and what it records is
 * fenced.
 */
export async function acquireLease(
  table: Table,
  { holder, durationMs, now }: LeaseOptions,
): Promise<Lease | undefined> {
  const nowMs = now();
  const item = await table.update(LEASE_ENTRY, {
    set: 'SET holder = :holder, leasedUntilMs = :until ADD fence :one',
    // The holder's own try may have succeeded without an answer.
    condition:
      'attribute_not_exists(leasedUntilMs) OR leasedUntilMs <= :now OR leasedUntilMs > :absurd OR holder = :holder',
    values: {
      ':holder': { S: holder },
      ':until': number(nowMs + durationMs),
      ':now': number(nowMs),
      // No run leases for longer: whoever wrote that had a clock that was wrong by more.
      ':absurd': number(nowMs + 2 * durationMs),
      ':one': number(1),
    },
  });
  return item && createLease(table, item);
}

function createLease(table: Table, item: Attributes): Lease {
  const fence = readNumber(item, 'fence') ?? 0;

  async function write(progress: Progress, also: string) {
    const written = await table.update(LEASE_ENTRY, {
      set: `SET sweepOffset = :offset, sweepAnchor = :anchor, sweptAtMs = :swept, unpublishedSinceMs = :since, baselineUntil = :until, searchedAtMs = :searched, identities = :identities${also}`,
      condition: 'fence = :fence',
      values: { ...writeProgress(progress), ':fence': number(fence) },
    });
    if (!written) throw lost();
  }

  return {
    fence,
    progress: readProgress(item),
    async confirm() {
      const current = await table.get(LEASE_ENTRY);
      if (!current || readNumber(current, 'fence') !== fence) throw lost();
    },
    save: (progress) => write(progress, ''),
    release: (progress) => write(progress, ' REMOVE leasedUntilMs, holder'),
  };
}

function writeProgress(progress: Progress): Attributes {
  const { sweepOffset, sweepAnchor, sweptAtMs, unpublishedSinceMs } = progress;
  const { baselineUntil, searchedAtMs, identities } = progress;
  return {
    ':offset': optional(sweepOffset),
    ':anchor': sweepAnchor === null ? NULL : { S: sweepAnchor },
    ':swept': optional(sweptAtMs),
    ':since': optional(unpublishedSinceMs),
    ':until': baselineUntil === null ? NULL : { S: baselineUntil },
    ':searched': optional(searchedAtMs),
    ':identities': { S: identities },
  };
}

/** An item that lacks `identities` was written by version 0.1.0, or is new. */
function readProgress(item: Attributes): Progress {
  return {
    sweepOffset: readNumber(item, 'sweepOffset'),
    sweepAnchor: item.sweepAnchor?.S ?? null,
    sweptAtMs: readNumber(item, 'sweptAtMs'),
    unpublishedSinceMs: readNumber(item, 'unpublishedSinceMs'),
    baselineUntil: item.baselineUntil?.S ?? null,
    searchedAtMs: readNumber(item, 'searchedAtMs'),
    identities: (item.identities?.S ?? 'old') as Progress['identities'],
  };
}

function lost(): LeaseLostError {
  return new LeaseLostError('Another run has taken over.');
}

const NULL = { NULL: true } as const;

function number(value: number) {
  return { N: String(value) };
}

function optional(value: number | null) {
  return value === null ? NULL : number(value);
}

function readNumber(item: Attributes, name: string): number | null {
  const text = item[name]?.N;
  return text === undefined ? null : Number(text);
}
