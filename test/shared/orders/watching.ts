import type { Context } from 'aws-lambda';
import type { Attributes, Condition, Table } from '../../../shared/aws/table.ts';
import type { Attendance, Attending } from '../../../shared/orders/attendance.ts';
import type { Standing } from '../../../shared/orders/standing.ts';
import { openWatch } from '../../../shared/orders/watch.ts';
import { watchResults } from '../../../shared/orders/watch-results.ts';
import type { Summary } from '../../../shared/reconciler/summary.ts';
import { createStage, type Stage } from './stage.ts';

export const SECOND = 1000;
export const MINUTE = 60_000;
const NOON = Date.UTC(2026, 10, 27, 12);
/** How long asking the registrar takes, unless a test says otherwise. */
export const ASKING = 300;

/** Something that was placed, and what has become of it. */
export interface Placed {
  readonly atMs: number;
  readonly settlesAtMs: number;
  toldAtMs: number | undefined;
  /** Whether the table of orders still has it for open. */
  isOpen: boolean;
}

/** The handler on a clock that is played, with a registrar and a table of which only the times matter. */
export interface Watching {
  readonly stage: Stage;
  readonly placed: Placed[];
  /** When the registrar was asked. */
  readonly askedAtMs: number[];
  /** What the table was told of the standing orders. */
  readonly attended: Attending[];
  /** How many calls of the function have ended, and how many have begun. */
  readonly calls: { begun: number; ended: number };
  /** How long asking the registrar takes, the nth time. */
  readonly pace: { askingMs(nth: number): number };
  /** Has orders fail to be seen to, or the watch to be kept. */
  readonly broken: { attending: boolean; watch: boolean; registrar: boolean };
  /** Plans an order, and the invocation by who placed it, if that succeeds. */
  place(afterMs: number, settlesAfterMs: number, isWoken?: boolean): Placed;
  /** Plans that a run dies which has just taken the watch. */
  die(afterMs: number): void;
  /** Plans an invocation. */
  invoke(afterMs: number, event: object, functionMs?: number): void;
}

export function createWatching(): Watching {
  const stage = createStage(NOON);
  const { now, sleep } = stage;
  const placed: Placed[] = [];
  const askedAtMs: number[] = [];
  const attended: Attending[] = [];
  const calls = { begun: 0, ended: 0 };
  const pace: Watching['pace'] = { askingMs: () => ASKING };
  const broken = { attending: false, watch: false, registrar: false };

  async function reconcile(): Promise<Summary> {
    askedAtMs.push(now());
    const settled = placed.filter(({ settlesAtMs }) => settlesAtMs <= now());
    await sleep(pace.askingMs(askedAtMs.length));
    if (broken.registrar) return { outcome: 'failed' } as Summary;
    for (const one of settled) one.toldAtMs ??= now();
    return { outcome: 'completed' } as Summary;
  }

  function attend(attending: Attending): Standing {
    attended.push(attending);
    if (broken.attending) throw new Error('Amazon DynamoDB cannot serve now.');
    for (const one of placed) one.isOpen &&= one.toldAtMs === undefined;
    const open = placed.filter(({ atMs, isOpen }) => isOpen && atMs <= now());
    const youngestSinceMs = open.length > 0 ? Math.max(...open.map(({ atMs }) => atMs)) : undefined;
    return { ...NOTHING, pending: open.length, youngestSinceMs };
  }

  const table = oneItemTable();
  const attendance: Attendance = {
    attend: async (attending) => attend(attending),
    watch(options) {
      const watch = openWatch(table, { ...options, now });
      return {
        ...watch,
        async keep(neededUntilMs) {
          if (broken.watch) throw new Error('Amazon DynamoDB cannot serve now.');
          return await watch.keep(neededUntilMs);
        },
      };
    },
  };

  function invoke(afterMs: number, event: object, functionMs = 15 * MINUTE): void {
    stage.at(NOON + afterMs, async () => {
      const endsAtMs = now() + functionMs;
      const awsRequestId = `call-${++calls.begun}`;
      const getRemainingTimeInMillis = () => Math.max(0, endsAtMs - now());
      const handler = watchResults({ reconcile, connect: async () => attendance, now, sleep });
      await handler(event, { awsRequestId, getRemainingTimeInMillis } as Context);
      if (getRemainingTimeInMillis() === 0) throw new Error(`${awsRequestId} timed out.`);
      calls.ended++;
    });
  }

  function place(afterMs: number, settlesAfterMs: number, isWoken = true): Placed {
    const atMs = NOON + afterMs;
    const one = { atMs, settlesAtMs: atMs + settlesAfterMs, toldAtMs: undefined, isOpen: true };
    stage.at(atMs, () => placed.push(one));
    if (isWoken) invoke(afterMs, { placed: true });
    return one;
  }

  function die(afterMs: number): void {
    const staysUntilMs = NOON + afterMs + 13 * MINUTE;
    const watch = attendance.watch({ holder: 'dead', staysUntilMs });
    stage.at(NOON + afterMs, () => watch.keep(staysUntilMs));
  }

  return { stage, placed, askedAtMs, attended, calls, pace, broken, place, die, invoke };
}

const NOTHING: Standing = {
  inProgress: 0,
  pending: 0,
  unknown: 0,
  oldestUnknownSeconds: 0,
  settledAfterSeconds: [],
  toldAfterSeconds: [],
  youngestSinceMs: undefined,
};

/** A table that has the watch alone, and reads its conditions: the real one has a test of its own. */
function oneItemTable(): Table {
  let item: Attributes | undefined;
  const numberOf = (it: Attributes | undefined, name: string) => Number(it?.[name]?.N);
  const isVacant = ({ values }: Condition) =>
    item === undefined ||
    numberOf(item, 'untilMs') <= numberOf(values, ':now') ||
    item.holder?.S === values[':holder']?.S ||
    numberOf(item, 'staysUntilMs') < numberOf(values, ':needed');
  const table: Pick<Table, 'put' | 'delete'> = {
    async put(_entry, attributes, only) {
      if (only && !isVacant(only)) return false;
      item = attributes;
      return true;
    },
    async delete(_entry, only) {
      if (item?.holder?.S !== only?.values[':holder']?.S) return false;
      item = undefined;
      return true;
    },
  };
  return table as Table;
}
