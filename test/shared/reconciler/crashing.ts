import { DmapiError } from '../../../shared/dmapi/error.ts';
import type { Session } from '../../../shared/session/session.ts';
import type { Rig } from './reconciling.ts';

/**
 * How a run breaks at one of its calls: the call fails; or it is carried out and its answer lost; or
 * it is carried out and the run is dead, so that nothing it does afterwards has any effect.
 */
export type Crash = 'fails' | 'answer lost' | 'dies';

/** Counts the calls of runs to all three services, and breaks one of them. */
export interface Crashing {
  /** Arms it: the call of that number, from 1, is the one. */
  arm(call: number, crash: Crash): void;
  /** Ends it. @returns how many calls were counted since it was armed */
  disarm(): number;
  /** A session whose requests are counted. */
  watch(session: Session): Session;
}

export function createCrashing({ dynamoDb, eventBridge }: Rig): Crashing {
  let count = 0;
  let at = 0;
  let crash: Crash = 'fails';

  function next(): 'before' | 'after' | undefined {
    count++;
    if (count === at) return crash === 'fails' ? 'before' : 'after';
    return crash === 'dies' && at > 0 && count > at ? 'before' : undefined;
  }

  async function watched<T>(request: () => Promise<T>): Promise<T> {
    const broken = next();
    if (broken === 'before') throw unavailable();
    const reply = await request();
    if (broken === 'after') throw unavailable();
    return reply;
  }

  dynamoDb.intercept(next);
  eventBridge.intercept(next);
  return {
    arm(call, kind) {
      count = 0;
      at = call;
      crash = kind;
    },
    disarm() {
      at = 0;
      return count;
    },
    watch: (session) => ({
      ...session,
      send: (request, deadline) => watched(() => session.send(request, deadline)),
    }),
  };
}

function unavailable(): DmapiError {
  return new DmapiError('unavailable', 'The connection broke.');
}
