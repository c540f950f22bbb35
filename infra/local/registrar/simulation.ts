import { randomInt } from 'node:crypto';
import { type AccountView, viewAccount } from './account/account-view.ts';
import { firstAccount } from './account/first-account.ts';
import { createLogin } from './account/login.ts';
import { createSessions, type Sessions } from './account/sessions.ts';
import { type Credential, SIMULATED_CREDENTIALS } from './credentials.ts';
import { DEFAULT_DIALECT, type Dialect } from './dialect.ts';
import { letTimePass } from './domains/let-time-pass.ts';
import { type Answering, type AnsweringOptions, createAnswering } from './http/answer.ts';
import { createDice, type Dice, rollHex } from './http/dice.ts';
import { createTrackingIds } from './http/tracking-id.ts';
import { serveRequests } from './request-table.ts';
import type { Result } from './result.ts';
import { type PlantedResult, plantResult } from './results/planted-result.ts';
import { createResults, type Results } from './results/results.ts';
import { type Keys, keysOf } from './rights/keys.ts';
import { type ZonesElsewhere, zonesElsewhere } from './zones/zones-elsewhere.ts';

/** How a registrar is set up, all but its socket. */
export interface SimulationOptions {
  /** The clock, epoch milliseconds. @default Date.now */
  readonly now?: () => number;
  /** Who may log in. @default a key, and a name with a password: see SIMULATED_CREDENTIALS */
  readonly credentials?: readonly Credential[];
  /** Seconds without a request after which a session ends. @default 3600 */
  readonly sessionTimeoutSeconds?: number;
  /** How long an asynchronous request is in progress, milliseconds. @default 3000 */
  readonly settleAfterMs?: number;
  /** What differs between the ages of the service. @default today's, see DEFAULT_DIALECT */
  readonly dialect?: Partial<Dialect>;
  /** Fixes ids and header orders, a 32-bit number. @default another at every start */
  readonly randomSeed?: number;
}

/** What the registrar keeps and does. */
export interface Simulation {
  readonly now: () => number;
  readonly dice: Dice;
  readonly results: Results;
  readonly sessions: Sessions;
  readonly answering: Answering;
  readonly addResult: (planted?: PlantedResult) => Result;
  readonly zonesElsewhere: ZonesElsewhere;
  readonly view: () => AccountView;
  readonly keys: () => Keys;
}

const FIRST_PROC_ID = 104_000_001;

/** Sets up what the registrar keeps and does, all but the socket. */
export function createSimulation(options: SimulationOptions): Simulation {
  const { now = Date.now, sessionTimeoutSeconds = 3600 } = options;
  const dice = createDice(options.randomSeed ?? randomInt(2 ** 32));
  const makeTrackingId = createTrackingIds(dice);
  const nextProcId = createProcIds();
  const results = createResults(now);
  const makeSid = () => rollHex(dice, 40);
  const sessions = createSessions({ now, makeSid, timeoutSeconds: sessionTimeoutSeconds });
  const makeSecret = () => rollHex(dice, 16);
  const account = firstAccount({ nowMs: now(), nextNumber: nextProcId, makeSecret });
  const catchUp = () => {
    results.settleDue();
    letTimePass(account, now());
  };
  const parts = { account, catchUp, results, sessions, makeTrackingId, dice };
  return {
    now,
    dice,
    results,
    sessions,
    answering: createAnsweringOf(options, { ...parts, startedAtMs: now() }),
    addResult: (planted = {}) => {
      const result = plantResult(planted, { now, makeTrackingId, nextProcId });
      results.add(result);
      return result;
    },
    zonesElsewhere: zonesElsewhere({ account, now, catchUp }),
    view: () => {
      catchUp();
      return viewAccount(account, now());
    },
    keys: () => keysOf(account),
  };
}

type Parts = Pick<
  AnsweringOptions,
  'account' | 'catchUp' | 'sessions' | 'makeTrackingId' | 'dice'
> & { readonly results: Results; readonly startedAtMs: number };

/** Builds the answering of those parts. */
function createAnsweringOf(options: SimulationOptions, parts: Parts): Answering {
  const {
    credentials = SIMULATED_CREDENTIALS,
    sessionTimeoutSeconds = 3600,
    settleAfterMs = 3000,
  } = options;
  const dialect = { ...DEFAULT_DIALECT, ...options.dialect };
  return createAnswering({
    ...parts,
    login: createLogin({ ...parts, credentials, sessionTimeoutSeconds }),
    served: serveRequests({ ...parts, dialect, settleAfterMs }),
    refusalHttpStatus: dialect.refusalHttpStatus,
  });
}

function createProcIds() {
  let next = FIRST_PROC_ID;
  return () => String(next++);
}
