import { expect, test } from '@jest/globals';
import type { Action } from '../../shared/action.ts';
import { captureLog } from '../captured-log.ts';
import { asking, toEvent } from '../functions/bad-request.ts';
import { actionOf, definitionOf, ONE_REQUEST_NAMES } from '../functions/every-action.ts';
import { API_KEY, AUTH_SID, invoke, loginAnswer, openSession } from '../shared/http/serving.ts';
import { type Answer, stubRegistrar } from '../stub-registrar.ts';
import { deadlineAtWill, farAway, until } from '../time.ts';
import { GOOD_ANSWERS } from './answers.ts';
import { kindOf } from './columns.ts';
import type { Kind } from './matrix.ts';

const log = captureLog();

/** A reply with something in it for whoever needs something. */
const GOOD: Answer = {
  text: 'Status-Code: 0\nTracking-Id: 01da\nProc-ID: 7\nRow-Count: 0\n\nautorenew: verified\n',
};
const EMPTY: Answer = { text: 'Status-Code: 0\nTracking-Id: 01da\nProc-ID: 7\nRow-Count: 0\n\n' };
const LISTS = /list$|details$/;

type Ending = readonly [answer: string, sent: number];

interface Fault {
  readonly name: string;
  readonly answer: Answer;
  /** What it comes to for each kind of function, and how often the request is sent. */
  readonly once: (kind: Kind) => Ending;
}

const well = (kind: Kind, sent: number): Ending => [GOOD_ANSWERS[kind], sent];
const isChange = (kind: Kind) => kind === 'change' || kind === 'queued';
const passing = (kind: Kind): Ending => (isChange(kind) ? ['503 unavailable', 1] : well(kind, 2));

const FAULTS: readonly Fault[] = [
  { name: 'a broken connection', answer: (response) => response.destroy(), once: passing },
  { name: 'HTTP 503', answer: { status: 503, text: '<p>busy</p>' }, once: passing },
  {
    name: 'a web page',
    answer: { text: '<html>\n<p>hello</p>' },
    once: () => ['502 unreadable-reply', 1],
  },
  {
    name: 'a session that has ended',
    answer: { status: 401, text: 'Status-Code: 2200\nStatus-Text: no session\n\n' },
    // What a logout wants has come to pass.
    once: (kind) => well(kind, kind === 'logout' ? 1 : 2),
  },
  {
    name: 'a refusal',
    answer: { text: `Status-Code: 2400\nError: no ${API_KEY} ${AUTH_SID}\n\n` },
    once: () => ['422 refused', 1],
  },
  { name: 'no answer', answer: () => {}, once: () => ['504 timeout', 1] },
];

/** The answer of a function whose request meets a fault at the first time, and how often it is sent. */
async function meet(action: Action, { answer, name }: Fault): Promise<Ending> {
  const good = LISTS.test(action.name) ? EMPTY : GOOD;
  const again = name === 'a session that has ended' ? [loginAnswer()] : [];
  const registrar = await stubRegistrar(loginAnswer(), answer, ...again, good);
  const session = openSession(registrar.endpoint);
  // So that a logout has something to end.
  await session.account(farAway());
  const event = toEvent(asking(action, definitionOf(action).example().input));
  const deadline = deadlineAtWill();
  const options = { session: () => session, newDeadline: () => deadline };
  const answering = invoke(action, event, options);
  if (name === 'no answer') {
    await until(() => registrar.requests.length > 1);
    deadline.pass();
  }
  const { statusCode, body } = await answering;
  const problem = statusCode < 300 ? '' : ` ${JSON.parse(body).type.split(':').at(-1)}`;
  const sent = registrar.requests.filter(({ path }) => path !== '/request/login').length;
  expect(body + log.text()).not.toContain(API_KEY);
  expect(body + log.text()).not.toContain(AUTH_SID);
  return [`${statusCode}${problem}`, sent];
}

const OTHERS = ONE_REQUEST_NAMES.filter((name) => name !== 'login');

test.each(OTHERS)('%s meets all of them as its kind does', async (name) => {
  const action = await actionOf(name);
  const kind = kindOf(action);
  const met = await Promise.all(
    FAULTS.map(async (fault) => [fault.name, await meet(action, fault)] as const),
  );
  const expected = FAULTS.map((fault) => [fault.name, fault.once(kind)]);
  expect(Object.fromEntries(met)).toEqual(Object.fromEntries(expected));
});
