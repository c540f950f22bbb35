import type { Table } from '../reconciler/table.ts';

/** One run's right to stay and watch what is young: only one at a time has it. */
export interface Watch {
  /** Takes it, or keeps it for a while longer. False while another has it. */
  keep(): Promise<boolean>;
  /** Gives it back. */
  end(): Promise<void>;
}

const ENTRY = 'watch';
/** Whoever has not kept it for so long has died. */
const KEPT_MS = 30_000;

/** The watch over an account's orders. @param now epoch milliseconds */
export function openWatch(table: Table, holder: string, now: () => number): Watch {
  const held = { condition: 'holder = :holder', values: { ':holder': { S: holder } } };
  return {
    keep: () =>
      table.put(
        ENTRY,
        { holder: { S: holder }, untilMs: { N: String(now() + KEPT_MS) } },
        {
          // A clock that was wrong by more than a watch is kept must not keep others out.
          condition:
            'attribute_not_exists(untilMs) OR untilMs <= :now OR untilMs > :absurd OR holder = :holder',
          values: {
            ...held.values,
            ':now': { N: String(now()) },
            ':absurd': { N: String(now() + 2 * KEPT_MS) },
          },
        },
      ),
    end: async () => {
      await table.delete(ENTRY, held);
    },
  };
}
