import { expect } from '@jest/globals';
import {
  SIMULATED_API_KEY,
  SIMULATED_PASSWORD,
  SIMULATED_USERNAME,
} from '../../../infra/local/registrar/credentials.ts';
import { readEndpoint } from '../../../shared/dmapi/endpoint.ts';
import { AwsUnavailableError } from '../../../shared/failure.ts';
import type { Credentials } from '../../../shared/session/parse-credentials.ts';
import type { Session } from '../../../shared/session/session.ts';
import { farAway } from '../../time.ts';
import { openSession } from '../http/serving.ts';
import { createGate } from '../reconciler/gate.ts';
import { closeRigs } from '../reconciler/reconciling.ts';
import { type OrderRig, startOrderRig } from './ordering.ts';
import {
  type AttendCommand,
  type CallCommand,
  type Command,
  type Crash,
  KEYED,
  type Keyed,
  type Schedule,
  type Setting,
} from './schedule.ts';
import { createTruth, type Truth } from './truth.ts';
import { createWitness, nameOf, type Witness } from './witness.ts';

/** What a schedule is played with. */
interface Play {
  readonly rig: OrderRig;
  readonly truth: Truth;
  readonly witness: Witness;
  readonly setting: Setting;
  session: Session;
  rotated: boolean;
  readonly used: Set<Keyed>;
  /** Whose keys may belong to another request. */
  readonly strayed: Set<Keyed>;
}

const KEY: Credentials = { apiKey: SIMULATED_API_KEY };
const NAME: Credentials = { username: SIMULATED_USERNAME, password: SIMULATED_PASSWORD };
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Plays a schedule, then lets things come to rest, and has the witness judge all along. */
export async function play({ setting, commands }: Schedule): Promise<void> {
  const { settleAfterMs, ...dialect } = setting;
  const rig = await startOrderRig({ settleAfterMs, dialect });
  try {
    const truth = createTruth(rig);
    const witness = createWitness(truth, setting);
    const session = sessionWith(rig, KEY);
    const playing: Play = {
      rig,
      truth,
      witness,
      setting,
      session,
      rotated: false,
      used: new Set(),
      strayed: new Set(),
    };
    for (const command of commands) await carryOut(playing, command);
    await comeToRest(playing);
  } finally {
    await closeRigs();
  }
}

function sessionWith({ registrar }: OrderRig, credentials: Credentials): Session {
  return openSession(readEndpoint(registrar.url), async () => credentials);
}

async function carryOut(play: Play, command: Command): Promise<void> {
  const { rig } = play;
  switch (command.kind) {
    case 'call':
      await call(play, command);
      break;
    case 'attend':
      await attend(play, command);
      break;
    case 'together':
      await Promise.all(command.commands.map((each) => carryOut(play, each)));
      break;
    case 'pass':
      rig.clock.nowMs += command.ms;
      break;
    case 'elsewhere':
      await orderElsewhere(play, KEYED[command.keyed] as Keyed);
      break;
    case 'dropSessions':
      rig.registrar.dropSessions();
      break;
    case 'rotate':
      play.rotated = !play.rotated;
      play.session = sessionWith(rig, play.rotated ? NAME : KEY);
  }
  play.witness.looks();
}

async function call(play: Play, command: CallCommand): Promise<void> {
  const { rig, truth, witness, session } = play;
  const keyed = KEYED[command.keyed] as Keyed;
  const { key, action, input } = keyed;
  const allowDuplicate = input.allowDuplicate === true;
  const watched = truth.watch(session, { by: nameOf(keyed), allowDuplicate });
  let underWay: Promise<unknown> = Promise.resolve();
  const { gate, end } = gateOf(play, command.crash, (step) => {
    if (command.pause?.at !== step) return;
    underWay = carryOutAll(play, command.pause.commands);
    return underWay.then(() => {});
  });
  const place = rig.place({
    session: gate.session(watched),
    openTable: (account, deadline) => gate.table(rig.openOrders(account, deadline)),
  });
  const strayed = command.strays ? { ...input, clTrId: 'another' } : input;
  const answer = await place.call(action, strayed, { key });
  end();
  await underWay;
  (command.strays ? play.strayed : play.used).add(keyed);
  // Whoever calls a function that has died hears nothing of it.
  if (command.crash?.kind !== 'dies') await witness.hears(keyed, command.strays, answer);
}

async function attend(play: Play, { reconciles, crash }: AttendCommand): Promise<void> {
  const { rig, session } = play;
  if (reconciles) await rig.run();
  const { gate, end } = gateOf(play, crash, () => {});
  const options = {
    session: gate.session(session),
    openTable: (...args: Parameters<OrderRig['openOrders']>) => gate.table(rig.openOrders(...args)),
  };
  // A call at the same time can have the table throttled.
  await rig.attend(options).catch((error: Error) => {
    if (crash === null && !(error instanceof AwsUnavailableError)) throw error;
  });
  end();
}

/** The gate of one call, at which it breaks. */
function gateOf(
  { rig }: Play,
  crash: Crash | null,
  arrive: (step: number) => Promise<void> | void,
) {
  if (crash?.kind === 'throttled') rig.dynamoDb.fail('throttled');
  const gate = createGate({
    arrive,
    breaks: (step) => (crash === null || crash.kind === 'throttled' ? undefined : at(crash, step)),
    refuses: () => false,
  });
  return { gate, end: () => rig.dynamoDb.fail(undefined) };
}

function at({ kind, at }: Exclude<Crash, { kind: 'throttled' }>, step: number) {
  if (step === at) return kind === 'fails' ? 'before' : 'after';
  return kind === 'dies' && step > at ? 'before' : undefined;
}

async function carryOutAll(play: Play, commands: readonly Command[]) {
  for (const command of commands) await carryOut(play, command);
}

/**
 * Whose order it is its clTrId tells. Where none is listed the only new row of a type passes for that
 * of the order that is looked for: then nobody else orders here.
 */
async function orderElsewhere(play: Play, { action, input }: Keyed): Promise<void> {
  const { rig, truth, setting } = play;
  if (!setting.listsClTrId) return;
  const session = truth.watch(rig.elsewhere, { by: 'elsewhere', allowDuplicate: true });
  const { domain } = input;
  const params = { ...WIRE[action], domain, cltrid: 'elsewhere' };
  const request = { name: action, access: 'cost', params } as const;
  await session.send(request, farAway()).catch(() => {});
}

const WIRE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'domain-register': { period: '12', 'owner-c': 'CCOM-1000007' },
  'domain-renew': { period: '12' },
  'domain-privacy-order': { privacy: 'basic' },
  'domain-transfer-in-reseller': { 'transfer-auth-id': 'code', 'owner-c': 'CCOM-1000007' },
  'domain-lock': {},
};

/** Lets all settle and time pass, and asks for every order once more. */
async function comeToRest(play: Play): Promise<void> {
  const { rig, witness } = play;
  rig.registrar.dropSessions();
  for (const minutes of [1, 12, 2, 240, 2, 420]) {
    rig.clock.nowMs += minutes * MINUTE_MS;
    if (minutes > 100) await rig.run();
    await rig.attend();
  }
  for (const keyed of play.used) {
    if (play.strayed.has(keyed)) continue;
    const { key, action, input } = keyed;
    const place = rig.place({ session: play.truth.watch(play.session, who(keyed)) });
    await witness.concludes(keyed, () => place.call(action, input, { key }));
    witness.looks();
    rig.clock.nowMs += 7 * HOUR_MS;
  }
  const kinds = new Map([...play.used].map((it) => [`${it.action} ${it.input.domain}`, it]));
  for (const { action, input } of kinds.values()) {
    const { problem } = await rig.call(action, input, { key: 'another' });
    expect([action, problem]).not.toEqual([action, 'duplicate-order']);
    expect([action, problem]).not.toEqual([action, 'order-unknown']);
  }
}

function who(keyed: Keyed) {
  return { by: nameOf(keyed), allowDuplicate: keyed.input.allowDuplicate === true };
}
