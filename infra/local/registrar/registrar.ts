import { randomInt } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { createLogin } from './account/login.ts';
import { createSessions } from './account/sessions.ts';
import { type Credential, SIMULATED_API_KEY } from './credentials.ts';
import { DEFAULT_DIALECT, type Dialect } from './dialect.ts';
import { createFaults, type FaultBox, type Faults } from './faults.ts';
import { type Answering, createAnswering } from './http/answer.ts';
import { createDice, type Dice, rollHex } from './http/dice.ts';
import { writeReply } from './http/http-reply.ts';
import { startHttpServer } from './http/http-server.ts';
import { createRequestLog } from './http/request-log.ts';
import { spoil } from './http/spoil.ts';
import { createTrackingIds } from './http/tracking-id.ts';
import { readRequest, type SentRequest } from './http-request.ts';
import { serveRequests } from './requests/requests.ts';
import { type Result, type SettledStatus, settleResult } from './result.ts';
import { type PlantedResult, plantResult } from './results/planted-result.ts';
import { createResults } from './results/results.ts';

/** How the simulated registrar is set up. */
export interface RegistrarOptions {
  /** The port on 127.0.0.1. @default 0, a free one */
  readonly port?: number;
  /** The clock, epoch milliseconds. @default Date.now */
  readonly now?: () => number;
  /** Who may log in. @default the key SIMULATED_API_KEY with full access */
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

/** A running simulated registrar. */
export interface SimulatedRegistrar {
  /** `http://127.0.0.1:<port>`; requests go to `<url>/request/<name>`. */
  readonly url: string;
  readonly faults: Faults;
  /** The last 10,000 requests that were read, oldest first, spoilt ones included. */
  readonly requests: readonly SentRequest[];
  /** How many of all requests were logins, refused ones included. */
  readonly logins: number;
  /** Puts a result in and gives it completed. */
  addResult(result?: PlantedResult): Readonly<Result>;
  /** Ends the progress of a result now. Throws when there is none of that id. */
  settle(svTrId: string, status: SettledStatus): void;
  /** Expires every session. */
  dropSessions(): void;
  /** Ends everything, also connections that wait for a reply. */
  close(): Promise<void>;
}

const FIRST_PROC_ID = 104_000_001;

/** Starts a simulated registrar. Each has its own account, results and sessions, in memory only. */
export async function startRegistrar(options: RegistrarOptions = {}): Promise<SimulatedRegistrar> {
  const { now, dice, results, sessions, answering, addResult } = createRegistrar(options);
  const faults = createFaults();
  const { requests, record, logins } = createRequestLog();
  const listener = serve({ now, dice, faults, record, answering });
  const { url, close } = await startHttpServer(listener, options.port ?? 0);
  return {
    url,
    faults,
    requests,
    get logins() {
      return logins();
    },
    addResult,
    settle: (svTrId, status) => {
      const result = results.find({ svTrId });
      if (!result) throw new Error(`No result has the SvTrId ${svTrId}`);
      settleResult(result, status);
    },
    dropSessions: () => sessions.endAll(),
    close,
  };
}

/** Sets up what the registrar keeps and does, all but the socket. */
function createRegistrar(options: RegistrarOptions) {
  const { now = Date.now, sessionTimeoutSeconds = 3600, settleAfterMs = 3000 } = options;
  const dice = createDice(options.randomSeed ?? randomInt(2 ** 32));
  const dialect = { ...DEFAULT_DIALECT, ...options.dialect };
  const makeTrackingId = createTrackingIds(dice);
  const nextProcId = createProcIds();
  const results = createResults(now);
  const makeSid = () => rollHex(dice, 40);
  const sessions = createSessions({ now, makeSid, timeoutSeconds: sessionTimeoutSeconds });
  const login = createLogin({
    credentials: options.credentials ?? [{ apiKey: SIMULATED_API_KEY }],
    sessions,
    sessionTimeoutSeconds,
    dice,
    startedAtMs: now(),
  });
  const served = serveRequests({ results, sessions, dialect, nextProcId, settleAfterMs });
  const { refusalHttpStatus } = dialect;
  const answering = createAnswering({
    login,
    served,
    sessions,
    makeTrackingId,
    refusalHttpStatus,
    dice,
  });
  const addResult = (planted: PlantedResult = {}) => {
    const result = plantResult(planted, { now, makeTrackingId, nextProcId });
    results.add(result);
    return result;
  };
  return { now, dice, results, sessions, answering, addResult };
}

interface Serving {
  readonly now: () => number;
  readonly dice: Dice;
  readonly faults: FaultBox;
  readonly record: (request: SentRequest) => void;
  readonly answering: Answering;
}

/** A request whose sender gave up before it was read in full is no request. */
function serve({ now, dice, faults, record, answering }: Serving): RequestListener {
  return async (message, response) => {
    const request = await readRequest(message, now).catch(() => undefined);
    if (!request) return;
    if ('turnedAway' in request) return writeReply(response, request.turnedAway);
    record(request);
    const answer = () => answering.answer(request);
    const loseSession = () => answering.loseSession(request);
    const fault = faults.take(request.name);
    if (fault) spoil(fault, { response, answer, loseSession, dice });
    else writeReply(response, answer());
  };
}

function createProcIds() {
  let next = FIRST_PROC_ID;
  return () => String(next++);
}
