import { beforeEach, describe, expect, test } from '@jest/globals';
import { type Schedule, startSchedule } from '../../../infra/local/schedule.ts';

interface Run {
  succeed(outcome: unknown): void;
  fail(reason: string): void;
}

let runs: Run[];
let tick: () => void;
let ticking: string;
let schedule: Schedule;

/** Lets everything go on that can. */
const settled = () => new Promise(setImmediate);

beforeEach(() => {
  runs = [];
  schedule = startSchedule({
    everyMs: 5000,
    call: () =>
      new Promise((succeed, reject) => {
        runs.push({ succeed, fail: (reason) => reject(new Error(reason)) });
      }),
    startTicking: (onTick, everyMs) => {
      tick = onTick;
      ticking = `every ${everyMs} ms`;
      return () => {
        ticking = 'over';
      };
    },
  });
});

describe('a schedule', () => {
  test('runs at once, and at each tick', async () => {
    expect(ticking).toBe('every 5000 ms');
    expect(runs).toHaveLength(1);
    runs[0]?.succeed({});
    await settled();
    tick();
    expect(runs).toHaveLength(2);
  });

  test('skips a tick that finds a run going on', async () => {
    tick();
    tick();
    await settled();
    expect(runs).toHaveLength(1);
    runs[0]?.succeed({});
    await settled();
    expect(runs).toHaveLength(1);
    tick();
    expect(runs).toHaveLength(2);
  });

  test('runs again after a run that failed', async () => {
    runs[0]?.fail('broken');
    await settled();
    tick();
    expect(runs).toHaveLength(2);
  });

  test('stops ticking when it is closed, without waiting for a run', async () => {
    await schedule.close();
    expect(ticking).toBe('over');
  });
});

describe('a run on demand', () => {
  test('waits for the one that is going on, and returns what its own returned', async () => {
    const outcome = schedule.runNow();
    await settled();
    expect(runs).toHaveLength(1);
    runs[0]?.succeed('the first');
    await settled();
    expect(runs).toHaveLength(2);
    tick();
    expect(runs).toHaveLength(2);
    runs[1]?.succeed('its own');
    expect(await outcome).toBe('its own');
  });

  test('is made at once when none is going on', async () => {
    runs[0]?.succeed({});
    await settled();
    const outcome = schedule.runNow();
    await settled();
    runs[1]?.succeed('now');
    expect(await outcome).toBe('now');
  });

  test('does not mind how the one before ended, and tells how its own did', async () => {
    const outcome = schedule.runNow().catch((error: Error) => error.message);
    runs[0]?.fail('the first');
    await settled();
    runs[1]?.fail('its own');
    expect(await outcome).toBe('its own');
    tick();
    expect(runs).toHaveLength(3);
  });

  test('is a run of its own for each who asks, one at a time', async () => {
    const outcomes = [schedule.runNow(), schedule.runNow()];
    for (let i = 0; i < 3; i++) {
      expect(runs).toHaveLength(i + 1);
      runs[i]?.succeed(i);
      await settled();
    }
    expect(await Promise.all(outcomes)).toEqual([1, 2]);
  });
});

test('ticks at intervals by itself', async () => {
  let left = 3;
  await new Promise<void>((resolve) => {
    const real = startSchedule({
      everyMs: 1,
      call: async () => {
        if (--left > 0) return;
        await real.close();
        resolve();
      },
    });
  });
  expect(left).toBe(0);
});
