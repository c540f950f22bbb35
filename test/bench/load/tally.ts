import { percentile, round } from '../statistics.ts';
import type { Row } from '../table.ts';
import type { Call, CallAnswer, LooseJson } from './calls.ts';

/** What came of the calls of one phase. */
export type Tally = ReturnType<typeof createTally>;

/** Counts answers, and how long they took. */
export function createTally() {
  const outcomes = new Map<string, number>();
  const durationsMs: number[] = [];
  let wrong = 0;
  let firstWrong: string | undefined;

  return {
    /** By route and status, or for problems by status and type. */
    outcomes: outcomes as ReadonlyMap<string, number>,
    note(call: Call, answer: CallAnswer, durationMs: number): void {
      durationsMs.push(durationMs);
      const outcome = describe(call, answer);
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      if (isRight(call, answer)) return;
      wrong++;
      firstWrong ??= `${call.method} ${call.path}: ${answer.status} ${JSON.stringify(answer.json)}`;
    },
    /** Answers that are not right for what was asked, or not of the contract. */
    wrong: () => wrong,
    firstWrong: () => firstWrong,
    calls: () => durationsMs.length,
    count: (outcome: string) => outcomes.get(outcome) ?? 0,
    figures: (seconds: number): Row => ({
      calls: durationsMs.length,
      'calls/s': Math.round(durationsMs.length / seconds),
      'p50 ms': round(percentile(durationsMs, 0.5), 1),
      'p99 ms': round(percentile(durationsMs, 0.99), 1),
      'max ms': Math.round(percentile(durationsMs, 1)),
    }),
  };
}

/** `login 200`, or for a problem its status and type: `503 unavailable`. */
function describe({ route }: Call, { status, json }: CallAnswer): string {
  if (status < 400) return `${route} ${status}`;
  return `${status} ${String(json?.type).replace('urn:dmapi:problem:', '')}`;
}

function isRight({ route, isRight: holds }: Call, { status, json }: CallAnswer): boolean {
  if (status !== (route === 'logout' ? 204 : 200)) return isProblem(status, json);
  try {
    return holds(json);
  } catch {
    return false;
  }
}

function isProblem(status: number, json: LooseJson): boolean {
  const isDocument = typeof json?.detail === 'string' && typeof json.requestId === 'string';
  return isDocument && json.status === status && /^urn:dmapi:problem:[a-z-]+$/.test(json.type);
}
