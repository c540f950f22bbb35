import type { RequestListener } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { AccountView } from './account/account-view.ts';
import { createFaults, type FaultBox, type Faults } from './faults.ts';
import type { Answering } from './http/answer.ts';
import type { Dice } from './http/dice.ts';
import { writeReply } from './http/http-reply.ts';
import { startHttpServer } from './http/http-server.ts';
import { createRequestLog } from './http/request-log.ts';
import { type ShownRequest, showRequest } from './http/shown-request.ts';
import { spoil } from './http/spoil.ts';
import { readRequest, type SentRequest } from './http-request.ts';
import type { Lag } from './requests/request.ts';
import type { Result, SettledStatus } from './result.ts';
import type { PlantedResult } from './results/planted-result.ts';
import { settleResult } from './results/settle-result.ts';
import type { Keys } from './rights/keys.ts';
import { createSimulation, type SimulationOptions } from './simulation.ts';
import type { ZonesElsewhere } from './zones/zones-elsewhere.ts';

/** How the simulated registrar is set up. */
export interface RegistrarOptions extends SimulationOptions {
  /** The port on 127.0.0.1. @default 0, a free one */
  readonly port?: number;
  /** How long each request takes before anything is done about it, real milliseconds. @default 0 */
  readonly latencyMs?: number;
}

/** A running simulated registrar. */
export interface SimulatedRegistrar extends ZonesElsewhere {
  /** `http://127.0.0.1:<port>`; requests go to `<url>/request/<name>`. */
  readonly url: string;
  readonly faults: Faults;
  /** The last 10,000 requests that were read, oldest first, spoilt ones included. */
  readonly requests: readonly SentRequest[];
  /** The same for people to look at: secrets blanked. */
  readonly shownRequests: readonly ShownRequest[];
  /** The account as it is now. */
  readonly account: AccountView;
  /** What was sent by mail; never to be shown. */
  readonly keys: Keys;
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

/** Starts a simulated registrar. Each has its own account, results and sessions, in memory only. */
export async function startRegistrar(options: RegistrarOptions = {}): Promise<SimulatedRegistrar> {
  const simulation = createSimulation(options);
  const { now, dice, results, sessions, answering, addResult } = simulation;
  const faults = createFaults();
  const { requests, record, logins } = createRequestLog();
  const { latencyMs = 0 } = options;
  const listener = serve({ now, dice, faults, record, answering, latencyMs });
  const { url, close } = await startHttpServer(listener, options.port ?? 0);
  return {
    url,
    faults,
    requests,
    get shownRequests() {
      return requests.map(showRequest);
    },
    get account() {
      return simulation.view();
    },
    get keys() {
      return simulation.keys();
    },
    get logins() {
      return logins();
    },
    ...simulation.zonesElsewhere,
    addResult,
    settle: (svTrId, status) => {
      const result = results.find({ svTrId });
      if (!result) throw new Error(`No result has the SvTrId ${svTrId}`);
      settleResult(result, status, now());
    },
    dropSessions: () => sessions.endAll(),
    close,
  };
}

interface Serving {
  readonly now: () => number;
  readonly dice: Dice;
  readonly faults: FaultBox;
  readonly record: (request: SentRequest) => void;
  readonly answering: Answering;
  readonly latencyMs: number;
}

/** A request whose sender gave up before it was read in full is no request. */
function serve({ now, dice, faults, record, answering, latencyMs }: Serving): RequestListener {
  return async (message, response) => {
    const request = await readRequest(message, now).catch(() => undefined);
    if (!request) return;
    if ('turnedAway' in request) return writeReply(response, request.turnedAway);
    record(request);
    const fault = faults.take(request.name);
    if (latencyMs > 0) await delay(latencyMs, undefined, { ref: false });
    // Whatever it was late with happens when it happens.
    const answer = (lag?: Lag) => answering.answer({ ...request, atMs: now() }, lag);
    const loseSession = () => answering.loseSession(request);
    if (fault) return await spoil(fault, { response, answer, loseSession, dice });
    const reply = answer();
    if (!response.destroyed) writeReply(response, reply);
  };
}
