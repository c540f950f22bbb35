import type { World } from './world.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** Settled results: `deep` are so many that an old one is none of the rows that a run reads. */
const SETTLED = { short: 20, deep: 160 };
const NEW = 4;

const OLD = 'p000001';
const NEWER = 'p000002';
const LAST = 'n000099';

/** What has settled before the first run, and one in progress for ten days. */
export function plantHistory({ registrar, clock }: World, history: 'short' | 'deep'): void {
  for (let n = 1; n <= SETTLED[history]; n++) {
    registrar.addResult({ atMs: clock.nowMs - (60 + n) * MINUTE_MS });
  }
  registrar.addResult({ svTrId: OLD, status: '?', atMs: clock.nowMs - 10 * DAY_MS });
}

/** What the run is to tell that meets the fault: one that was in progress settles, others are new. */
export function plantChanges({ registrar }: World): void {
  registrar.settle(OLD, 'nack');
  for (let n = 1; n <= NEW; n++) registrar.addResult({ svTrId: idOf(n), status: statusOf(n) });
  registrar.addResult({ svTrId: NEWER, status: '?' });
}

/** What comes after the fault. */
export function plantLast({ registrar }: World): void {
  registrar.addResult({ svTrId: LAST });
}

/** Every transition that consumers must be told of, as `<svTrId> <previous status> <status>`. */
export const TRANSITIONS: readonly string[] = [
  `${OLD} null pending`,
  `${OLD} pending nack`,
  ...Array.from({ length: NEW }, (_, n) => `${idOf(n + 1)} null ${statusOf(n + 1)}`),
  `${NEWER} null pending`,
  `${LAST} null ack`,
];

function idOf(n: number): string {
  return `n${String(n).padStart(6, '0')}`;
}

function statusOf(n: number): 'ack' | 'nack' {
  return n % 3 === 0 ? 'nack' : 'ack';
}
