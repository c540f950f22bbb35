import { createHash } from 'node:crypto';
import type { Attributes, Table } from '../aws/table.ts';
import type { Result } from '../dmapi/result.ts';
import { expiresAt, KEPT_DAYS } from './expiry.ts';
import { keyOf } from './identity.ts';

/** A status that is not expected to change any more. */
export type SettledStatus = 'ack' | 'nack';

/** A result that has settled. */
export type SettledResult = Result & { readonly status: SettledStatus };

/** Digests of results, with the status they had. */
export type Digests = Map<string, SettledStatus>;

/**
 * What had settled before the first run began: known, and never told. An item for each would be a
 * hundred thousand writes for a large account, so they are kept as digests, a page of the list in
 * an item.
 */
export interface Baseline {
  isEmpty(): Promise<boolean>;
  /**
   * The status that a result had, if it belongs to the baseline, by its key. What version 0.1.0 has
   * added it has added by the svTrId alone.
   */
  statusOf(key: string): Promise<SettledStatus | undefined>;
  /** Adds what a page of the list has brought, told apart by its offset or a word. */
  add(results: readonly SettledResult[], page: number | string): Promise<void>;
}

const PREFIX = 'baseline/';
/** Of SHA-256. A result taken for another would never be told: this makes it a matter of 2^-96. */
const DIGEST_BYTES = 12;

export interface BaselineOptions {
  readonly fence: number;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** What an earlier run of this execution environment has read, if nothing can have been added. */
  readonly remembered: Digests | undefined;
  /** Is told what has been read. */
  readonly remember: (digests: Digests) => void;
}

/** Opens the baseline of an account. It is read when it is first needed. */
export function openBaseline(table: Table, options: BaselineOptions): Baseline {
  const { fence, now, remembered, remember } = options;
  let reading = remembered && Promise.resolve(remembered);

  function read(): Promise<Digests> {
    reading ??= table.query(PREFIX).then((items) => {
      const digests = readDigests(items);
      remember(digests);
      return digests;
    });
    return reading;
  }

  async function add(results: readonly SettledResult[], page: number | string) {
    const digests = await read();
    const item = {
      ack: { B: digestsOf(results, 'ack') },
      nack: { B: digestsOf(results, 'nack') },
      expiresAt: expiresAt(now(), KEPT_DAYS.settled),
    };
    // Another run's account of the page is another item: none replaces what one has recorded.
    await table.put(`${PREFIX}${fence}/${page}`, item);
    for (const result of results) {
      digests.set(digest(keyOf(result)).toString('base64'), result.status);
    }
  }

  return {
    isEmpty: async () => (await read()).size === 0,
    statusOf: async (key) => (await read()).get(digest(key).toString('base64')),
    add,
  };
}

function digest(key: string): Buffer {
  return createHash('sha256').update(key).digest().subarray(0, DIGEST_BYTES);
}

function digestsOf(results: readonly SettledResult[], status: SettledStatus): Uint8Array {
  const those = results.filter((result) => result.status === status);
  return Buffer.concat(those.map((result) => digest(keyOf(result))));
}

function readDigests(items: readonly Attributes[]): Digests {
  const digests: Digests = new Map();
  for (const item of items) {
    for (const status of ['ack', 'nack'] as const) {
      const bytes = Buffer.from(item[status]?.B ?? []);
      for (let at = 0; at < bytes.length; at += DIGEST_BYTES) {
        digests.set(bytes.toString('base64', at, at + DIGEST_BYTES), status);
      }
    }
  }
  return digests;
}
