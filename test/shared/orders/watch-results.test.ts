import { beforeEach, describe, expect, test } from '@jest/globals';
import { captureLog } from '../../captured-log.ts';
import { ASKING, createWatching, MINUTE, type Placed, SECOND, type Watching } from './watching.ts';

const log = captureLog();

let watching: Watching;
beforeEach(() => {
  watching = createWatching();
});

/** Milliseconds from the first moment at which the registrar was asked to each of them. */
function asked(): number[] {
  const [first = 0] = watching.askedAtMs;
  return watching.askedAtMs.map((ms) => ms - first);
}

function apart(): number[] {
  return asked()
    .slice(1)
    .map((ms, i) => ms - (asked()[i] ?? 0));
}

/** How long it took from the settling to the event. */
function toldAfter({ settlesAtMs, toldAtMs }: Placed): number {
  return (toldAtMs ?? Number.POSITIVE_INFINITY) - settlesAtMs;
}

describe('a run that stays', () => {
  test('looks every five seconds in the first minute, every ten until ten minutes, then no more', async () => {
    watching.place(0, 60 * MINUTE);
    await watching.stage.play();
    const steps = apart();
    const first = asked().filter((ms) => ms < MINUTE);
    expect(first).toHaveLength(13);
    // What settles right after the registrar was asked is told within a period: it takes a while to ask.
    expect(new Set(steps.slice(0, 12))).toEqual(new Set([5 * SECOND - ASKING]));
    expect(new Set(steps.slice(13, -1))).toEqual(new Set([10 * SECOND - ASKING]));
    expect(asked().at(-1)).toBeLessThan(10 * MINUTE + 10 * SECOND);
    expect(asked()).toHaveLength(71);
    expect(watching.calls).toEqual({ begun: 1, ended: 1 });
  });

  test('tells what settles at any moment within ten seconds', async () => {
    const all = Array.from({ length: 199 }, (_, n) => watching.place(0, (n + 1) * 3007, n === 0));
    await watching.stage.play();
    for (const one of all) expect(toldAfter(one)).toBeLessThanOrEqual(10 * SECOND);
  });

  test('keeps the promise also where asking takes three seconds, now more and now less', async () => {
    watching.pace.askingMs = (nth) => 2400 + ((nth * 7919) % 1200);
    const all = Array.from({ length: 199 }, (_, n) => watching.place(0, (n + 1) * 3007, n === 0));
    await watching.stage.play();
    const soon = all.filter((one) => toldAfter(one) <= 10 * SECOND);
    expect(soon.length / all.length).toBeGreaterThanOrEqual(0.95);
  });

  test('leaves a registrar that takes long alone for half of the time', async () => {
    watching.pace.askingMs = () => 9 * SECOND;
    watching.place(0, 60 * MINUTE);
    await watching.stage.play();
    expect(Math.min(...apart().slice(0, -1))).toBeGreaterThanOrEqual(9 * SECOND);
  });

  test('ends once nothing young is open, after one more look', async () => {
    watching.place(0, 12 * SECOND);
    await watching.stage.play();
    expect(asked()).toEqual([0, 4700, 9400, 14_100, 14_400]);
  });

  test('asks about all of them at once, as often as the youngest needs', async () => {
    watching.place(0, 60 * MINUTE);
    watching.place(5 * MINUTE, 3 * MINUTE);
    await watching.stage.play();
    const around = watching.askedAtMs.filter(
      (ms) => ms >= (watching.askedAtMs[0] ?? 0) + 5 * MINUTE,
    );
    const steps = around.slice(1).map((ms, i) => ms - (around[i] ?? 0));
    expect(steps.slice(2, 12)).toEqual(Array(10).fill(5 * SECOND - ASKING));
    expect(steps[15]).toBe(10 * SECOND - ASKING);
  });

  test('looks for orders of unknown outcome at its first look, and then once a minute', async () => {
    watching.place(0, 4 * MINUTE + SECOND);
    await watching.stage.play();
    const looks = asked().filter((_, i) => watching.attended[i]?.looks);
    expect(looks).toHaveLength(4);
    for (const [i, ms] of looks.slice(1).entries()) {
      expect(ms - (looks[i] ?? 0)).toBeGreaterThanOrEqual(MINUTE);
      expect(ms - (looks[i] ?? 0)).toBeLessThan(MINUTE + 10 * SECOND);
    }
  });

  test('knows since when what it tells has been open at most', async () => {
    watching.place(0, 12 * SECOND);
    await watching.stage.play();
    const [begin = 0] = watching.askedAtMs;
    expect(watching.attended.map(({ askedBeforeMs }) => askedBeforeMs)).toEqual([
      undefined,
      begin,
      begin + 4700,
      begin + 9400,
      begin + 14_100,
    ]);
  });

  test('that could not ask does not count as one that did', async () => {
    watching.place(0, 12 * SECOND);
    watching.broken.registrar = true;
    watching.stage.at(watching.stage.now() + 6 * SECOND, () => {
      watching.broken.registrar = false;
    });
    await watching.stage.play();
    const [begin = 0] = watching.askedAtMs;
    expect(watching.attended.map(({ askedBeforeMs }) => askedBeforeMs)).toEqual([
      undefined,
      undefined,
      undefined,
      begin + 9400,
      begin + 14_100,
    ]);
  });

  test('goes on while the table of orders fails, and ends by the clock', async () => {
    const one = watching.place(0, 20 * SECOND);
    watching.stage.at(watching.stage.now() + SECOND, () => {
      watching.broken.attending = true;
      watching.broken.watch = true;
    });
    await watching.stage.play();
    expect(toldAfter(one)).toBeLessThanOrEqual(10 * SECOND);
    expect(asked().at(-1)).toBeLessThan(10 * MINUTE + 10 * SECOND);
    expect(log.text()).toContain('orders could not be seen to');
    expect(log.text()).toContain('the watch over orders could not be kept');
    expect(log.text()).not.toContain('DynamoDB cannot');
  });

  test('a wake whose first look cannot see the orders stays all the same', async () => {
    watching.broken.attending = true;
    const one = watching.place(0, 20 * SECOND);
    watching.stage.at(watching.stage.now() + 2 * SECOND, () => {
      watching.broken.attending = false;
    });
    await watching.stage.play();
    expect(toldAfter(one)).toBeLessThanOrEqual(10 * SECOND);
    expect(asked().at(-1)).toBeLessThan(MINUTE);
  });
});

describe('one run at a time', () => {
  test('a thousand orders at once have one run stay: the others are over without a request', async () => {
    const all = Array.from({ length: 1000 }, (_, n) => watching.place(n, 30 * SECOND));
    await watching.stage.play();
    for (const one of all) expect(toldAfter(one)).toBeLessThanOrEqual(10 * SECOND);
    expect(watching.calls).toEqual({ begun: 1000, ended: 1000 });
    expect(asked().length).toBeLessThan(12);
  });

  test('with orders all the time, one takes over from the other before that has to go', async () => {
    const all: Placed[] = [];
    for (let n = 0; n < 3600; n += 7) {
      all.push(watching.place(n * SECOND, (2 + ((n * 97) % 598)) * SECOND));
    }
    await watching.stage.play();
    expect(Math.max(...all.map(toldAfter))).toBeLessThanOrEqual(10 * SECOND);
    expect(watching.calls.ended).toBe(all.length);
    // One watches: two that do would ask twice as often.
    expect(Math.min(...apart())).toBeGreaterThanOrEqual(ASKING);
    expect(asked().length).toBeLessThan((70 * MINUTE) / (4.5 * SECOND));
  });

  test.each([0, 1, 100, 200, 299, 300, 301, 400, 599, 600, 601])(
    'what is placed as a run ends, %i ms after its last look but one, is not lost',
    async (ms) => {
      watching.place(0, 12 * SECOND);
      const late = watching.place(14_100 + ms, 3 * SECOND);
      await watching.stage.play();
      expect(toldAfter(late)).toBeLessThanOrEqual(10 * SECOND);
    },
  );

  test('one that has died is replaced by the schedule', async () => {
    watching.die(0);
    const late = watching.place(2 * SECOND, 3 * MINUTE);
    for (let minute = 1; minute < 6; minute++) watching.invoke(minute * MINUTE, { stay: true });
    await watching.stage.play();
    expect(toldAfter(late)).toBeLessThanOrEqual(10 * SECOND);
  });

  test('a wake that got lost costs a minute of the schedule, and no event', async () => {
    const one = watching.place(5 * SECOND, 90 * SECOND, false);
    const early = watching.place(5 * SECOND, 10 * SECOND, false);
    for (let minute = 0; minute < 3; minute++) watching.invoke(minute * MINUTE, { stay: true });
    await watching.stage.play();
    expect(toldAfter(early)).toBeLessThanOrEqual(MINUTE);
    expect(toldAfter(one)).toBeLessThanOrEqual(10 * SECOND);
  });
});

describe('the time of the function', () => {
  test.each([2, 3, 5, 15])('of %i minutes is never used up', async (minutes) => {
    watching.invoke(0, { placed: true }, minutes * MINUTE);
    watching.place(0, 60 * MINUTE, false);
    for (let n = 1; n < 20; n++) watching.place(n * MINUTE, 60 * MINUTE, false);
    await watching.stage.play();
    expect(watching.calls).toEqual({ begun: 1, ended: 1 });
    expect(asked().at(-1)).toBeLessThanOrEqual(minutes * MINUTE - 80 * SECOND);
  });
});

describe('nothing more is asked while nothing young is open', () => {
  test.each([[{ stay: true }], [{}], [null], ['stay'], [{ stay: 'true' }]])(
    'by a run for %j: once, and no right to stay is asked for',
    async (event) => {
      watching.broken.watch = true;
      watching.invoke(0, event as object);
      await watching.stage.play();
      expect(asked()).toEqual([0]);
      expect(watching.attended).toHaveLength(1);
      expect(log.text()).not.toContain('could not be kept');
    },
  );

  test('what was placed more than ten minutes ago is left to the schedule', async () => {
    watching.place(0, 60 * MINUTE, false);
    watching.invoke(10 * MINUTE, { stay: true });
    await watching.stage.play();
    expect(asked()).toEqual([0]);
  });

  test('whoever asks for one run gets its summary at once, whatever is open', async () => {
    watching.place(0, 60 * MINUTE, false);
    watching.invoke(SECOND, {});
    await watching.stage.play();
    expect(asked()).toEqual([0]);
  });
});
