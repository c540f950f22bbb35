import { setTimeout as sleep } from 'node:timers/promises';
import type { Attributes, Table } from '../reconciler/table.ts';
import { ZoneError } from './zone-error.ts';

/** The entity tags of a zone before and after the last write. */
export interface LastWrite {
  readonly before: string;
  readonly after: string;
}

/** One writer's turn with a zone. */
export interface Turn {
  /** Grows with every turn of the zone. */
  readonly number: number;
  readonly lastWrite: LastWrite | undefined;
  /**
   * To be called right before a zone is sent: the turn then lasts for a minute, whatever becomes of
   * who has it, so that a zone that arrives late is not overtaken.
   *
   * @throws ZoneError where the turn has been lost
   */
  send(write: LastWrite): Promise<void>;
  /** Lets the next writer go on; with the last write there was. Does nothing where it has been lost. */
  end(lastWrite: LastWrite | undefined): Promise<void>;
}

/** The writers of one account's zones, who take turns. */
export interface Turns {
  /**
   * Waits for a turn, in the order in which writers have come.
   *
   * @param patienceMs how long
   * @throws ZoneError `unavailable` where there was none in time
   */
  take(domain: string, patienceMs: number): Promise<Turn>;
}

export interface TurnsOptions {
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly newClaim: () => string;
  /** @default real time */
  readonly pause?: (ms: number) => Promise<unknown>;
}

/** Longer than any function lives that has not yet sent anything. */
const TURN_MS = 35_000;
/** From the sending of a zone: the longest that a registrar has been given to carry it out. */
const WRITE_MS = 60_000;
/** Who is next and does not come is passed over after this: it has died. */
const GRACE_MS = 2000;
const SHORTEST_POLL_MS = 40;
const LONGEST_POLL_MS = 1000;

/** Opens the turns of the account that the table is of. An item a zone. */
export function openTurns(table: Table, options: TurnsOptions): Turns {
  const { now, newClaim, pause = sleep } = options;

  async function take(domain: string, patienceMs: number): Promise<Turn> {
    const entry = `turn/${domain}`;
    const claim = newClaim();
    const taken = await takeFree(entry, claim);
    if (taken) return turnOf(entry, claim, taken);
    const endsAtMs = now() + patienceMs;
    const ticket = `${claim}/${endsAtMs}`;
    let item = await join(entry, ticket);
    let ahead = Number.NaN;
    let polls = 0;
    while (now() < endsAtMs) {
      if (item.heldBy?.S === claim) return turnOf(entry, claim, item);
      const place = placeOf(item, ticket, now());
      if (place === undefined) {
        // Others have passed it over: it comes last now.
        item = await join(entry, ticket);
        continue;
      }
      const next = place.isNext && (await takeNext(entry, claim, place));
      if (next) return turnOf(entry, claim, next);
      polls = place.ahead === ahead ? polls + 1 : 0;
      ahead = place.ahead;
      await pause(pollMs(ahead, polls));
      item = (await table.get(entry)) ?? {};
    }
    await leave(entry, item, ticket);
    throw noTurn(item, now());
  }

  /** The turn itself, where nobody has it and nobody waits. */
  function takeFree(entry: string, claim: string) {
    return table.update(entry, {
      set: 'SET heldBy = :claim, heldUntilMs = :until ADD turnNumber :one',
      condition: `(${FREE}) AND (attribute_not_exists(waiters) OR size(waiters) = :zero)`,
      values: { ...holding(claim), ':zero': number(0) },
    });
  }

  /** What makes whoever has died give way, and a clock that was far wrong. */
  function holding(claim: string) {
    const nowMs = now();
    return {
      ':claim': { S: claim },
      ':until': number(nowMs + TURN_MS),
      ':now': number(nowMs),
      ':absurd': number(nowMs + 2 * WRITE_MS),
      ':one': number(1),
    };
  }

  /** Goes to the end of the queue, if it is not in it. */
  async function join(entry: string, ticket: string): Promise<Attributes> {
    const item = await table.update(entry, {
      set: 'SET waiters = list_append(if_not_exists(waiters, :none), :tickets)',
      condition: 'NOT contains(waiters, :ticket)',
      values: {
        ':none': { L: [] },
        ':tickets': { L: [{ S: ticket }] },
        ':ticket': { S: ticket },
      },
    });
    return item ?? (await table.get(entry)) ?? {};
  }

  /** Takes the turn, and those out of the queue who were before and have not come. */
  function takeNext(entry: string, claim: string, { index, ticket }: Place) {
    const passed = Array.from({ length: index + 1 }, (_, i) => `waiters[${i}]`).join(', ');
    return table.update(entry, {
      set: `SET heldBy = :claim, heldUntilMs = :until REMOVE ${passed} ADD turnNumber :one`,
      condition: `(${FREE}) AND waiters[${index}] = :ticket`,
      values: { ...holding(claim), ':ticket': { S: ticket } },
    });
  }

  /** Whoever stays in the queue is passed over once its patience is over. */
  async function leave(entry: string, item: Attributes, ticket: string): Promise<void> {
    const index = ticketsOf(item).indexOf(ticket);
    if (index < 0) return;
    await table
      .update(entry, {
        set: `REMOVE waiters[${index}]`,
        condition: `waiters[${index}] = :ticket`,
        values: { ':ticket': { S: ticket } },
      })
      .catch(() => {});
  }

  function turnOf(entry: string, claim: string, item: Attributes): Turn {
    const held = { condition: 'heldBy = :claim', values: { ':claim': { S: claim } } };
    return {
      number: Number(item.turnNumber?.N),
      lastWrite: readLastWrite(item),
      async send({ before, after }) {
        const kept = await table.update(entry, {
          set: 'SET heldUntilMs = :until, etagBefore = :before, etagAfter = :after',
          condition: held.condition,
          values: {
            ...held.values,
            ':until': number(now() + WRITE_MS),
            ':before': { S: before },
            ':after': { S: after },
          },
        });
        if (!kept) throw lost();
      },
      async end(lastWrite) {
        const write = lastWrite
          ? 'SET freeSinceMs = :now, etagBefore = :before, etagAfter = :after REMOVE heldBy, heldUntilMs'
          : 'SET freeSinceMs = :now REMOVE heldBy, heldUntilMs, etagBefore, etagAfter';
        await table.update(entry, {
          set: write,
          condition: held.condition,
          values: {
            ...held.values,
            ':now': number(now()),
            ...(lastWrite && {
              ':before': { S: lastWrite.before },
              ':after': { S: lastWrite.after },
            }),
          },
        });
      },
    };
  }

  return { take };
}

const FREE =
  'attribute_not_exists(heldUntilMs) OR heldUntilMs <= :now OR heldUntilMs > :absurd OR heldBy = :claim';

/** Where a writer stands. */
interface Place {
  /** In the queue. */
  readonly index: number;
  readonly ticket: string;
  /** How many are before who may still come. */
  readonly ahead: number;
  readonly isNext: boolean;
}

/** `undefined` where it does not stand there. */
function placeOf(item: Attributes, ticket: string, nowMs: number): Place | undefined {
  const tickets = ticketsOf(item);
  const index = tickets.indexOf(ticket);
  if (index < 0) return undefined;
  const ahead = tickets.slice(0, index).filter((other) => patienceEndsAt(other) > nowMs).length;
  const isNext = nowMs >= freeAtMs(item) + ahead * GRACE_MS;
  return { index, ticket, ahead, isNext };
}

function freeAtMs({ heldUntilMs, freeSinceMs }: Attributes): number {
  return Number(heldUntilMs?.N ?? freeSinceMs?.N ?? 0);
}

function ticketsOf({ waiters }: Attributes): string[] {
  return waiters?.L?.map(({ S = '' }) => S) ?? [];
}

function patienceEndsAt(ticket: string): number {
  return Number(ticket.split('/')[1]);
}

/**
 * The nearer its turn the more often somebody looks; and less often the longer turns take.
 *
 * @param polls how many there have been since the last turn ended
 */
function pollMs(ahead: number, polls: number): number {
  const ms = SHORTEST_POLL_MS * (ahead + 1) * Math.min(1 + polls / 5, 5);
  return Math.min(LONGEST_POLL_MS, ms) * (0.75 + Math.random() / 2);
}

function readLastWrite({ etagBefore, etagAfter }: Attributes): LastWrite | undefined {
  if (etagBefore?.S === undefined || etagAfter?.S === undefined) return undefined;
  return { before: etagBefore.S, after: etagAfter.S };
}

function noTurn({ heldUntilMs }: Attributes, nowMs: number): ZoneError {
  const seconds = Math.ceil((Number(heldUntilMs?.N ?? nowMs) - nowMs) / 1000);
  return new ZoneError(
    'unavailable',
    'Others are writing the zone, and this write has not had its turn in time: nothing was changed.',
    { retryAfterSeconds: Math.min(60, Math.max(1, seconds)) },
  );
}

function lost(): ZoneError {
  return new ZoneError('unavailable', 'The turn to write the zone was lost: nothing was changed.', {
    retryAfterSeconds: 5,
  });
}

function number(value: number) {
  return { N: String(value) };
}
