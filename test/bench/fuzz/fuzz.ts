import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { API_KEY, AUTH_SID } from '../../shared/http/serving.ts';
import { keptOrThrow } from '../promises.ts';
import type { Row, Table } from '../table.ts';
import { type Assignment, KINDS, type Kind, type Played } from './kinds.ts';

/** Always as many, so that a seed means the same cases everywhere. */
const PROCESSES = 2;
/** How many of each kind a process plays. */
const COUNTS: Readonly<Record<Kind, number>> = {
  events: 25_000,
  replies: 25_000,
  httpEvents: 1000,
  rawReplies: 1500,
};

const CHILD = path.join(import.meta.dirname, 'process.ts');
/** What is kept of the log: of a secret that comes in two parts, and of what a crash says. */
const TAIL = 2000;
const SECRETS = [API_KEY, AUTH_SID];

/**
 * More than a hundred thousand API events and replies of the registrar that were made up, or
 * recorded and then changed, through the real handlers.
 *
 * @param seed repeats the cases of an earlier run
 * @throws Error when a handler throws or says 500, when an answer is not of the contract or holds a
 *   secret, when the registrar is sent what it should not be, or when no success is taken for one
 */
export async function benchFuzz(
  _bundles = '',
  seed = Date.now() % 1_000_000,
  counts = COUNTS,
): Promise<Table[]> {
  const ended = await Promise.all(
    Array.from({ length: PROCESSES }, (_, n) => play({ seed: seed * 1000 + n * 100, counts })),
  );
  const again = `Repeat it with benchFuzz('', ${seed}).`;
  const broken = ended.flatMap(({ played, leaked }) => [
    ...played.flatMap((one) =>
      one.broken.map((what) => `${KINDS[one.kind].what}: ${what}. ${again}`),
    ),
    ...(leaked ? [`A secret is in the log. ${again}`] : []),
  ]);
  const kinds = Object.keys(KINDS) as Kind[];
  const rows = kinds.map((kind) =>
    toRow(
      kind,
      ended.flatMap(({ played }) => played.filter((one) => one.kind === kind)),
    ),
  );
  return keptOrThrow([{ title: `Fuzzing, seed ${seed}`, rows }], broken);
}

/** Has a process play its cases, and reads its log. */
async function play(assignment: Assignment) {
  const child = fork(CHILD, {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let leaked = false;
  let tail = '';
  const read = (chunk: Buffer) => {
    const text = tail + chunk.toString();
    leaked ||= SECRETS.some((secret) => text.includes(secret));
    tail = text.slice(-TAIL);
  };
  child.stdout?.on('data', read);
  child.stderr?.on('data', read);
  const exited = once(child, 'close');
  let played: readonly Played[] | undefined;
  child.on('message', (message) => {
    played = message as readonly Played[];
  });
  child.send(assignment);
  const [code] = await exited;
  if (!played) throw new Error(`A process that plays cases has ended (${code}): ${tail}`);
  return { played, leaked };
}

function toRow(kind: Kind, played: readonly Played[]): Row {
  const sum = (of: (one: Played) => number) => played.reduce((total, one) => total + of(one), 0);
  const having = (holds: (status: number) => boolean) =>
    sum(({ statuses }) =>
      Object.entries(statuses)
        .filter(([status]) => holds(Number(status)))
        .reduce((total, [, count]) => total + count, 0),
    );
  const cases = sum((one) => one.cases);
  const ms = Math.max(...played.map((one) => one.ms));
  return {
    what: KINDS[kind].what,
    cases,
    refused: having((status) => status === 400),
    served: having((status) => status < 300),
    'failed as documented': having((status) => status > 400),
    'broken promises': sum((one) => one.broken.length),
    'cases/s': Math.round((cases * 1000) / ms),
    'slowest ms': Math.round(Math.max(...played.map((one) => one.slowestMs))),
  };
}
