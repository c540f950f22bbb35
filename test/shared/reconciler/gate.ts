import type { Table } from '../../../shared/aws/table.ts';
import type { Deadline } from '../../../shared/dmapi/deadline.ts';
import { DmapiError } from '../../../shared/dmapi/error.ts';
import { AwsUnavailableError } from '../../../shared/failure.ts';
import type { Publish } from '../../../shared/reconciler/event-bus.ts';
import type { ResultEvent } from '../../../shared/reconciler/result-event.ts';
import type { Session } from '../../../shared/session/session.ts';

/** What a run does at its gate: a request, a call to the table, or publishing. Counted from 1. */
export interface Gate {
  readonly steps: number;
  session(session: Session): Session;
  table(table: Table): Table;
  publish(publish: Publish): Publish;
}

/** What happens to the calls of one run. */
export interface GateKeeper {
  /** Is told of each step, before it is carried out; the step waits. */
  readonly arrive: (step: number) => Promise<void> | void;
  /** Whether the call fails, without being carried out or after that. */
  readonly breaks: (step: number) => 'before' | 'after' | undefined;
  /** Whether an event is not accepted. */
  readonly refuses: (event: ResultEvent) => boolean;
}

/** Makes the gate that all calls of one run go through. */
export function createGate({ arrive, breaks, refuses }: GateKeeper): Gate {
  let steps = 0;

  async function pass<T>(call: () => Promise<T>, error: () => Error): Promise<T> {
    const step = ++steps;
    await arrive(step);
    const broken = breaks(step);
    if (broken === 'before') throw error();
    const answer = await call();
    if (broken === 'after') throw error();
    return answer;
  }

  const ask = <T>(call: () => Promise<T>) =>
    pass(call, () => new AwsUnavailableError('The call broke.'));

  function publishSome(publish: Publish): Publish {
    return async (events, deadline) => {
      const refused = events.filter(refuses);
      const accepted = events.filter((event) => !refused.includes(event));
      const failed = await ask(() => publish(accepted, deadline));
      return [...refused, ...failed];
    };
  }

  return {
    get steps() {
      return steps;
    },
    session: (session) => ({
      ...session,
      send: (request, deadline) =>
        pass(
          () => session.send(request, deadline),
          () => new DmapiError('unavailable', 'The request broke.'),
        ),
    }),
    table: (table) => ({
      get: (...args) => ask(() => table.get(...args)),
      getAll: (...args) => ask(() => table.getAll(...args)),
      query: (...args) => ask(() => table.query(...args)),
      put: (...args) => ask(() => table.put(...args)),
      update: (...args) => ask(() => table.update(...args)),
      delete: (...args) => ask(() => table.delete(...args)),
    }),
    publish: publishSome,
  };
}

/** A deadline that passes once `isOver` says so, so that a run ends at the same step each time. */
export function deadlineWhen(isOver: () => boolean): Deadline {
  return {
    signal: new AbortController().signal,
    remainingMs: () => (isOver() ? 0 : 60_000),
  };
}
