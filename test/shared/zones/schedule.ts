import * as fc from 'fast-check';

/** What one writer does. Names and values are of a few, so that writers get in each other's way. */
export type Change =
  | { readonly kind: 'add' | 'set' | 'remove'; readonly name: string }
  /** Gets the zone, and after a while puts it without some of it and with a TXT more. */
  | {
      readonly kind: 'put';
      readonly name: string;
      readonly afterMs: number;
      readonly drops: number | null;
      readonly ifMatch: 'etag' | '*';
      readonly password: boolean;
      readonly dropsOther: boolean;
    }
  /** Writes a version back, counted from the newest. */
  | { readonly kind: 'restore'; readonly back: number };

/** How the calls of a writer break: see the crash points of orders. */
export interface Crash {
  readonly kind: 'fails' | 'answer lost' | 'dies';
  readonly at: number;
}

export interface WriteCommand {
  readonly kind: 'write';
  readonly atMs: number;
  readonly change: Change;
  readonly dryRun: boolean;
  /** How long each request to the registrar takes. */
  readonly latencyMs: number;
  readonly crash: Crash | null;
  /** Its zone is sent, arrives so much later, and is never answered. */
  readonly lateMs: number | null;
}

export type ElsewhereEdit = 'add' | 'remove' | 'back' | 'password';

/** What happens beside them. */
export type Event =
  /** Somebody else writes the zone: a line more, a TXT less, a zone of before, another password. */
  | { readonly kind: 'elsewhere'; readonly edit: ElsewhereEdit }
  | { readonly kind: 'router' | 'dropSessions' }
  /** So many reads lag behind, but for the next ones. */
  | {
      readonly kind: 'stale';
      readonly forMs: number;
      readonly times: number;
      readonly skip: number;
    };

export type Command = WriteCommand | (Event & { readonly atMs: number });

/** Once in so many. */
const rarely = <T>(arbitrary: fc.Arbitrary<T>, times: number) =>
  fc.oneof({ arbitrary: fc.constant(null), weight: times - 1 }, { arbitrary, weight: 1 });

const name = fc.constantFrom('a', 'b', 'c');
const atMs = fc.oneof(
  { arbitrary: fc.integer({ min: 0, max: 3000 }), weight: 3 },
  { arbitrary: fc.integer({ min: 0, max: 150_000 }), weight: 2 },
);

const change: fc.Arbitrary<Change> = fc.oneof(
  {
    arbitrary: fc.record({
      kind: fc.constantFrom('add' as const, 'add' as const, 'set' as const, 'remove' as const),
      name,
    }),
    weight: 6,
  },
  {
    arbitrary: fc.record({
      kind: fc.constant('put' as const),
      name,
      afterMs: fc.constantFrom(0, 0, 500, 5000),
      drops: fc.option(fc.nat(8)),
      ifMatch: fc.constantFrom('etag' as const, 'etag' as const, '*' as const),
      password: fc.boolean(),
      dropsOther: fc.constantFrom(false, false, true),
    }),
    weight: 3,
  },
  {
    arbitrary: fc.record({ kind: fc.constant('restore' as const), back: fc.nat(4) }),
    weight: 2,
  },
);

const crash = fc.record({
  kind: fc.constantFrom('fails' as const, 'answer lost' as const, 'dies' as const),
  at: fc.integer({ min: 1, max: 12 }),
});

const write: fc.Arbitrary<WriteCommand> = fc.record({
  kind: fc.constant('write' as const),
  atMs,
  change,
  dryRun: fc.constantFrom(false, false, false, false, false, true),
  latencyMs: fc.constantFrom(0, 10, 100, 700, 1500),
  crash: rarely(crash, 4),
  lateMs: rarely(fc.constantFrom(1000, 20_000, 30_000, 59_000), 16),
});

const event: fc.Arbitrary<Event> = fc.oneof(
  fc.record({
    kind: fc.constant('elsewhere' as const),
    edit: fc.constantFrom('add' as const, 'remove' as const, 'back' as const, 'password' as const),
  }),
  fc.record({
    kind: fc.constantFrom('router' as const, 'router' as const, 'dropSessions' as const),
  }),
  fc.record({
    kind: fc.constant('stale' as const),
    forMs: fc.constantFrom(500, 3000, 9000),
    times: fc.constantFrom(1, 1, 2, 5, 40),
    skip: fc.nat(12),
  }),
);

/** A random schedule, each of its commands at a moment of its own. */
export const schedule: fc.Arbitrary<readonly Command[]> = fc.array(
  fc.oneof(
    { arbitrary: write as fc.Arbitrary<Command>, weight: 3 },
    { arbitrary: fc.tuple(event, atMs).map(([one, ms]) => ({ ...one, atMs: ms })), weight: 1 },
  ),
  { minLength: 1, maxLength: 14 },
);
