import { type Cell, RECONCILER } from './matrix.ts';
import { type Played, play } from './play.ts';
import { openSecrets, type Secrets } from './secrets.ts';
import { isWaitedFor } from './time-of-fault.ts';

/** Cells that are played side by side: most of them wait for most of their time. */
const AT_ONCE = 32;

/** Plays cells, each in a world of its own. @returns what has become of them, by name */
export async function playAll(cells: readonly Cell[]): Promise<ReadonlyMap<string, Played>> {
  const secrets = await openSecrets();
  try {
    // Code is loaded when it is first needed, and shall not use up anybody's time.
    await play(REHEARSAL, secrets);
    await play({ ...REHEARSAL, column: { name: 'query-profile', kind: 'read' } }, secrets);
    return await playSideBySide(cells, secrets);
  } finally {
    await secrets.close();
  }
}

async function playSideBySide(cells: readonly Cell[], secrets: Secrets) {
  const played = new Map<string, Played>();
  // What takes longest begins first.
  const waiting = [...cells].sort((a, b) => lasts(a) - lasts(b));
  async function playOn(): Promise<void> {
    for (let cell = waiting.pop(); cell; cell = waiting.pop()) {
      played.set(cell.name, await play(cell, secrets));
    }
  }
  // All of it: what goes on when this has ended meets a world that is no more.
  const all = await Promise.allSettled(Array.from({ length: AT_ONCE }, playOn));
  for (const one of all) if (one.status === 'rejected') throw one.reason;
  return played;
}

function lasts({ row, column }: Cell): number {
  const { strike, time } = row;
  const isHanging = 'how' in strike && strike.how === 'hanging';
  const isWaiting = column.kind === 'run' && isWaitedFor(row);
  return (isHanging || isWaiting ? 2 : 0) + (time === 'full' ? 1 : 0);
}

const REHEARSAL: Cell = {
  name: 'rehearsal',
  column: RECONCILER,
  row: {
    group: '',
    name: '',
    strike: { at: 'request', fault: { kind: 'drip', bytes: 1e6 } },
    isCold: true,
    time: 'full',
    expected: {},
  },
  expected: { answer: '' },
};
