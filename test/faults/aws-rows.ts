import type { AwsFault } from '../../infra/local/aws/service.ts';
import {
  answered,
  COMPLETED,
  DEFECT,
  everywhere,
  failed,
  INTERNAL,
  OK,
  TIMEOUT,
  UNAVAILABLE,
} from './answers.ts';
import type { Aim, AwsPlace, Entries, Expected, Row } from './matrix.ts';

/** How a service fails, in words. */
const WAYS = {
  throttled: 'throttled',
  refused: 'refused',
  broken: 'broken',
  hanging: 'hanging',
  after: 'answer lost',
} as const satisfies Record<AwsFault | 'after', string>;

type Way = keyof typeof WAYS;

const ALL = Object.keys(WAYS) as Way[];
/** What the SDK asks for again by itself. */
const PASSING = ['throttled', 'broken', 'after'] as const satisfies Way[];
const ONCE: Aim = { times: 1 };
const ALWAYS: Aim = {};

const GOOD = everywhere(answered(OK), COMPLETED);

/** Nobody logs in without the secret; the logout needs it for a session that another has opened. */
export const SECRET_ROWS: readonly Row[] = [
  ...PASSING.map((how) => secret(how, ONCE, GOOD)),
  ...PASSING.map((how) => secret(how, ALWAYS, noSecret(/^AWS Secrets Manager cannot serve now/))),
  ...[ONCE, ALWAYS].map((aim) => secret('refused', aim, everywhere(answered(INTERNAL), DEFECT))),
  ...[ONCE, ALWAYS].map((aim) => ({
    ...secret('hanging', aim, {
      ...everywhere(answered(TIMEOUT), failed(/^AWS Secrets Manager did not answer in time\.$/)),
    }),
    time: 'short' as const,
  })),
  // The SDK gives up a try after five seconds.
  inFull(secret('hanging', ONCE, GOOD)),
  inFull(secret('hanging', ALWAYS, noSecret(/^AWS Secrets Manager cannot serve now/))),
];

/** A logout has to look the session up. */
const NO_LOGOUT: Row['expected'] = { ...GOOD, logout: answered(UNAVAILABLE) };

/** What the table of sessions does not give or keep costs a login, and never another call. */
export const SESSION_ROWS: readonly Row[] = [
  ...ALL.map((how) => sessions(how, 'at every call', ALWAYS, NO_LOGOUT)),
  ...PASSING.map((how) => sessions(how, 'at the first call', ONCE, GOOD)),
  ...(['refused', 'hanging'] as const).map((how) =>
    sessions(how, 'at the first call', ONCE, NO_LOGOUT),
  ),
  ...ALL.map((how) => sessions(how, 'at the second call', { times: 1, skip: 1 }, GOOD)),
  ...ALL.map((how) =>
    sessions(how, 'at the third call', { times: 1, skip: 2 }, without('login', 'logout')),
  ),
];

/** The calls of a run to the ledger up to which it goes well: all are met, and in between some. */
const LEDGER_STEPS = [0, 1, 4, 9, 16];

export const LEDGER_ROWS: readonly Row[] = [
  ...PASSING.map((how) => ledger(how, ONCE, COMPLETED)),
  ...LEDGER_STEPS.flatMap((skip) => [
    ...PASSING.map((how) => ledger(how, { skip }, failed(/^Amazon DynamoDB cannot serve now/))),
    ledger('refused', { skip }, DEFECT),
    ledger('hanging', { skip }, failed(/^Amazon DynamoDB did not answer in time\.$/)),
  ]),
];

export const BUS_ROWS: readonly Row[] = [
  ...PASSING.map((how) => bus(how, ONCE, COMPLETED)),
  ...[0, 1, 2].flatMap((skip) => [
    ...PASSING.map((how) => bus(how, { skip }, failed(/^Amazon EventBridge cannot serve now/))),
    bus('refused', { skip }, DEFECT),
    bus('hanging', { skip }, failed(/^Amazon EventBridge did not answer in time\.$/)),
  ]),
  ...(['one', 'half', 'all'] as const).map((which) => entries(which, ONCE, COMPLETED)),
  entries('one', ALWAYS, failed(/^Amazon EventBridge did not accept all events\.$/)),
  // What is not accepted of others is looked up and told by itself, and then none is accepted.
  entries('half', ALWAYS, failed(/^Amazon EventBridge accepts no event now\.$/)),
  entries('all', ALWAYS, failed(/^Amazon EventBridge accepts no event now\.$/)),
];

function noSecret(reason: RegExp): Row['expected'] {
  return everywhere(answered(UNAVAILABLE), failed(reason));
}

function without(...columns: ('login' | 'logout')[]): Row['expected'] {
  return Object.fromEntries(
    Object.entries(GOOD).filter(([name]) => !columns.includes(name as 'login')),
  );
}

function secret(how: Way, aim: Aim, expected: Row['expected']): Row {
  return service('Secrets Manager', 'secretsManager', how, aim, expected);
}

function sessions(how: Way, when: string, aim: Aim, expected: Row['expected']): Row {
  const row = service('Table of sessions', 'sessions', how, aim, expected);
  return { ...row, name: `table of sessions ${WAYS[how]} ${when}` };
}

function ledger(how: Way, aim: Aim, run: Expected): Row {
  return ofRun(service('Ledger', 'ledger', how, aim, { run }));
}

function bus(how: Way, aim: Aim, run: Expected): Row {
  return { ...ofRun(service('Event bus', 'eventBridge', how, aim, { run })), isDeep: true };
}

function entries(which: Entries, aim: Aim, run: Expected): Row {
  return ofRun({
    group: 'Event bus',
    name: `Event bus not accepting ${which}, ${when(aim)}`,
    strike: { at: 'entries', which, ...aim },
    isCold: false,
    time: 'full',
    expected: { run },
  });
}

function service(group: string, at: AwsPlace, how: Way, aim: Aim, expected: Row['expected']): Row {
  return {
    group,
    name: `${group} ${WAYS[how]}, ${when(aim)}`,
    strike: { at, how, ...aim },
    isCold: true,
    time: 'full',
    expected,
  };
}

/** Within a run only what hangs uses up the time. */
function ofRun(row: Row): Row {
  const { strike } = row;
  const isHanging = 'how' in strike && strike.how === 'hanging';
  return { ...row, isCold: false, time: isHanging ? 'short' : row.time };
}

function inFull(row: Row): Row {
  return { ...row, name: `${row.name}, with all the time` };
}

function when({ times, skip = 0 }: Aim): string {
  if (times === 1) return 'once';
  return skip === 0 ? 'always' : `from call ${skip + 1} on`;
}
