import { setTimeout as sleep } from 'node:timers/promises';
import type { AwsFault } from '../../../infra/local/aws/service.ts';
import { keptOrThrow } from '../promises.ts';
import type { Row, Table } from '../table.ts';
import { type Fleet, type FleetEnvironment, RECONCILER, startFleet } from './fleet.ts';

/** Fifty that share the session; whoever logs in or out explicitly has rows of their own. */
const SHARING = {
  'query-profile': 12,
  'result-list': 12,
  'result-retrieve': 12,
  'result-delete': 8,
  [RECONCILER]: 6,
};
const EXPLICIT = { login: 2, logout: 2 };
const CALLS_EACH = 20;
/** Longer than shared/shared-sessions.ts leaves a table alone that has failed. */
const TABLE_PAUSE_MS = 11_000;

/** A row that proves nothing, because the machine was too busy, is measured again. */
const TRIES = 5;
/** Log lines of threads come a little later than their answers. */
const LOGGED_MS = 200;

interface Part {
  readonly what: string;
  readonly callers: readonly FleetEnvironment[];
  /** How many there may be. */
  readonly logins: readonly [min: number, max: number];
  /** What happens before. */
  readonly prepare?: () => unknown;
  /** Whether the table is made to fail: else an environment that does without it was too slow. */
  readonly withoutTable?: boolean;
}

/**
 * One login for all: execution environments of all functions, each a thread with the real bundle,
 * around one secret and one table of sessions. They all begin to call at once, and the registrar
 * counts the logins.
 *
 * @throws Error when a call fails or a row has another number of logins than promised
 */
export async function benchOneLogin(): Promise<Table[]> {
  const rows: Row[] = [];
  const broken: string[] = [];
  const fleet = await startFleet({ ...SHARING, ...EXPLICIT });
  try {
    const events = writeEvents(fleet);
    for (const part of [...listSound(fleet), ...listFaults(fleet)]) {
      for (let left = TRIES - 1; left >= 0; left--) {
        await part.prepare?.();
        const row = await measure(fleet, part, events, broken);
        const isProof = part.withoutTable || row['without table'] === 0;
        if (isProof || left === 0) rows.push(row);
        if (isProof) break;
        if (left === 0) broken.push(`"${part.what}": the machine is too busy to tell. ${AGAIN}`);
        await sleep(TABLE_PAUSE_MS);
      }
    }
  } finally {
    await fleet.close();
  }
  return keptOrThrow([{ title: 'One login for all execution environments', rows }], broken);
}

const AGAIN = 'Repeat it with `npm run bench one-login`.';

async function measure(
  { registrar, withoutTable }: Fleet,
  part: Part,
  events: Events,
  broken: string[],
): Promise<Row> {
  const { what, callers } = part;
  const before = { logins: registrar.logins, withoutTable: withoutTable() };
  const { calls, failures, ms } = await callAll(callers, events);
  await sleep(LOGGED_MS);
  const logins = registrar.logins - before.logins;
  const alone = withoutTable() - before.withoutTable;
  if (failures.length > 0) {
    broken.push(`"${what}": ${failures.length} calls failed, one by ${failures[0]}. ${AGAIN}`);
  }
  const [min, most] = part.logins;
  const max = alone > 0 && !part.withoutTable ? most + callers.length : most;
  if (logins < min || logins > max) {
    const promised = min === max ? `${min}` : `${min} to ${max}`;
    broken.push(`"${what}": there were ${logins} logins instead of ${promised}. ${AGAIN}`);
  }
  const figures = { environments: callers.length, calls, failed: failures.length, logins };
  return { what, ...figures, 'without table': alone, ms };
}

function listSound({ registrar, environments }: Fleet): Part[] {
  const sharing = environments.filter(({ action }) => action in SHARING);
  const loggingIn = environments.filter(({ action }) => action === 'login');
  const loggingOut = environments.filter(({ action }) => action === 'logout');
  const logOut = () => Promise.all(loggingOut.map(({ call }) => call({})));
  const drop = () => registrar.dropSessions();
  const explicit = loggingIn.length * CALLS_EACH;
  let isFirst = true;
  const haveNone = async () => {
    if (!isFirst) await logOut();
    if (!isFirst) drop();
    isFirst = false;
  };
  return [
    { what: 'no session yet', callers: sharing, logins: [1, 1], prepare: haveNone },
    { what: 'once more', callers: sharing, logins: [0, 0] },
    { what: 'all sessions dropped', callers: sharing, logins: [1, 1], prepare: drop },
    { what: 'logout', callers: loggingOut, logins: [0, 0] },
    { what: 'after a logout', callers: sharing, logins: [1, 1], prepare: logOut },
    {
      what: 'explicit logins beside the others',
      callers: [...loggingIn, ...sharing],
      logins: [explicit, explicit],
    },
  ];
}

/** The ledger is in the same service as the table of sessions: without it no run can succeed. */
function listFaults({ registrar, dynamoDb, environments }: Fleet): Part[] {
  const sharing = environments.filter(({ action }) => action in SHARING);
  const callers = sharing.filter(({ action }) => action !== RECONCILER);
  const faults: readonly AwsFault[] = ['refused', 'hanging'];
  const recover = async () => {
    dynamoDb.fail(undefined);
    await sleep(TABLE_PAUSE_MS);
    registrar.dropSessions();
  };
  const failing = faults.map(
    (fault): Part => ({
      what: `all sessions dropped, table ${fault}`,
      callers,
      logins: [1, callers.length],
      withoutTable: true,
      async prepare() {
        await recover();
        dynamoDb.fail(fault);
      },
    }),
  );
  const back: Part = {
    what: 'all sessions dropped, table back',
    callers: sharing,
    logins: [1, 1],
    prepare: recover,
  };
  return [...failing, back];
}

type Events = Readonly<Record<string, (n: number) => unknown>>;

/** For each action an event that succeeds however often it is sent. */
function writeEvents({ registrar }: Fleet): Events {
  const kept = registrar.addResult();
  const deleted = registrar.addResult();
  return {
    'query-profile': () => ({}),
    'result-list': (n) => ({ queryStringParameters: { limit: String(n + 1) } }),
    'result-retrieve': () => ({ queryStringParameters: { svTrId: kept.svTrId } }),
    'result-delete': () => ({ body: JSON.stringify({ procId: deleted.procId }) }),
    [RECONCILER]: () => ({}),
    login: () => ({}),
    logout: () => ({}),
  };
}

/** As API Gateway would hand it over; the reconciler does not mind. */
function toApiEvent(fields: unknown): object {
  return { requestContext: {}, ...Object(fields) };
}

/** All begin at once, and each makes one call after the other, as Lambda has it. */
async function callAll(callers: readonly FleetEnvironment[], events: Events) {
  const failures: string[] = [];
  const startedAtMs = performance.now();
  const callInTurn = async ({ action, call }: FleetEnvironment) => {
    for (let n = 0; n < CALLS_EACH; n++) {
      const result: unknown = await call(toApiEvent(events[action]?.(n))).catch((error) => error);
      if (!isSuccess(Object(result))) failures.push(`${action}: ${write(result)}`);
    }
  };
  await Promise.all(callers.map(callInTurn));
  const ms = Math.round(performance.now() - startedAtMs);
  return { calls: callers.length * CALLS_EACH, failures, ms };
}

/** Of the runs of the reconciler that are started together, all but one find it busy. */
function isSuccess(result: { readonly statusCode?: number; readonly outcome?: string }): boolean {
  const { statusCode, outcome } = result;
  return statusCode === 200 || statusCode === 204 || outcome === 'completed' || outcome === 'busy';
}

function write(result: unknown): string {
  return result instanceof Error ? result.message : JSON.stringify(result);
}
