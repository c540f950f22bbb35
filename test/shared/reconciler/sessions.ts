import { SIMULATED_API_KEY } from '../../../infra/local/registrar/credentials.ts';
import type { Deadline } from '../../../shared/dmapi/deadline.ts';
import { readEndpoint } from '../../../shared/dmapi/endpoint.ts';
import type { Session, SessionRequest } from '../../../shared/session/session.ts';
import { openSession } from '../http/serving.ts';
import type { Rig } from './reconciling.ts';

/** A session with the rig's registrar, as each execution environment has one. */
export function sessionWith({ registrar }: Rig, apiKey = SIMULATED_API_KEY): Session {
  return openSession(readEndpoint(registrar.url), async () => ({ apiKey }));
}

/** A session whose requests are looked at first, counted from 1: they may wait, fail or change. */
export function sessionThrough(
  rig: Rig,
  gate: (request: SessionRequest, nth: number) => SessionRequest | Promise<SessionRequest>,
): Session {
  const session = sessionWith(rig);
  let count = 0;
  return {
    ...session,
    send: async (request, deadline) => session.send(await gate(request, ++count), deadline),
  };
}

/** The same request with these parameters, `undefined` for none. */
export function withParams(
  request: SessionRequest,
  changed: Readonly<Record<string, string | undefined>>,
): SessionRequest {
  const params = Object.entries({ ...request.params, ...changed });
  const sent = params.filter((param): param is [string, string] => param[1] !== undefined);
  return { ...request, params: Object.fromEntries(sent) };
}

/** A place where a run can be stopped and let go again. */
export interface Pause {
  /** Waits here: the run's side. */
  wait(): Promise<void>;
  /** Resolves once the run waits. */
  readonly reached: Promise<void>;
  resume(): void;
}

export function createPause(): Pause {
  let arrive: () => void = () => {};
  let resume: () => void = () => {};
  const reached = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const resumed = new Promise<void>((resolve) => {
    resume = resolve;
  });
  return {
    wait: () => {
      arrive();
      return resumed;
    },
    reached,
    resume,
  };
}

/** A deadline that passes once `isOver` says so, at the same step of a run each time. */
export function deadlineWhen(isOver: () => boolean): Deadline {
  return { signal: new AbortController().signal, remainingMs: () => (isOver() ? 0 : 60_000) };
}

/** A session in which the rows of every list are changed before they are read. */
export function sessionWithRows(
  session: Session,
  change: (rows: readonly string[], request: SessionRequest) => readonly string[],
): Session {
  return {
    ...session,
    async send(request, deadline) {
      const reply = await session.send(request, deadline);
      const rows = reply.body.split('\n').filter((row) => row !== '');
      return { ...reply, body: change(rows, request).join('\n') };
    },
  };
}
