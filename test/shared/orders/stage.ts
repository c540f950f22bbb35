/**
 * A clock on which programs run that sleep and wake: it stands still while any of them works, and
 * moves on to the next moment for which something is planned once all of them sleep.
 */
export interface Stage {
  now(): number;
  /** For programs that run here only. */
  sleep(ms: number): Promise<void>;
  /** Has something begin at that moment. */
  at(ms: number, begin: () => unknown): void;
  /** Plays until nothing is planned any more, or until that moment. Rejects where a program does. */
  play(untilMs?: number): Promise<void>;
}

interface Planned {
  readonly atMs: number;
  readonly begin: () => unknown;
}

export function createStage(startMs: number): Stage {
  let nowMs = startMs;
  let working = 0;
  let rest = () => {};
  let failure: { readonly error: unknown } | undefined;
  const planned: Planned[] = [];

  function at(ms: number, begin: () => unknown): void {
    const place = planned.findIndex(({ atMs }) => atMs > ms);
    planned.splice(place < 0 ? planned.length : place, 0, { atMs: ms, begin });
  }

  /** A program works until it sleeps or ends. */
  function work(delta: 1 | -1): void {
    working += delta;
    if (working === 0) rest();
  }

  function start(begin: () => unknown): void {
    work(1);
    Promise.resolve()
      .then(begin)
      .catch((error: unknown) => {
        failure ??= { error };
      })
      .finally(() => work(-1));
  }

  function sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      at(nowMs + ms, () => {
        // It works from now on, and what has woken it is done.
        working++;
        resolve();
      });
      work(-1);
    });
  }

  async function play(untilMs = Number.POSITIVE_INFINITY): Promise<void> {
    for (let next = planned[0]; next && next.atMs <= untilMs; next = planned[0]) {
      planned.shift();
      nowMs = Math.max(nowMs, next.atMs);
      const rested = new Promise<void>((resolve) => {
        rest = resolve;
      });
      start(next.begin);
      await rested;
      if (failure) throw failure.error;
    }
    if (Number.isFinite(untilMs)) nowMs = Math.max(nowMs, untilMs);
  }

  return { now: () => nowMs, sleep, at, play };
}
