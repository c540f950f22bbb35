/** A scheduled function, called at intervals and on demand, one run at a time. */
export interface Schedule {
  /**
   * Waits for a run that is going on, then makes one of its own and returns its outcome. Rejects
   * when that run fails.
   */
  runNow(): Promise<unknown>;
  /** Ends the ticking. A run that is going on is left alone, and not waited for. */
  close(): Promise<void>;
}

export interface ScheduleOptions {
  readonly everyMs: number;
  /** Calls the function; tells failures itself. */
  readonly call: () => Promise<unknown>;
  /** Ticks until the function it returns is called. */
  readonly startTicking?: (tick: () => void, everyMs: number) => () => void;
}

/** Calls the function at once, and then at every tick that does not find a run going on. */
export function startSchedule({
  everyMs,
  call,
  startTicking = atIntervals,
}: ScheduleOptions): Schedule {
  let current: Promise<unknown> | undefined;

  function run(): Promise<unknown> {
    const started = call().finally(() => {
      current = undefined;
    });
    current = started;
    return started;
  }

  function tick(): void {
    // A failure is not the last word: the next tick runs again.
    if (!current) run().catch(() => {});
  }

  async function runNow(): Promise<unknown> {
    while (current) await current.catch(() => {});
    return await run();
  }

  const stopTicking = startTicking(tick, everyMs);
  tick();
  return { runNow, close: async () => stopTicking() };
}

function atIntervals(tick: () => void, everyMs: number): () => void {
  const timer = setInterval(tick, everyMs);
  return () => clearInterval(timer);
}
