/** What a process is told: where its dice begin, and how many cases to play of each kind. */
export interface Assignment {
  readonly seed: number;
  readonly counts: Readonly<Record<Kind, number>>;
}

export type Kind = keyof typeof KINDS;

/** What came of the cases of one kind. */
export interface Played {
  readonly kind: Kind;
  cases: number;
  /** By the status that they came to. */
  readonly statuses: Record<number, number>;
  /** Each with the smallest case that was found, in words. */
  readonly broken: string[];
  slowestMs: number;
  ms: number;
}

/** In words, and how many are played at once: over sockets most of the time is waiting. */
export const KINDS = {
  events: { what: 'API events', lanes: 1 },
  replies: { what: 'replies of the registrar', lanes: 1 },
  httpEvents: { what: 'API events, over HTTP', lanes: 10 },
  rawReplies: { what: 'replies of the registrar, over broken HTTP', lanes: 50 },
} as const;
