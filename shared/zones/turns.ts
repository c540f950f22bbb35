import { setTimeout as sleep } from 'node:timers/promises';
import type { Attributes, Table } from '../aws/table.ts';

import { ABSURD_MS, type Place, placeOf, pollMs, ticketOf, ticketsOf } from './queue.ts';
import { openTurn, type Turn } from './turn.ts';
import { ZoneError } from './zone-error.ts';

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
/** Opens the turns of the account that the table is of. An item a zone. */
export function openTurns(table: Table, options: TurnsOptions): Turns {
  const { now, newClaim, pause = sleep } = options;

  async function take(domain: string, patienceMs: number): Promise<Turn> {
    const entry = `turn/${domain}`;
    const claim = newClaim();
    const taken = await takeFree(entry, claim);
    if (taken) return openTurn(table, { entry, claim, item: taken, now });
    const endsAtMs = now() + patienceMs;
    const ticket = ticketOf(claim, endsAtMs);
    let item = await join(entry, ticket);
    let ahead = Number.NaN;
    let polls = 0;
    while (now() < endsAtMs) {
      if (item.heldBy?.S === claim) return openTurn(table, { entry, claim, item, now });
      const place = placeOf(item, ticket, now());
      if (place === undefined) {
        // Others have passed it over: it comes last now.
        item = await join(entry, ticket);
        continue;
      }
      const next = place.isNext && (await takeNext(entry, claim, place));
      if (next) return openTurn(table, { entry, claim, item: next, now });
      polls = place.ahead === ahead ? polls + 1 : 0;
      ahead = place.ahead;
      await pause(Math.min(pollMs(ahead, polls), Math.max(0, endsAtMs - now())));
      item = (await table.get(entry)) ?? {};
    }
    if (item.heldBy?.S === claim) return openTurn(table, { entry, claim, item, now });
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
      ':absurd': number(nowMs + ABSURD_MS),
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
    // The last first: dynalite moves up what follows one that is gone before it takes the next.
    const passed = Array.from({ length: index + 1 }, (_, i) => `waiters[${index - i}]`).join(', ');
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

  return { take };
}

const FREE =
  'attribute_not_exists(heldUntilMs) OR heldUntilMs <= :now OR heldUntilMs > :absurd OR heldBy = :claim';

function noTurn({ heldUntilMs }: Attributes, nowMs: number): ZoneError {
  const seconds = Math.ceil((Number(heldUntilMs?.N ?? nowMs) - nowMs) / 1000);
  return new ZoneError(
    'unavailable',
    'Others are writing the zone, and this write has not had its turn in time: nothing was changed.',
    { retryAfterSeconds: Math.min(60, Math.max(1, seconds)) },
  );
}

function number(value: number) {
  return { N: String(value) };
}
