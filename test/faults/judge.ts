import { GOOD_ANSWERS } from './answers.ts';
import type { Cell } from './matrix.ts';
import { hasMet, type Played } from './play.ts';

/** What is not as documented, in words; nothing where all is. */
export function complaints(cell: Cell, played: Played): string[] {
  const { column, expected } = cell;
  const { answer, reason, retryAfter, sent, waitsMs = 0 } = expected;
  return [
    differs('answer', played.answer, answer),
    reason && !reason.test(played.reason ?? '') && `reason: ${played.reason}, not ${reason}`,
    retryAfter !== undefined && differs('Retry-After', played.retryAfter, retryAfter),
    sent !== undefined && differs('times sent', played.met, sent),
    !hasMet(cell, played) && 'the fault has met nothing',
    played.elapsedMs < waitsMs && `answered after ${played.elapsedMs} ms, not ${waitsMs}`,
    differs('answer afterwards', played.afterwards, GOOD_ANSWERS[column.kind]),
    played.orders > 1 && `ordered ${played.orders} times`,
    ...played.lost.map((line) => `not told: ${line}`),
    ...played.untrue.map((line) => `told: ${line}`),
    played.leaks && 'a secret has left',
  ].filter((complaint) => typeof complaint === 'string');
}

function differs(what: string, is: unknown, documented: unknown): string | false {
  return is !== documented && `${what}: ${is}, not ${documented}`;
}
