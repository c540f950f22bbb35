import type { Outcome } from './outcome.ts';

/** A request that has been let in: its session is live and its key may send it. */
export interface Admitted {
  /** Parameters by lower-case name. */
  readonly params: ReadonlyMap<string, string>;
  readonly sid: string;
  /** The Tracking-Id of this very request. */
  readonly trackingId: string;
  readonly atMs: number;
}

/** Carries one kind of request out. */
export type Handle = (request: Admitted) => Outcome;
