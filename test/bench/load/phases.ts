import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault, FaultScope } from '../../../infra/local/registrar/faults.ts';
import type { LoadProcess } from './process.ts';

/** What goes on around the calls for a while, and what may come of it. */
export interface Phase {
  readonly what: string;
  /** Of the whole duration. */
  readonly share: number;
  readonly minSeconds: number;
  /** Whether logins and logouts are among the calls. */
  readonly explicit: boolean;
  /** Makes the trouble until the time has come; then it has to be over. */
  trouble(server: LoadProcess, untilMs: number): Promise<Trouble>;
}

/** What was done to the bundle. */
export interface Trouble {
  /** How often all sessions were ended. */
  readonly drops: number;
  /** Replies that were spoilt so that they cannot be read: none of them is asked for again. */
  readonly unreadable: number;
  /** Replies to a read that failed so that it is asked for again, twice at most. */
  readonly brokenReads: number;
  /** Replies to a change that failed so that nobody knows what came of it. */
  readonly brokenChanges: number;
  /** Whether functions could not share their sessions. */
  readonly tableFailed: boolean;
}

/** Seldom enough that no call meets two, however slow the machine is. */
const DROP_EVERY_MS = 5000;
const FAULT_EVERY_MS = 250;
const AWS_FAULT_MS = 1500;
/** For whatever is armed to strike, and for the calls that it has met to end. */
const ENDING_MS = 2500;
/** How long a function leaves a table alone that has failed, and a little. */
const TABLE_PAUSE_SECONDS = 12;

const NONE: Trouble = {
  drops: 0,
  unreadable: 0,
  brokenReads: 0,
  brokenChanges: 0,
  tableFailed: false,
};

/** Only of requests that the reconciler does not make: what it meets, no caller would hear of. */
const READS = ['query-profile', 'result-retrieve'];
const CHANGE = 'result-delete';

/** Not `noStatus`: where the session has ended, its HTTP 401 still tells so. */
const UNREADABLE: readonly Fault[] = [{ kind: 'html' }, { kind: 'empty' }, { kind: 'garbled' }];
const BROKEN: readonly Fault[] = [
  { kind: 'reset' },
  { kind: 'truncated' },
  { kind: 'httpStatus', status: 503 },
  { kind: 'httpStatus', status: 429, retryAfter: 1 },
  { kind: 'httpStatus', status: 500, body: 'plain' },
];

/** The steady part comes last, and is half of it: what the memory does is judged by it. */
export const PHASES: readonly Phase[] = [
  {
    what: 'faults of the registrar, sessions dropped',
    share: 0.2,
    minSeconds: 8,
    explicit: false,
    trouble: spoilReplies,
  },
  {
    what: 'DynamoDB and Secrets Manager throttled, sessions dropped',
    share: 0.15,
    minSeconds: 8,
    explicit: false,
    trouble: throttle,
  },
  {
    what: 'logins and logouts',
    share: 0.15,
    minSeconds: TABLE_PAUSE_SECONDS,
    explicit: true,
    async trouble(_server, untilMs) {
      await sleep(Math.max(0, untilMs - Date.now()));
      return NONE;
    },
  },
  {
    what: 'sessions dropped',
    share: 0.5,
    minSeconds: 12,
    explicit: false,
    trouble: async (server, untilMs) => ({ ...NONE, drops: await drop(server, untilMs) }),
  },
];

async function drop(server: LoadProcess, untilMs: number): Promise<number> {
  let drops = 0;
  while (Date.now() < untilMs - ENDING_MS) {
    await server.drop();
    drops++;
    await sleep(DROP_EVERY_MS * (0.8 + 0.4 * Math.random()));
  }
  await sleep(Math.max(0, untilMs - Date.now()));
  return drops;
}

async function spoilReplies(server: LoadProcess, untilMs: number): Promise<Trouble> {
  const dropping = drop(server, untilMs);
  let unreadable = 0;
  let brokenReads = 0;
  let brokenChanges = 0;
  for (let n = 0; Date.now() < untilMs - ENDING_MS; n++) {
    const isChange = n % 3 === 0;
    const isUnreadable = n % 2 === 0;
    const request = isChange ? CHANGE : any(READS);
    const fault: Fault & FaultScope = { ...any(isUnreadable ? UNREADABLE : BROKEN), request };
    await server.arm({ ...fault, times: 1 });
    if (isUnreadable) unreadable++;
    else if (isChange) brokenChanges++;
    else brokenReads++;
    await sleep(FAULT_EVERY_MS);
  }
  return { ...NONE, drops: await dropping, unreadable, brokenReads, brokenChanges };
}

async function throttle(server: LoadProcess, untilMs: number): Promise<Trouble> {
  const dropping = drop(server, untilMs);
  while (Date.now() < untilMs - ENDING_MS - AWS_FAULT_MS) {
    for (const service of ['dynamoDb', 'secretsManager'] as const) {
      await server.failAws(service, 'throttled');
      await sleep(AWS_FAULT_MS / 2);
    }
    await server.failAws('dynamoDb', undefined);
    await server.failAws('secretsManager', undefined);
    await sleep(AWS_FAULT_MS);
  }
  return { ...NONE, drops: await dropping, tableFailed: true };
}

function any<T>(of: readonly T[]): T {
  return of[Math.floor(Math.random() * of.length)] as T;
}
