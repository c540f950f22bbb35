import type { Deadline } from '../../../shared/dmapi/deadline.ts';
import { problemHeaders, toProblem } from '../../../shared/http/problem.ts';
import type { Session, SessionRequest } from '../../../shared/session/session.ts';
import type { PatchInput } from '../../../shared/zones/patch.ts';
import type { Written } from '../../../shared/zones/write-zone.ts';
import type { Zones } from '../../../shared/zones/zones.ts';
import { createStage, type Stage } from '../orders/stage.ts';
import type { PlaceOptions, ZoneRig } from './zoning.ts';

/** What a caller is told. */
export interface Told {
  readonly status: number;
  readonly problem: string | undefined;
  readonly retryAfterSeconds: number;
  readonly written: Written | undefined;
  /** On the clock of the stage. */
  readonly askedAtMs: number;
  readonly toldAtMs: number;
}

/** Writers of zones on one clock, each in an execution environment of its own. */
export interface Playing {
  readonly stage: Stage;
  /** Calls in a new environment, which has 25 seconds. */
  ask(call: (zones: Zones, deadline: Deadline) => Promise<Written>, how?: How): Promise<Told>;
  /** Adds a TXT. */
  add(domain: string, name: string, record: string, how?: How): Promise<Told>;
  patch(domain: string, input: PatchInput, how?: How): Promise<Told>;
}

export interface How extends Partial<Pick<PlaceOptions, 'session' | 'openTable' | 'newClaim'>> {
  /** How long each request to the registrar takes. @default 0 */
  readonly latencyMs?: number;
  /** @default 25 s */
  readonly budgetMs?: number;
}

export const START_MS = Date.parse('2026-11-27T12:00:00Z');
const BUDGET_MS = 25_000;

export function startPlaying(rig: ZoneRig, startMs = START_MS): Playing {
  const stage = createStage(startMs);

  const ask: Playing['ask'] = async (
    call,
    { latencyMs = 0, budgetMs = BUDGET_MS, ...how } = {},
  ) => {
    const askedAtMs = stage.now();
    const session = slow(how.session ?? rig.elsewhere, stage, latencyMs);
    const { zones } = rig.place({ ...how, now: stage.now, pause: stage.sleep, session });
    const outcome = await outcomeOf(call(zones, deadlineAt(stage, askedAtMs + budgetMs)));
    return { ...outcome, askedAtMs, toldAtMs: stage.now() };
  };
  const patch: Playing['patch'] = (domain, input, how) =>
    ask((zones, deadline) => zones.patch({ domain, deadline }, input), how);

  return {
    stage,
    ask,
    patch,
    add: (domain, name, record, how) =>
      patch(domain, { add: [{ name, type: 'TXT', record }] }, how),
  };
}

/** The request once what is waited for before it is sent has been: for what sends it when it likes. */
export async function readyToSend({
  beforeSending,
  ...request
}: SessionRequest): Promise<SessionRequest> {
  await beforeSending?.();
  return request;
}

async function outcomeOf(writing: Promise<Written>) {
  try {
    return { status: 200, problem: undefined, retryAfterSeconds: 0, written: await writing };
  } catch (error) {
    const problem = toProblem(error, 'test');
    const retryAfterSeconds = Number(problemHeaders(problem, error)['retry-after'] ?? 0);
    const name = problem.type.replace('urn:dmapi:problem:', '');
    return { status: problem.status, problem: name, retryAfterSeconds, written: undefined };
  }
}

function deadlineAt(stage: Stage, atMs: number): Deadline {
  const { signal } = new AbortController();
  return { signal, remainingMs: () => Math.max(0, atMs - stage.now()) };
}

function slow(session: Session, stage: Stage, latencyMs: number): Session {
  if (latencyMs === 0) return session;
  return {
    ...session,
    async send(request, deadline) {
      await stage.sleep(latencyMs);
      return await session.send(request, deadline);
    },
    async account(deadline) {
      await stage.sleep(latencyMs);
      return await session.account(deadline);
    },
  };
}
