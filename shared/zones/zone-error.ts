import type { Diff } from './diff.ts';

export type ZoneProblem =
  | 'precondition-failed'
  | 'precondition-required'
  | 'zone-guard'
  | 'zone-differs'
  | 'unavailable'
  | 'unreadable-reply'
  | 'not-found';

interface Particulars {
  /** What a caller is told to wait before another try. */
  readonly retryAfterSeconds?: number;
  /** How the zone differs from what was written: what is there all the same, and what is missing. */
  readonly diff?: Diff;
}

/** A zone that is not written, or that has not become what was written. */
export class ZoneError extends Error {
  override readonly name = 'ZoneError';
  readonly problem: ZoneProblem;
  readonly particulars: Particulars;

  constructor(problem: ZoneProblem, message: string, particulars: Particulars = {}) {
    super(message);
    this.problem = problem;
    this.particulars = particulars;
  }
}
