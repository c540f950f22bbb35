import * as fc from 'fast-check';
import type { Fault as AnyFault, FaultScope } from '../../../infra/local/registrar/faults.ts';

/** A random schedule: an account and its registrar, and what happens then, one thing after another. */
export interface Schedule {
  readonly setting: Setting;
  /** What the registrar lists before the first run. */
  readonly before: readonly Planting[];
  readonly commands: readonly Command[];
}

type Fault = AnyFault & FaultScope;

/** What the registrar is like, and how the reconciler is set up. */
export interface Setting {
  readonly order: 'newest-first' | 'oldest-first';
  readonly timestamps: 'iso' | 'compact';
  readonly pendingWord: '?' | 'pending';
  readonly separator: 'space' | 'tab';
  readonly columns: boolean;
  /** The registrar lists no more rows than this at once. */
  readonly mostRows: number;
  /** Whether it lists only those in progress where only they are asked for. */
  readonly filters: boolean;
  readonly publishHistory: boolean;
}

export type Status = 'ack' | 'nack' | '?' | 'processing';

/** Where in the list: above all others, within the first rows of it, or far down. */
export type Place =
  | { readonly kind: 'head'; readonly stepMs: number }
  | { readonly kind: 'near'; readonly depth: number }
  | { readonly kind: 'deep'; readonly days: number };

export interface Planting {
  readonly kind: 'plant';
  readonly count: number;
  readonly statuses: readonly Status[];
  readonly place: Place;
  readonly deleted: boolean;
  /** Whether all of them have the svTrId of the first. */
  readonly shared: boolean;
}

/** What happens at the registrar. `pick` is taken modulo what there is to choose from. */
export type Mutation =
  | Planting
  | { readonly kind: 'settle'; readonly pick: number; readonly to: 'ack' | 'nack' }
  | { readonly kind: 'settleMany'; readonly every: number; readonly to: 'ack' | 'nack' }
  /** What had settled settles the other way. */
  | { readonly kind: 'flip'; readonly pick: number }
  /** What had settled is listed in progress for a while, or so no longer. */
  | { readonly kind: 'blur'; readonly pick: number }
  /** One is not listed for a while, or as a row that nobody can read. */
  | { readonly kind: 'hide'; readonly pick: number; readonly how: 'vanish' | 'garble' }
  /** All that is blurred or hidden is shown again as it is. */
  | { readonly kind: 'focus' }
  | { readonly kind: 'remove'; readonly pick: number }
  | { readonly kind: 'dropSessions' };

/** What goes wrong in a run. A step is one of its calls, to whatever service. */
export type Trouble =
  | {
      readonly kind: 'step';
      readonly at: number;
      readonly times: number;
      readonly broken: 'before' | 'after';
    }
  | { readonly kind: 'timeUsedUp'; readonly at: number }
  | { readonly kind: 'entries'; readonly share: number }
  | { readonly kind: 'registrar'; readonly fault: Fault; readonly skip: number }
  | {
      readonly kind: 'aws';
      readonly service: 'dynamoDb' | 'eventBridge';
      readonly at: number;
      readonly broken: 'before' | 'after' | 'throttled';
    };

export interface RunCommand {
  readonly kind: 'run';
  /** Which execution environment; 2 is always a new one. */
  readonly environment: number;
  /** The time that passes before it. */
  readonly afterMs: number;
  readonly troubles: readonly Trouble[];
  /** What happens while it is under way. */
  readonly meanwhile: readonly { readonly at: number; readonly mutation: Mutation }[];
  /** Waits at this step, while other things happen. */
  readonly pause: Pause | null;
}

/** A run of the first environment, in which nothing goes wrong. */
export const PLAIN_RUN: RunCommand = {
  kind: 'run',
  environment: 0,
  afterMs: 60_000,
  troubles: [],
  meanwhile: [],
  pause: null,
};

export interface Pause {
  readonly at: number;
  readonly commands: readonly Command[];
}

export type Command =
  | Mutation
  | RunCommand
  | { readonly kind: 'pass'; readonly ms: number }
  /** Two at the same time. */
  | { readonly kind: 'together'; readonly runs: readonly [RunCommand, RunCommand] };

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const setting: fc.Arbitrary<Setting> = fc.record({
  order: often('newest-first', 'oldest-first'),
  timestamps: often('iso', 'compact'),
  pendingWord: often('?', 'pending'),
  separator: often('space', 'tab'),
  columns: often(false, true),
  mostRows: fc.constantFrom(100_000, 100_000, 120, 80),
  filters: often(true, false),
  publishHistory: often(false, true),
});

const step = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 12 }) },
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 60 }) },
  { weight: 1, arbitrary: fc.integer({ min: 60, max: 200 }) },
);
const pick = fc.nat({ max: 10_000 });
const settled = fc.constantFrom('ack' as const, 'nack' as const);
const status = fc.constantFrom<Status>('ack', 'ack', 'nack', '?', '?', 'processing');

const place: fc.Arbitrary<Place> = fc.oneof(
  { weight: 6, arbitrary: head() },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('near' as const), depth: fc.nat(60) }) },
  { weight: 2, arbitrary: deep() },
);

function head() {
  return fc.record({ kind: fc.constant('head' as const), stepMs: fc.constantFrom(1, 0, 1000) });
}

function deep() {
  return fc.record({ kind: fc.constant('deep' as const), days: fc.integer({ min: 1, max: 40 }) });
}

function plantingOf(count: fc.Arbitrary<number>, where: fc.Arbitrary<Place>) {
  return fc.record({
    kind: fc.constant('plant' as const),
    count,
    statuses: fc.array(status, { minLength: 1, maxLength: 3 }),
    place: where,
    deleted: often(false, true),
    shared: often(false, true),
  });
}

const planting = plantingOf(
  fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: 1, max: 6 }) },
    { weight: 1, arbitrary: fc.integer({ min: 20, max: 60 }) },
    { weight: 1, arbitrary: fc.integer({ min: 101, max: 160 }) },
  ),
  place,
);

const firstPlanting = plantingOf(
  fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min: 0, max: 8 }) },
    { weight: 4, arbitrary: fc.integer({ min: 30, max: 80 }) },
    { weight: 1, arbitrary: fc.integer({ min: 100, max: 200 }) },
  ),
  fc.oneof(head(), deep()),
);

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  { weight: 6, arbitrary: planting },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('settle' as const), pick, to: settled }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('settleMany' as const),
      every: fc.integer({ min: 1, max: 3 }),
      to: settled,
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('flip' as const), pick }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('blur' as const), pick }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('hide' as const),
      pick,
      how: fc.constantFrom('vanish' as const, 'garble' as const),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'focus' as const }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('remove' as const), pick }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'dropSessions' as const }) },
);

/**
 * The time until the client tries again is real: those that make it try again are rare. A login
 * that is refused is not tried again at all for a while.
 */
const registrarFault: fc.Arbitrary<Fault> = fc.oneof(
  {
    weight: 20,
    arbitrary: fc.constantFrom<Fault>(
      { kind: 'sessionLost', request: 'result-list' },
      { kind: 'html' },
      { kind: 'empty' },
      { kind: 'noStatus' },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Fault>(
      { kind: 'reset' },
      { kind: 'truncated' },
      { kind: 'httpStatus', status: 503 },
    ),
  },
);

const broken = fc.constantFrom('before' as const, 'after' as const);

const trouble: fc.Arbitrary<Trouble> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('step' as const),
      at: step,
      times: fc.constantFrom(1, 1, 3, 1000),
      broken,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('timeUsedUp' as const), at: step }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('entries' as const),
      share: fc.integer({ min: 1, max: 3 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('registrar' as const),
      fault: registrarFault,
      skip: fc.nat({ max: 4 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('aws' as const),
      service: fc.constantFrom('dynamoDb' as const, 'eventBridge' as const),
      at: fc.integer({ min: 1, max: 20 }),
      broken: fc.constantFrom('before' as const, 'after' as const, 'throttled' as const),
    }),
  },
);

const passing = fc.record({
  kind: fc.constant('pass' as const),
  ms: fc.constantFrom(
    MINUTE_MS,
    5 * MINUTE_MS,
    26 * HOUR_MS,
    3 * HOUR_MS,
    -3 * HOUR_MS,
    -26 * HOUR_MS,
    -20_000,
  ),
});

const troubles = fc.oneof(
  { weight: 3, arbitrary: fc.constant([]) },
  { weight: 2, arbitrary: fc.array(trouble, { minLength: 1, maxLength: 2 }) },
);

const meanwhile = fc.oneof(
  { weight: 3, arbitrary: fc.constant([]) },
  { weight: 1, arbitrary: fc.array(fc.record({ at: step, mutation }), { maxLength: 2 }) },
);

function runWith(
  troubles: fc.Arbitrary<readonly Trouble[]>,
  pause: fc.Arbitrary<Pause | null>,
): fc.Arbitrary<RunCommand> {
  return fc.record({
    kind: fc.constant('run' as const),
    environment: fc.nat({ max: 2 }),
    afterMs: fc.constantFrom(MINUTE_MS, MINUTE_MS, 0),
    troubles,
    meanwhile,
    pause,
  });
}

const untroubledRun = runWith(fc.constant([]), fc.constant(null));
const plainRun = runWith(troubles, fc.constant(null));

/** Mostly for longer than its lease. */
const pause: fc.Arbitrary<Pause> = fc
  .record({
    at: step,
    waitMs: fc.constantFrom(MINUTE_MS, MINUTE_MS, 20_000),
    first: fc.array(mutation, { maxLength: 2 }),
    run: plainRun,
    rest: fc.array(fc.oneof(mutation, plainRun), { maxLength: 2 }),
  })
  .map(({ at, waitMs, first, run, rest }) => ({
    at,
    commands: [{ kind: 'pass', ms: waitMs }, ...first, run, ...rest],
  }));

const together = fc.record({
  kind: fc.constant('together' as const),
  runs: fc.tuple(plainRun, plainRun),
});

const calmCommand: fc.Arbitrary<Command> = fc.oneof(
  { weight: 8, arbitrary: mutation },
  { weight: 7, arbitrary: untroubledRun },
  { weight: 1, arbitrary: passing },
);

const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 8, arbitrary: mutation },
  { weight: 8, arbitrary: plainRun },
  { weight: 1, arbitrary: runWith(troubles, pause) },
  { weight: 1, arbitrary: passing },
  { weight: 1, arbitrary: together },
);

/** A few that have settled, below so many in progress that these fill what is read first. */
const buried = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 100, max: 110 }), untroubledRun)
  .map(([few, many, run]): readonly Command[] => [above(few, 'ack'), above(many, '?'), run]);

/** More than is told at once, and a run that breaks in the middle of telling. */
const interrupted = fc
  .tuple(fc.integer({ min: 60, max: 140 }), fc.integer({ min: 10, max: 150 }), untroubledRun)
  .map(([count, at, run]): readonly Command[] => [
    above(count, 'nack'),
    { ...run, troubles: [{ kind: 'step', at, times: 1000, broken: 'before' }] },
  ]);

function above(count: number, status: Status): Planting {
  const place = { kind: 'head', stepMs: 1 } as const;
  return { kind: 'plant', count, statuses: [status], place, deleted: false, shared: false };
}

/** One in four without trouble and without runs at the same time. */
export const schedule: fc.Arbitrary<Schedule> = fc.oneof(
  {
    weight: 3,
    arbitrary: scheduleOf(
      fc.oneof(
        { weight: 30, arbitrary: fc.tuple(command) },
        { weight: 1, arbitrary: buried },
        { weight: 2, arbitrary: interrupted },
      ),
    ),
  },
  {
    weight: 1,
    arbitrary: scheduleOf(
      fc.oneof({ weight: 30, arbitrary: fc.tuple(calmCommand) }, { weight: 2, arbitrary: buried }),
    ),
  },
);

/** In every other one the first run is over, and went well, before anything else happens. */
function scheduleOf(some: fc.Arbitrary<readonly Command[]>): fc.Arbitrary<Schedule> {
  return fc.record({
    setting,
    before: fc.array(firstPlanting, { maxLength: 2 }),
    commands: fc
      .tuple(
        fc.constantFrom([], [PLAIN_RUN]),
        fc.array(some, { minLength: 2, maxLength: 10, size: 'max' }),
      )
      .map(([first, rest]) => [...first, ...rest.flat()]),
  });
}

/** The first of the two in most cases. */
function often<A, B>(usual: A, other: B): fc.Arbitrary<A | B> {
  return fc.oneof(
    { weight: 4, arbitrary: fc.constant(usual) },
    { weight: 1, arbitrary: fc.constant(other) },
  ) as fc.Arbitrary<A | B>;
}
