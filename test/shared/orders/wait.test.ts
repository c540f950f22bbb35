import { describe, expect, test } from '@jest/globals';
import type { Deadline } from '../../../shared/dmapi/deadline.ts';
import { waitForResult } from '../../../shared/orders/wait.ts';
import type { Queued } from '../../../shared/reply/queued.ts';
import { captureLog } from '../../captured-log.ts';
import { holdTimeouts } from '../../held-timeouts.ts';
import { type Answer, stubRegistrar } from '../../stub-registrar.ts';
import { farAway, until } from '../../time.ts';
import { loginAnswer, openSession } from '../http/serving.ts';

captureLog();

const QUEUED: Queued = {
  status: 'pending',
  requestType: 'domain-register',
  requestObject: 'new.example',
  svTrId: '01da7',
  procId: '7',
  clTrId: 'mine',
};
const PENDING: Answer = { text: 'Status-Code: 0\n\nCompletion-Status: ?\n' };
const ACK: Answer = {
  text: 'Status-Code: 0\n\nCompletion-Status: ack\nObject-Name: new.example\nprice: 9.90\n\nDone.\n',
};
const NACK: Answer = { text: 'Status-Code: 0\n\nCompletion-Status: nack\n\nno money\n' };
const SETTLED = {
  ...QUEUED,
  status: 'ack',
  objectName: 'new.example',
  fields: { price: '9.90' },
  content: 'Done.',
};

/** A clock that only sleeping moves. @param remainingMs what is left of the call at first */
function clock(remainingMs: number) {
  let passedMs = 0;
  const deadline: Deadline = {
    signal: farAway().signal,
    remainingMs: () => Math.max(0, remainingMs - passedMs),
  };
  return {
    deadline,
    passedMs: () => passedMs,
    sleep: async (ms: number) => {
      passedMs += ms;
    },
  };
}

/**
 * Waits at a registrar whose request settles after so many seconds of the clock, and answers as
 * `before` until then.
 */
async function wait(
  { seconds, settlesAfter }: { seconds: number; settlesAfter: number },
  { before = PENDING, after = ACK, remainingMs = 24_000, queued = QUEUED } = {},
) {
  const { deadline, sleep, passedMs } = clock(remainingMs);
  const answer: Answer = (response) => {
    const one = passedMs() >= settlesAfter * 1000 ? after : before;
    if (typeof one === 'function') one(response);
    else response.writeHead(one.status ?? 200).end(one.text);
  };
  const registrar = await stubRegistrar(loginAnswer(), answer);
  const session = openSession(registrar.endpoint);
  const settled = await waitForResult(session, queued, { seconds, deadline, sleep });
  const asked = registrar.requests.filter(({ path }) => path === '/request/result-retrieve');
  const last = Object.fromEntries(new URLSearchParams(asked.at(-1)?.body ?? ''));
  return { settled, asked: asked.length, passedMs: passedMs(), last };
}

describe('a request that settles', () => {
  test.each([
    { settlesAfter: 0, seconds: 20, asked: 1, passedMs: 1000 },
    { settlesAfter: 1, seconds: 20, asked: 1, passedMs: 1000 },
    { settlesAfter: 5, seconds: 20, asked: 5, passedMs: 5000 },
    { settlesAfter: 6, seconds: 20, asked: 6, passedMs: 7000 },
    { settlesAfter: 19, seconds: 20, asked: 12, passedMs: 19_000 },
    { settlesAfter: 20, seconds: 20, asked: 13, passedMs: 20_000 },
    { settlesAfter: 1, seconds: 1, asked: 1, passedMs: 1000 },
    { settlesAfter: 4, seconds: 4, asked: 4, passedMs: 4000 },
  ])(
    'after $settlesAfter s is told to who waits $seconds s',
    async ({ asked, passedMs, ...it }) => {
      expect(await wait(it)).toMatchObject({ settled: SETTLED, asked, passedMs });
    },
  );

  test.each([
    { settlesAfter: 30, seconds: 20, asked: 13, passedMs: 20_000 },
    { settlesAfter: 2, seconds: 1, asked: 1, passedMs: 1000 },
    { settlesAfter: 1, seconds: 0, asked: 0, passedMs: 0 },
  ])(
    'after $settlesAfter s is not, to who waits $seconds s',
    async ({ asked, passedMs, ...it }) => {
      expect(await wait(it)).toMatchObject({ settled: undefined, asked, passedMs });
    },
  );

  test('as refused is told with the reason', async () => {
    const { settled } = await wait({ seconds: 9, settlesAfter: 3 }, { after: NACK });
    const nack = { status: 'nack', objectName: null, fields: {}, content: 'no money' };
    expect(settled).toStrictEqual({ ...QUEUED, ...nack });
  });
});

describe('it is asked for', () => {
  test.each([
    [QUEUED, { svtrid: '01da7' }],
    [{ ...QUEUED, svTrId: null }, { 'proc-id': '7' }],
  ])('by the id that there is: %j', async (queued, reference) => {
    const { last } = await wait({ seconds: 5, settlesAfter: 1 }, { queued });
    expect(last).toMatchObject(reference);
  });

  test('not at all where there is no id', async () => {
    const queued = { ...QUEUED, svTrId: null, procId: null };
    const it = await wait({ seconds: 5, settlesAfter: 0 }, { queued });
    expect(it).toMatchObject({ settled: undefined, asked: 0 });
  });

  test.each([
    [5000, 4],
    [2600, 2],
    [900, 0],
    [400, 0],
    [0, 0],
  ])('no longer than the call has time: %d ms', async (remainingMs, seconds) => {
    const it = await wait({ seconds: 20, settlesAfter: 60 }, { remainingMs });
    expect(it.settled).toBeUndefined();
    expect(it.passedMs).toBe(Math.max(0, remainingMs - 500));
    expect(Math.floor(it.passedMs / 1000)).toBe(seconds);
  });
});

const OUTAGES: Readonly<Record<string, Answer>> = {
  'resets connections': (response) => response.destroy(),
  'says that it is busy': { status: 503, text: '' },
  'says for how long it is busy': (response) => {
    response.writeHead(429, { 'retry-after': '30' }).end();
  },
  'shows a web page': { text: '<html>' },
  'says nothing': { text: '' },
  'knows no such result': { text: 'Status-Code: 2303\n\n' },
  'refuses the request': { text: 'Status-Code: 2400\nError: Parameter svtrid: no\n\n' },
  'tells no status': { text: 'Status-Code: 0\n\n' },
  'tells a status that nobody knows': { text: 'Status-Code: 0\n\nCompletion-Status: later\n' },
};

describe('a registrar that meanwhile', () => {
  test.each(Object.entries(OUTAGES))('%s is asked again', async (_what, before) => {
    const it = await wait({ seconds: 20, settlesAfter: 2 }, { before });
    expect(it.settled).toStrictEqual(SETTLED);
  });

  test.each(Object.entries(OUTAGES))(
    '%s for good has accepted it all the same',
    async (_, before) => {
      const it = await wait({ seconds: 2, settlesAfter: 60 }, { before });
      expect(it.settled).toBeUndefined();
    },
  );

  test('ends the session is logged into again', async () => {
    const lost = { status: 401, text: 'Status-Code: 2200\n\n' };
    const registrar = await stubRegistrar(loginAnswer(), lost, loginAnswer(), ACK);
    const { deadline, sleep } = clock(24_000);
    const session = openSession(registrar.endpoint);
    const patience = { seconds: 3, deadline, sleep };
    expect(await waitForResult(session, QUEUED, patience)).toStrictEqual(SETTLED);
  });

  test('hangs is left in time', async () => {
    const registrar = await stubRegistrar(loginAnswer(), () => {});
    const session = openSession(registrar.endpoint);
    const { deadline, sleep } = clock(2100);
    const { askedMs, pass } = holdTimeouts();
    const settled = waitForResult(session, QUEUED, { seconds: 20, deadline, sleep });
    await until(() => registrar.requests.length === 2);
    pass();
    expect(await settled).toBeUndefined();
    // Half a second is left for the answer, and then there is no time to ask again.
    expect(askedMs).toEqual([600, 0]);
    expect(registrar.requests).toHaveLength(2);
  });
});
