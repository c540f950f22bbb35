import { expect } from '@jest/globals';
import { SIMULATED_API_KEY } from '../../../infra/local/registrar/credentials.ts';
import { readEndpoint } from '../../../shared/dmapi/endpoint.ts';
import type { Reconcile } from '../../../shared/reconciler/reconcile.ts';
import type { Summary } from '../../../shared/reconciler/summary.ts';
import type { Session } from '../../../shared/session/session.ts';
import { openSession } from '../http/serving.ts';
import { createGate, deadlineWhen, type Gate } from './gate.ts';
import { closeRigs, DAY_MS, inTime, MINUTE_MS, type Rig, startRig } from './reconciling.ts';
import {
  type Command,
  PLAIN_RUN,
  type RunCommand,
  type Schedule,
  type Setting,
  type Trouble,
} from './schedule.ts';
import { sessionWithRows } from './sessions.ts';
import { createWitness, type Witness } from './witness.ts';
import { createWorld, isSettled, statusOf, type World } from './world.ts';

/** What a schedule is played with. */
interface Play {
  readonly rig: Rig;
  readonly world: World;
  readonly witness: Witness;
  readonly setting: Setting;
  readonly environments: Environment[];
}

/** An execution environment: what it remembers outlives a run, its gate does not. */
interface Environment {
  readonly reconcile: Reconcile;
  gate: Gate;
}

const HOUR_MS = 60 * MINUTE_MS;
const OPEN_GATE = createGate({ arrive: () => {}, breaks: () => undefined, refuses: () => false });

/** Plays a schedule, then lets things come to rest, and has the witness judge all along. */
export async function play({ setting, before, commands }: Schedule): Promise<void> {
  const { publishHistory, ...dialect } = setting;
  const rig = await startRig({ maxAttempts: 1, randomSeed: 1, publishHistory, dialect });
  try {
    const world = createWorld(rig);
    const isAlone = !commands.some(overlaps);
    const isCalm = isAlone && !commands.some(isTroubled);
    const witness = createWitness({ rig, world, setting, isCalm, isAlone });
    const playing: Play = { rig, world, witness, setting, environments: [] };
    for (const planting of before) world.mutate(planting);
    for (const command of commands) await carryOut(playing, command);
    await comeToRest(playing);
  } finally {
    await closeRigs();
  }
}

async function carryOut(play: Play, command: Command): Promise<void> {
  switch (command.kind) {
    case 'run':
      return void (await run(play, command));
    case 'pass':
      play.rig.clock.nowMs += command.ms;
      return;
    case 'together':
      return void (await Promise.all(command.runs.map((each) => run(play, each))));
    default:
      return play.world.mutate(command);
  }
}

async function run(play: Play, command: RunCommand): Promise<Summary> {
  const { rig, world, witness } = play;
  rig.clock.nowMs += command.afterMs;
  const environment = environmentOf(play, command.environment);
  const disarm = arm(rig, command.troubles);
  let underWay: Promise<unknown> = Promise.resolve();
  environment.gate = createGate({
    arrive(step) {
      for (const { at, mutation } of command.meanwhile) if (at === step) world.mutate(mutation);
      if (command.pause?.at !== step) return;
      underWay = carryOutAll(play, command.pause.commands);
      return underWay.then(() => {});
    },
    breaks: (step) => breakAt(command.troubles, step),
    refuses: ({ detail }) => command.troubles.some((trouble) => refuses(trouble, detail.id)),
  });
  const { gate } = environment;
  const usedUpAt = timeUsedUpAt(command.troubles);
  const since = witness.begins();
  const wasAlone = world.runsUnderWay === 0 && command.pause === null;
  world.runsUnderWay++;
  try {
    const summary = await environment.reconcile({
      ...inTime(`run-${since}`),
      deadline: deadlineWhen(() => gate.steps >= usedUpAt),
    });
    await underWay;
    disarm();
    const isComplete = summary.outcome === 'completed';
    await witness.ended({ since, isComplete, isAlone: wasAlone && world.runsUnderWay === 1 });
    return summary;
  } finally {
    world.runsUnderWay--;
    disarm();
  }
}

async function carryOutAll(play: Play, commands: readonly Command[]) {
  for (const command of commands) await carryOut(play, command);
}

/** A run in an environment that has one under way already is one of a new environment. */
function environmentOf(play: Play, number: number): Environment {
  const { environments } = play;
  if (number > 1 || play.world.runsUnderWay > 0) return createEnvironment(play);
  environments[number] ??= createEnvironment(play);
  return environments[number];
}

function createEnvironment({ rig, world, setting }: Play): Environment {
  const environment = { gate: OPEN_GATE };
  const read = async () => ({ apiKey: SIMULATED_API_KEY });
  const plain = openSession(readEndpoint(rig.registrar.url), read);
  const session = withManners(sessionWithRows(plain, world.show), setting);
  const reconcile = rig.environment({
    session: {
      ...session,
      send: (request, deadline) => environment.gate.session(session).send(request, deadline),
    },
    openTable: (account, deadline) => environment.gate.table(rig.openTable(account, deadline)),
    publish: (events, deadline) => environment.gate.publish(rig.publish)(events, deadline),
  });
  return Object.assign(environment, { reconcile });
}

/** What other registrars may do with a request for a list. */
function withManners(session: Session, { mostRows, filters }: Setting): Session {
  return {
    ...session,
    send(request, deadline) {
      const { status, ...others } = request.params;
      const limit = String(Math.min(mostRows, Number(request.params.limit)));
      const params = { ...others, limit, ...(filters && status && { status }) };
      return session.send({ ...request, params }, deadline);
    },
  };
}

/** Arms what goes wrong elsewhere than at the gate. @returns how to disarm it */
function arm({ registrar, dynamoDb, eventBridge }: Rig, troubles: readonly Trouble[]): () => void {
  const services = { dynamoDb, eventBridge };
  for (const trouble of troubles) {
    if (trouble.kind === 'registrar') {
      registrar.faults.arm({ ...trouble.fault, skip: trouble.skip, times: 1 });
    }
    if (trouble.kind !== 'aws') continue;
    const { at, broken } = trouble;
    const service = services[trouble.service];
    let calls = 0;
    if (broken === 'throttled') service.fail(broken);
    else service.intercept(() => (++calls === at ? broken : undefined));
  }
  return () => {
    registrar.faults.clear();
    for (const service of [dynamoDb, eventBridge]) {
      service.fail(undefined);
      service.intercept(undefined);
    }
  };
}

function breakAt(troubles: readonly Trouble[], step: number): 'before' | 'after' | undefined {
  for (const trouble of troubles) {
    if (trouble.kind !== 'step') continue;
    if (step >= trouble.at && step < trouble.at + trouble.times) return trouble.broken;
  }
  return undefined;
}

/** One of so many is not accepted, told by its id. */
function refuses(trouble: Trouble, id: string): boolean {
  return trouble.kind === 'entries' && Number.parseInt(id.slice(0, 8), 16) % trouble.share === 0;
}

function timeUsedUpAt(troubles: readonly Trouble[]): number {
  const [trouble] = troubles.filter(({ kind }) => kind === 'timeUsedUp');
  return trouble?.kind === 'timeUsedUp' ? trouble.at : Number.POSITIVE_INFINITY;
}

/** Runs without trouble and without changes, for days, until there is nothing left to do. */
async function comeToRest(play: Play) {
  const { rig, world, witness } = play;
  world.mutate({ kind: 'focus' });
  for (const waitMs of [MINUTE_MS, 25 * HOUR_MS, 25 * HOUR_MS]) {
    rig.clock.nowMs += waitMs;
    await runUntilComplete(play);
  }
  expect(rig.clock.nowMs).toBeLessThan(Date.parse('2026-11-01') + 40 * DAY_MS);
  const open = [...world.known.values()].filter((result) => !isSettled(statusOf(result)));
  expect(await run(play, PLAIN_RUN)).toMatchObject({
    outcome: 'completed',
    eventsPublished: 0,
    stillPending: open.length,
    sweepOffset: null,
    oldestUnpublishedSeconds: 0,
  });
  await witness.concludes();
}

async function runUntilComplete(play: Play) {
  const summaries: Summary[] = [];
  for (let n = 0; n < 4; n++) {
    const summary = await run(play, PLAIN_RUN);
    if (summary.outcome === 'completed') return;
    summaries.push(summary);
  }
  throw new Error(`The runs do not complete: ${JSON.stringify(summaries)}`);
}

/** Whether runs are under way at the same time. */
function overlaps(command: Command): boolean {
  return command.kind === 'together' || (command.kind === 'run' && command.pause !== null);
}

function isTroubled(command: Command): boolean {
  return command.kind === 'run' && command.troubles.length > 0;
}
