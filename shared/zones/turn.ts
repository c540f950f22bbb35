import type { Attributes, Table } from '../aws/table.ts';
import { type LastWrites, lastWritesAttributes, readLastWrites } from './last-writes.ts';
import { ZoneError } from './zone-error.ts';

/** One writer's turn with a zone. */
export interface Turn {
  /** Grows with every turn of the zone. */
  readonly number: number;
  readonly lastWrites: LastWrites | undefined;
  /**
   * To be called right before a zone is sent: the turn then lasts for a minute, whatever becomes of
   * who has it, so that a zone that arrives late is not overtaken.
   *
   * @throws ZoneError where the turn has been lost, or has run out
   */
  send(writes: LastWrites): Promise<void>;
  /** Lets the next writer go on; with the last writes there were. Does nothing where it has been lost. */
  end(lastWrites: LastWrites | undefined): Promise<void>;
}

interface HeldTurn {
  /** Where it is kept. */
  readonly entry: string;
  readonly claim: string;
  /** As it was when it was taken. */
  readonly item: Attributes;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** From the sending of a zone: the longest that a registrar has been given to carry it out. */
const WRITE_MS = 60_000;

const LAST_WRITES = 'etagAfter = :after, formers = :formers';

/** The turn of who holds it by this claim. */
export function openTurn(table: Table, { entry, claim, item, now }: HeldTurn): Turn {
  const held = { condition: 'heldBy = :claim', values: { ':claim': { S: claim } } };
  return {
    number: Number(item.turnNumber?.N),
    lastWrites: readLastWrites(item),
    async send(writes) {
      const nowMs = now();
      const kept = await table.update(entry, {
        set: `SET heldUntilMs = :until, ${LAST_WRITES}`,
        condition: `${held.condition} AND heldUntilMs > :now`,
        values: {
          ...held.values,
          ...lastWritesAttributes(writes),
          ':now': number(nowMs),
          ':until': number(nowMs + WRITE_MS),
        },
      });
      if (!kept) throw lost();
    },
    async end(lastWrites) {
      await table.update(entry, {
        set: lastWrites
          ? `SET freeSinceMs = :now, ${LAST_WRITES} REMOVE heldBy, heldUntilMs`
          : 'SET freeSinceMs = :now REMOVE heldBy, heldUntilMs, etagAfter, formers',
        condition: held.condition,
        values: {
          ...held.values,
          ...(lastWrites && lastWritesAttributes(lastWrites)),
          ':now': number(now()),
        },
      });
    },
  };
}

function lost(): ZoneError {
  return new ZoneError('unavailable', 'The turn to write the zone was lost: nothing was changed.', {
    retryAfterSeconds: 5,
  });
}

function number(value: number) {
  return { N: String(value) };
}
