import type { Table } from '../aws/table.ts';

/** One run's right to stay and watch what is young: only one at a time has it. */
export interface Watch {
  /**
   * Takes it, or keeps it for a while longer. False while another has it who can stay until then, or
   * for as long as this one.
   *
   * @param neededUntilMs epoch milliseconds
   */
  keep(neededUntilMs: number): Promise<boolean>;
  /** Gives it back. */
  end(): Promise<void>;
}

export interface WatchOptions {
  /** Tells this run from others. */
  readonly holder: string;
  /** How long this run can stay: epoch milliseconds. */
  readonly staysUntilMs: number;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

const ENTRY = 'watch';
/** Whoever has not kept it for so long has died. */
const KEPT_MS = 30_000;

/** The watch over an account's orders. Its methods throw what the table throws. */
export function openWatch(table: Table, { holder, staysUntilMs, now }: WatchOptions): Watch {
  const held = { condition: 'holder = :holder', values: { ':holder': { S: holder } } };
  return {
    keep: (neededUntilMs) =>
      table.put(
        ENTRY,
        {
          holder: { S: holder },
          untilMs: number(now() + KEPT_MS),
          staysUntilMs: number(staysUntilMs),
        },
        {
          // A clock that was wrong by more than a watch is kept must not keep others out.
          condition:
            'attribute_not_exists(untilMs) OR untilMs <= :now OR untilMs > :absurd OR holder = :holder OR staysUntilMs < :needed',
          values: {
            ...held.values,
            ':now': number(now()),
            ':absurd': number(now() + 2 * KEPT_MS),
            ':needed': number(Math.min(neededUntilMs, staysUntilMs)),
          },
        },
      ),
    end: async () => {
      await table.delete(ENTRY, held);
    },
  };
}

function number(value: number) {
  return { N: String(Math.round(value)) };
}
