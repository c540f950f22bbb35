import type { EntryJudge } from '../../infra/local/aws/event-bridge.ts';
import type { Intercept } from '../../infra/local/aws/service.ts';
import { LEDGER, SESSIONS } from '../tables.ts';
import type { Aim, AwsPlace, Entries, Strike } from './matrix.ts';
import type { World } from './world.ts';

/** A fault under way. */
export interface Struck {
  /** How many calls have come to its place, whether it met them or not. */
  met(): number;
  /** Whether it has met one of them. */
  isMet(): boolean;
  end(): void;
}

/** Has a fault strike. @param request the request of the function: the place `request` */
export function strike(world: World, fault: Strike, request: string): Struck {
  if (fault.at === 'entries') return strikeEntries(world, fault);
  if ('how' in fault) return strikeService(world, fault);
  const { registrar } = world;
  const name = fault.at === 'login' ? 'login' : request;
  const { times = Number.POSITIVE_INFINITY, skip = 0 } = fault;
  const before = registrar.requests.length;
  const end = registrar.faults.arm({ ...fault.fault, request: name, times, skip });
  const met = () => registrar.requests.slice(before).filter((it) => it.name === name).length;
  return { met, isMet: () => met() > skip, end };
}

function strikeService(world: World, { at, how, ...aim }: Extract<Strike, { at: AwsPlace }>) {
  const { meets, ...counted } = count(aim);
  const isThere = (body: string) => !(at in TABLES) || body.includes(TABLES[at as 'ledger']);
  const hook: Intercept = (_, body) => (isThere(body) && meets() ? how : undefined);
  const intercept = placeOf(world, at);
  intercept(hook);
  return { ...counted, end: () => intercept(undefined) };
}

/** By these words in a call the tables are told from each other. */
const TABLES = {
  sessions: JSON.stringify(SESSIONS.TableName),
  ledger: JSON.stringify(LEDGER.TableName),
};

function placeOf({ secrets, secretId, dynamoDb, eventBridge }: World, at: AwsPlace) {
  if (at === 'secretsManager') return (hook?: Intercept) => secrets.intercept(secretId, hook);
  return at === 'eventBridge' ? eventBridge.intercept : dynamoDb.intercept;
}

const ENTRIES: Readonly<Record<Entries, RegExp>> = { one: /^n.*2$/, half: /[02468]$/, all: /./ };

/** Entries are counted each for itself: sent again, it is the second time. */
function strikeEntries(
  { eventBridge }: World,
  { which, times = Number.POSITIVE_INFINITY }: Extract<Strike, { at: 'entries' }>,
): Struck {
  const tries = new Map<string, number>();
  const judge: EntryJudge = ({ Detail = '{}' }) => {
    const { svTrId } = JSON.parse(Detail).result;
    const nth = (tries.get(svTrId) ?? 0) + 1;
    tries.set(svTrId, nth);
    return ENTRIES[which].test(svTrId) && nth <= times ? 'InternalFailure' : undefined;
  };
  eventBridge.failEntries(judge);
  return {
    met: () => tries.size,
    isMet: () => tries.size > 0,
    end: () => eventBridge.failEntries(undefined),
  };
}

function count({ times = Number.POSITIVE_INFINITY, skip = 0 }: Aim) {
  let met = 0;
  return {
    met: () => met,
    isMet: () => met > skip,
    /** Whether it meets the call that has just come. */
    meets() {
      met++;
      return met > skip && met <= skip + times;
    },
  };
}
