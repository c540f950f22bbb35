import type { Fault } from '../../infra/local/registrar/faults.ts';
import {
  answered,
  COMPLETED,
  everywhere,
  failed,
  OK,
  ofKind,
  REFUSED,
  REJECTED,
  TIMEOUT,
  UNAVAILABLE,
  UNFINISHED,
  UNREADABLE,
} from './answers.ts';
import type { Expected, Row } from './matrix.ts';

/**
 * What a fault amounts to: nothing; something that passes, so that reads are tried again; the same
 * for longer than a call can wait; no DMAPI; no end in time; the refusal of a session.
 */
type Meaning = 'harmless' | 'passing' | 'lasting' | 'unreadable' | 'endless' | 'session refused';

interface RegistrarFault {
  readonly name: string;
  readonly fault: Fault;
  readonly means: Meaning;
  /** The `Retry-After` of the fault, in seconds. */
  readonly retryAfter?: number;
}

const FAULTS: readonly RegistrarFault[] = [
  { name: 'reset', fault: { kind: 'reset' }, means: 'passing' },
  { name: 'hang', fault: { kind: 'hang' }, means: 'endless' },
  { name: 'lost', fault: { kind: 'lost' }, means: 'endless' },
  {
    name: 'lost with its connection',
    fault: { kind: 'lost', connection: 'destroyed' },
    means: 'passing',
  },
  { name: 'drip', fault: { kind: 'drip', bytes: 200, intervalMs: 2 }, means: 'harmless' },
  { name: 'late', fault: { kind: 'late', afterMs: 20 }, means: 'harmless' },
  { name: 'slow drip', fault: { kind: 'drip', bytes: 1, intervalMs: 1000 }, means: 'endless' },
  { name: 'truncated', fault: { kind: 'truncated' }, means: 'passing' },
  { name: 'html', fault: { kind: 'html' }, means: 'unreadable' },
  { name: 'empty', fault: { kind: 'empty' }, means: 'unreadable' },
  { name: 'noStatus', fault: { kind: 'noStatus' }, means: 'unreadable' },
  { name: 'garbled', fault: { kind: 'garbled' }, means: 'unreadable' },
  { name: 'oversized', fault: { kind: 'oversized' }, means: 'unreadable' },
  { name: 'HTTP 403', fault: { kind: 'httpStatus', status: 403 }, means: 'unreadable' },
  { name: 'HTTP 408', fault: { kind: 'httpStatus', status: 408 }, means: 'passing' },
  { name: 'HTTP 500', fault: { kind: 'httpStatus', status: 500 }, means: 'passing' },
  { name: 'HTTP 502', fault: { kind: 'httpStatus', status: 502 }, means: 'passing' },
  { name: 'HTTP 503', fault: { kind: 'httpStatus', status: 503, body: 'plain' }, means: 'passing' },
  busyFor(1, 'passing'),
  busyFor(120, 'lasting'),
  { name: 'sessionLost', fault: { kind: 'sessionLost' }, means: 'session refused' },
];

function busyFor(retryAfter: number, means: Meaning): RegistrarFault {
  const fault: Fault = { kind: 'httpStatus', status: 429, retryAfter };
  return { name: `HTTP 429 for ${retryAfter} s`, fault, means, retryAfter };
}

type Times = 'once' | 'always';

/** An answer, and how often the request is sent. */
type Ending = readonly [answer: string, sent: number];

interface Rule {
  /** What changes nothing: it is tried up to three times. */
  readonly read: Ending;
  /** What changes something: it is sent once. */
  readonly change: Ending;
  readonly run: Expected;
}

const BROKEN = failed(/^The (connection to the registrar failed|registrar answered HTTP)/);
const NOT_DMAPI = failed(
  /^The (registrar's reply is not DMAPI: .* under HTTP \d{3}\.|reply is too large)/,
);
const NOT_IN_TIME = failed(/^The registrar did not answer in time\.$/);

const GOOD: Rule = { read: [OK, 1], change: [OK, 1], run: COMPLETED };
const BUSY: Rule = { read: [UNAVAILABLE, 1], change: [UNAVAILABLE, 1], run: BROKEN };
const NO_DMAPI: Rule = { read: [UNREADABLE, 1], change: [UNREADABLE, 1], run: NOT_DMAPI };
const NO_END: Rule = { read: [TIMEOUT, 1], change: [TIMEOUT, 1], run: UNFINISHED };

const RULES: Readonly<Record<Meaning, Readonly<Record<Times, Rule>>>> = {
  harmless: { once: GOOD, always: GOOD },
  passing: {
    once: { read: [OK, 2], change: [UNAVAILABLE, 1], run: COMPLETED },
    always: { read: [UNAVAILABLE, 3], change: [UNAVAILABLE, 1], run: BROKEN },
  },
  lasting: { once: BUSY, always: BUSY },
  unreadable: { once: NO_DMAPI, always: NO_DMAPI },
  endless: { once: NO_END, always: NO_END },
  'session refused': {
    once: { read: [OK, 2], change: [OK, 2], run: COMPLETED },
    always: {
      read: [REFUSED, 2],
      change: [REFUSED, 2],
      run: failed(/^The registrar refused a new session as well\.$/),
    },
  },
};

/** Every fault at the login, which all but the logout make, and which is a read for all. */
export const LOGIN_ROWS: readonly Row[] = rows('Registrar, at the login', (it, times) => ({
  name: `${it.name} at the login, ${times}`,
  strike: { at: 'login', fault: it.fault, ...aim(times) },
  isCold: true,
  expected: atLogin(it, times),
}));

/** Every fault at the request itself. A login has no other. */
export const REQUEST_ROWS: readonly Row[] = rows('Registrar, at the request', (it, times) => ({
  name: `${it.name} at the request, ${times}`,
  strike: { at: 'request', fault: it.fault, ...aim(times) },
  isCold: false,
  expected: atRequest(it, times),
}));

/** Some at the second and the third request of a run: at the list's head, and at one result. */
export const LATER_ROWS: readonly Row[] = [2, 3].flatMap((nth) =>
  rows(
    'Registrar, in the middle of a run',
    (it, times) => ({
      name: `${it.name} at request ${nth}, ${times}`,
      strike: { at: 'request', fault: it.fault, ...aim(times), skip: nth - 1 },
      isCold: false,
      isDeep: nth === 3,
      expected: { run: RULES[it.means][times].run },
    }),
    FAULTS.filter(isFirstOfItsMeaning),
  ),
);

function rows(
  group: string,
  make: (it: RegistrarFault, times: Times) => Omit<Row, 'group' | 'time'>,
  faults = FAULTS,
): Row[] {
  return faults.flatMap((it) => {
    const time = it.means === 'endless' ? 'short' : 'full';
    return (['once', 'always'] as const).map((times) => ({ group, ...make(it, times), time }));
  });
}

function isFirstOfItsMeaning({ means }: RegistrarFault, at: number): boolean {
  return FAULTS.findIndex((it) => it.means === means) === at;
}

function aim(times: Times) {
  return times === 'once' ? { times: 1 } : {};
}

function atLogin(it: RegistrarFault, times: Times): Row['expected'] {
  const { read, run } = RULES[it.means][times];
  if (it.means === 'session refused') {
    const rejected = answered(REJECTED, { sent: 1 });
    return loggingIn(rejected, failed(/^The registrar refused the login \(Status-Code 2200\)/));
  }
  return loggingIn(call(it, read), it.means === 'endless' ? NOT_IN_TIME : run);
}

function loggingIn(call: Expected, run: Expected): Row['expected'] {
  return { ...everywhere(call, run), logout: ofKind(answered(OK, { sent: 0 }), 'logout') };
}

function atRequest(it: RegistrarFault, times: Times): Row['expected'] {
  const { read, change, run } = RULES[it.means][times];
  const { login: _, ...expected } = everywhere(call(it, read), run);
  return {
    ...expected,
    change: ofKind(call(it, change), 'change'),
    queued: ofKind(call(it, change), 'queued'),
    // A session that is refused has ended, which is what was asked for.
    ...(it.means === 'session refused' && {
      logout: ofKind(answered(OK, { sent: 1 }), 'logout'),
    }),
  };
}

function call({ retryAfter }: RegistrarFault, [answer, sent]: Ending): Expected {
  const asked = retryAfter === undefined ? {} : { retryAfter: String(retryAfter) };
  return answered(answer, {
    ...(answer === UNAVAILABLE && asked),
    sent,
    waitsMs: (sent - 1) * 1000 * (retryAfter ?? 0),
  });
}
