import { keptOrThrow } from '../promises.ts';
import type { Row, Table } from '../table.ts';
import { type Call, createCaller, createCalls } from './calls.ts';
import { listMemory, type Sample } from './memory.ts';
import { PHASES, type Phase, type Trouble } from './phases.ts';
import { type LoadProcess, startLoadProcess } from './process.ts';
import type { Look } from './server.ts';
import { createTally, type Tally } from './tally.ts';

const SECONDS = 120;
const CONNECTIONS = 50;
const KEPT = 200;
/** Changes come in time and not in share, so that what is planted lasts. */
const CHANGES_PER_SECOND = 20;
const EXPLICIT_PER_SECOND = 2;
const SAMPLE_EVERY_MS = 2000;
const FUNCTIONS = 7;
/** How many sessions are dropped while a function leaves the table alone. */
const DROPS_IN_PAUSE = 5;
const AGAIN = 'Repeat it with `npm run bench load`.';

/**
 * Two minutes of calls over fifty connections against the local run, which has a process of its
 * own, while sessions are dropped, the registrar misbehaves and AWS throttles.
 *
 * @throws Error when an answer is wrong, or of a status that nothing has caused; when a change was
 *   sent twice; when there were more logins than sessions that ended; when the memory has grown
 */
export async function benchLoad(_bundles = '', seconds = SECONDS): Promise<Table[]> {
  const server = startLoadProcess();
  const broken: string[] = [];
  let tables: Table[];
  try {
    tables = await measure(server, seconds, broken);
  } finally {
    if (!(await server.end())) broken.push(`The local run did not end by itself. ${AGAIN}`);
  }
  return keptOrThrow(tables, broken);
}

async function measure(server: LoadProcess, seconds: number, broken: string[]): Promise<Table[]> {
  const total = PHASES.reduce((sum, phase) => sum + secondsOf(phase, seconds), 0);
  const deletable = CHANGES_PER_SECOND * (total + 10);
  const started = await server.start({ kept: KEPT, deletable });
  const caller = createCaller(started.url, CONNECTIONS);
  const calls = createCalls(started);
  const rows: Row[] = [];
  const samples: Sample[] = [];
  try {
    // Each function has a session before the first one is dropped.
    for (let n = 0; n < 50; n++) await caller.send(n === 0 ? calls.login : calls.read());
    const startedAtMs = Date.now();
    for (const phase of PHASES) {
      const before = await server.look();
      const { tally, trouble, durationSeconds } = await runPhase(phase, seconds, {
        server,
        send: caller.send,
        calls,
        sample: (look) => samples.push({ atMs: Date.now() - startedAtMs, phase, ...look }),
      });
      const after = await server.look();
      const logins = after.logins - before.logins;
      const alone = after.withoutTable - before.withoutTable;
      broken.push(...judge(phase, tally, trouble, { logins, alone }));
      rows.push(toRow(phase, tally, trouble, { logins, alone }, durationSeconds));
    }
    const { deletes } = await server.look();
    const { received, afterRefusal, twice } = deletes;
    if (twice.length > 0) {
      broken.push(`result-delete came twice to the registrar for ${twice.length} ids. ${AGAIN}`);
    }
    const title = `Load: ${CONNECTIONS} connections, ${Math.round(total)} seconds`;
    const changes = { received, 'after a refused session': afterRefusal, twice: twice.length };
    return [
      { title, rows },
      { title: 'Load: result-delete at the registrar', rows: [changes] },
      listMemory(samples, broken),
    ];
  } finally {
    caller.close();
  }
}

interface Tools {
  readonly server: LoadProcess;
  readonly send: ReturnType<typeof createCaller>['send'];
  readonly calls: ReturnType<typeof createCalls>;
  sample(look: Look): void;
}

async function runPhase(phase: Phase, seconds: number, { server, send, calls, sample }: Tools) {
  const tally = createTally();
  const startedAtMs = Date.now();
  let isOver = false;
  let changes = 0;
  let explicits = 0;

  function next(): Call {
    const passed = (Date.now() - startedAtMs) / 1000;
    if (changes < passed * CHANGES_PER_SECOND) {
      changes++;
      const change = calls.change();
      if (change) return change;
    }
    if (phase.explicit && explicits < passed * EXPLICIT_PER_SECOND) {
      return explicits++ % 2 === 0 ? calls.login : calls.logout;
    }
    return calls.read();
  }

  async function callOn(): Promise<void> {
    while (!isOver) {
      const call = next();
      const sentAtMs = performance.now();
      const answer = await send(call).catch((error) => ({ status: 0, json: String(error) }));
      tally.note(call, answer, performance.now() - sentAtMs);
    }
  }

  const sampling = setInterval(() => void server.look().then(sample), SAMPLE_EVERY_MS);
  const calling = Array.from({ length: CONNECTIONS }, callOn);
  try {
    const untilMs = startedAtMs + secondsOf(phase, seconds) * 1000;
    const trouble = await phase.trouble(server, untilMs);
    return { tally, trouble, durationSeconds: (Date.now() - startedAtMs) / 1000 };
  } finally {
    clearInterval(sampling);
    isOver = true;
    await Promise.all(calling);
  }
}

function secondsOf({ share, minSeconds }: Phase, seconds: number): number {
  return Math.max(minSeconds, share * seconds);
}

interface Sessions {
  readonly logins: number;
  /** How often a function has gone on without the table of sessions. */
  readonly alone: number;
}

function judge(phase: Phase, tally: Tally, trouble: Trouble, sessions: Sessions): string[] {
  const { unreadable, brokenReads, brokenChanges } = trouble;
  const expect = (name: string, found: number, [min, max]: readonly [number, number]) => {
    if (found >= min && found <= max) return [];
    const promised = min === max ? `${min}` : `${min} to ${max}`;
    return [`"${phase.what}": ${found} ${name} instead of ${promised}. ${AGAIN}`];
  };
  const good = [...tally.outcomes].filter(([outcome]) => / 20[04]$/.test(outcome));
  const wellAnswered = good.reduce((sum, [, count]) => sum + count, 0);
  const unavailable = tally.count('503 unavailable');
  const undocumented =
    tally.calls() - wellAnswered - tally.count('502 unreadable-reply') - unavailable;
  const all = [...tally.outcomes].map(([outcome, count]) => `${count} × ${outcome}`).join(', ');
  return [
    ...(tally.firstWrong() === undefined
      ? []
      : [`"${phase.what}": ${tally.wrong()} answers are wrong, one to ${tally.firstWrong()}`]),
    ...expect(`answers that nothing explains (${all})`, undocumented, [0, 0]),
    ...expect('answers 502', tally.count('502 unreadable-reply'), [unreadable, unreadable]),
    // A read is tried three times.
    ...expect('answers 503', unavailable, [
      brokenChanges,
      brokenChanges + Math.floor(brokenReads / 3),
    ]),
    ...expect('logins', sessions.logins, promisedLogins(tally, trouble, sessions)),
  ];
}

/** One for each session that was ended, in whatever way, and one for each that was asked for. */
function promisedLogins(tally: Tally, { drops, tableFailed }: Trouble, { alone }: Sessions) {
  const explicit = tally.count('login 200');
  const min = drops + explicit;
  if (tableFailed) return [min, (drops + 1) * FUNCTIONS] as const;
  // Those who have no session in common any more have it again after the first logout.
  const byLogout = explicit > 0 ? tally.count('logout 204') + FUNCTIONS : 0;
  return [min, min + byLogout + alone * DROPS_IN_PAUSE] as const;
}

function toRow(
  { what }: Phase,
  tally: Tally,
  trouble: Trouble,
  { logins, alone }: Sessions,
  durationSeconds: number,
): Row {
  const [min, max] = promisedLogins(tally, trouble, { logins, alone });
  return {
    what,
    ...tally.figures(durationSeconds),
    'HTTP 502': tally.count('502 unreadable-reply'),
    'HTTP 503': tally.count('503 unavailable'),
    wrong: tally.wrong(),
    drops: trouble.drops,
    logins,
    promised: min === max ? `${min}` : `${min} to ${max}`,
    'without table': alone,
  };
}
