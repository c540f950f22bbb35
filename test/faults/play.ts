import type { ResultEventDetail } from '../../shared/reconciler/result-event.ts';
import { type Answer, call, run, SV_TR_ID } from './calls.ts';
import type { Cell, Column, Row } from './matrix.ts';
import { plantChanges, plantHistory, plantLast, TRANSITIONS } from './results.ts';
import type { Secrets } from './secrets.ts';
import { type Struck, strike } from './strike.ts';
import { ample, LASTS_MS, type Times, timesOf } from './time-of-fault.ts';
import { KEY_PREFIX, openWorld, type World } from './world.ts';

/** What has become of one cell. */
export interface Played extends Answer {
  /** What time there was from the fault on. */
  readonly budgetMs: number;
  /** How many calls have come to the place of the fault. */
  readonly met: number;
  /** Whether the fault has met one of them. */
  readonly isMet: boolean;
  /** The answer to the same once the fault has ended. */
  readonly afterwards: string;
  /** How often a change was ordered in one call; what was refused with its session is no order. */
  readonly orders: number;
  /** Transitions that no event tells. */
  readonly lost: readonly string[];
  /** What is wrong with the events that there are. */
  readonly untrue: readonly string[];
  /** Whether a key or a session is in an answer or in an event. */
  readonly leaks: boolean;
}

/** Of what needs the machine and does not wait. */
const AT_WORK = 4;
/** After that any lease, refusal and pause is over. */
const LATER_MS = 61_000;
/** Two sessions of the registrar never look the same, and nothing else looks so. */
const SECRET = new RegExp(`${KEY_PREFIX}|[0-9a-f]{40}`);

/** Whether there is a key or a session in a text. */
export function holdsSecret(text: string): boolean {
  return SECRET.test(text);
}

/**
 * Plays a cell in a world of its own: something goes wrong, once or until it is ended, while a
 * function is called or the reconciler runs; then the same again when all is well.
 */
export async function play(cell: Cell, secrets: Secrets): Promise<Played> {
  const { row, column } = cell;
  const world = await atWork(() => openWorld(String(++worlds), secrets));
  try {
    const played =
      column.kind === 'run' ? await playRun(world, row) : await playCall(world, row, column);
    return { ...played, budgetMs: LASTS_MS[row.time] };
  } finally {
    await world.close();
  }
}

let worlds = 0;

/** Whether the fault has met what it was to meet; some functions do not come to its place. */
export function hasMet({ expected }: Cell, { isMet }: Pick<Played, 'isMet'>): boolean {
  return expected.sent === 0 || isMet;
}

async function playCall(world: World, row: Row, column: Column) {
  const { name, kind, request = name } = column;
  world.registrar.addResult({ svTrId: SV_TR_ID });
  const warm = world.environment();
  // What has a session to lose or to end is given one.
  if (!row.isCold || kind === 'logout') {
    await atWork(() => healthy(call(warm, 'query-profile', ample())));
  }
  const environment = row.isCold ? world.environment() : warm;
  const { second, ...first } = await inTwo(world, row, strike(world, row.strike, request), {
    first: (times) => call(environment, name, times),
    second: (times) => call(environment, name, times),
  });
  return {
    ...first,
    afterwards: second.answer,
    orders: kind === 'change' || kind === 'queued' ? ordersOf(world, row, request, first.met) : 0,
    lost: [],
    untrue: [],
    leaks: holdsSecret(first.text + second.text),
  };
}

/** All that were sent, late ones included, but for the one afterwards. */
function ordersOf({ registrar }: World, { strike }: Row, name: string, met: number): number {
  const { times, ...fault } = strike;
  const sids = registrar.requests
    .filter((request) => request.name === name)
    .map(({ params }) => params.get('auth-sid'));
  const isLost = 'fault' in fault && fault.fault.kind === 'sessionLost' && fault.at === 'request';
  const refused = new Set(isLost ? sids.slice(0, times ?? met) : []);
  return sids.filter((sid) => !refused.has(sid)).length - 1;
}

async function playRun(world: World, row: Row) {
  plantHistory(world, row.isDeep ? 'deep' : 'short');
  const warm = world.environment();
  await atWork(() => healthy(run(warm, 'run-1', ample())));
  world.clock.nowMs += LATER_MS;
  plantChanges(world);
  if (row.isCold) await atWork(() => healthy(call(warm, 'logout', ample())));
  const environment = row.isCold ? world.environment() : warm;
  const { second, ...first } = await inTwo(world, row, strike(world, row.strike, 'result-list'), {
    first: (times) => run(environment, 'run-2', times),
    async second(times) {
      plantLast(world);
      return await run(environment, 'run-3', times);
    },
  });
  const { delivered } = world.eventBridge;
  const details = delivered.map(({ detail }) => detail as unknown as ResultEventDetail);
  return {
    ...first,
    afterwards: second.answer,
    orders: 0,
    ...compare(details),
    leaks: holdsSecret(first.text + second.text + JSON.stringify(delivered)),
  };
}

/** The one while the fault lasts, the other a while after it. */
async function inTwo({ clock }: World, row: Row, struck: Struck, { first, second }: Parts) {
  const times = timesOf(row, struck);
  const answer = await first(times).finally(times.end);
  const [met, isMet] = [struck.met(), struck.isMet()];
  struck.end();
  clock.nowMs += LATER_MS;
  return { ...answer, met, isMet, second: await atWork(() => second(ample())) };
}

interface Parts {
  readonly first: (times: Times) => Promise<Answer>;
  readonly second: (times: Times) => Promise<Answer>;
}

/** A consumer drops repeats by their id: each transition must have one, and no two the same. */
function compare(details: readonly ResultEventDetail[]) {
  const idsByLine = new Map<string, Set<string>>();
  for (const { id, previousStatus, result } of details) {
    const line = `${result.svTrId} ${previousStatus} ${result.status}`;
    idsByLine.set(line, (idsByLine.get(line) ?? new Set()).add(id));
  }
  const ids = [...idsByLine.values()].flatMap((some) => [...some]);
  const untrue = [...idsByLine.keys()].filter((line) => !TRANSITIONS.includes(line));
  const isClear = ids.length === idsByLine.size && new Set(ids).size === ids.length;
  return {
    lost: TRANSITIONS.filter((line) => !idsByLine.has(line)),
    untrue: isClear ? untrue : [...untrue, 'ids that are not one for each transition'],
  };
}

/** @throws Error where something fails before anything has been told to */
async function healthy(answer: Promise<Answer>): Promise<void> {
  const { answer: told, text } = await answer;
  if (!/^(2\d\d|completed)$/.test(told)) throw new Error(`The world is not healthy: ${text}`);
}

const waiting: (() => void)[] = [];
let working = 0;

/** Does it when few others are at work, so that a busy machine fails none of what is healthy. */
async function atWork<T>(work: () => Promise<T>): Promise<T> {
  if (working >= AT_WORK) await new Promise<void>((resolve) => waiting.push(resolve));
  else working++;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else working--;
  }
}
