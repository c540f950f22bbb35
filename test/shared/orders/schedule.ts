import * as fc from 'fast-check';
import type { Loose } from '../../functions/bad-request.ts';
import { REGISTER, RENEW, TRANSFER } from './ordering.ts';

/** A random schedule: a registrar, and what callers, the reconciler and others do, one after another. */
export interface Schedule {
  readonly setting: Setting;
  readonly commands: readonly Command[];
}

/** What the registrar is like. */
export interface Setting {
  readonly listedAfterMs: number;
  readonly requestTypes: 'requests' | 'orders';
  readonly objects: 'ascii' | 'unicode';
  readonly listsClTrId: boolean;
  readonly settleAfterMs: number;
}

/** How a call breaks at one of its steps; see crashing.ts. `throttled`: the table does, all along. */
export type Crash =
  | { readonly kind: 'fails' | 'answer lost' | 'dies'; readonly at: number }
  | { readonly kind: 'throttled' };

export interface CallCommand {
  readonly kind: 'call';
  /** Which of KEYED. */
  readonly keyed: number;
  /** Whether the key is used for another request than its own. */
  readonly strays: boolean;
  readonly crash: Crash | null;
  /** Waits at this step, while other things happen, as a function can that was stopped. */
  readonly pause: { readonly at: number; readonly commands: readonly Command[] } | null;
}

export interface AttendCommand {
  readonly kind: 'attend';
  readonly reconciles: boolean;
  readonly crash: Crash | null;
}

export type Command =
  | CallCommand
  | AttendCommand
  | { readonly kind: 'together'; readonly commands: readonly (CallCommand | AttendCommand)[] }
  | { readonly kind: 'pass'; readonly ms: number }
  /** Somebody else with the account orders what a key's request would order. */
  | { readonly kind: 'elsewhere'; readonly keyed: number }
  /** All sessions end; or the next ones are opened with other credentials. */
  | { readonly kind: 'dropSessions' | 'rotate' };

/** A key and the request that its caller means by it. */
export interface Keyed {
  readonly key: string;
  readonly action: string;
  readonly input: Loose & { readonly domain: string };
}

const PRIVACY = { domain: 'example.com', privacy: 'basic', expiryYear: 2027 };
const UNICODE = { ...REGISTER, domain: 'xn--nchster-5wa.example' };

const keyed = (key: string, action: string, input: Keyed['input']): Keyed => ({
  key,
  action,
  input,
});

/** Rivals stand beside each other; some are allowed beside another. */
export const KEYED: readonly Keyed[] = [
  keyed('register-1', 'domain-register', REGISTER),
  keyed('register-2', 'domain-register', { ...REGISTER, periodMonths: 24 }),
  keyed('register-3', 'domain-register', { ...REGISTER, allowDuplicate: true }),
  keyed('renew-1', 'domain-renew', RENEW),
  keyed('renew-2', 'domain-renew', { ...RENEW, periodMonths: 24 }),
  keyed('renew-3', 'domain-renew', { ...RENEW, allowDuplicate: true }),
  keyed('privacy-1', 'domain-privacy-order', PRIVACY),
  keyed('privacy-2', 'domain-privacy-order', { ...PRIVACY, privacy: 'pro' }),
  keyed('privacy-3', 'domain-privacy-order', { ...PRIVACY, allowDuplicate: true }),
  keyed('transfer-1', 'domain-transfer-in-reseller', TRANSFER),
  keyed('transfer-2', 'domain-transfer-in-reseller', { ...TRANSFER, autoRenew: true }),
  keyed('unicode-1', 'domain-register', UNICODE),
  keyed('lock-1', 'domain-lock', { domain: 'example.org' }),
  // The same key by two routes is two orders.
  keyed('renew-1', 'domain-privacy-order', { ...PRIVACY, domain: 'example.org' }),
];

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const setting: fc.Arbitrary<Setting> = fc.record({
  listedAfterMs: fc.constantFrom(0, 0, 30_000, 9 * MINUTE_MS),
  requestTypes: fc.constantFrom('requests', 'requests', 'orders'),
  objects: fc.constantFrom('ascii', 'ascii', 'unicode'),
  listsClTrId: fc.constantFrom(true, true, false),
  settleAfterMs: fc.constantFrom(3000, 3000, 5 * MINUTE_MS, 3 * HOUR_MS),
});

const step = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 12 }) },
  { weight: 1, arbitrary: fc.integer({ min: 10, max: 30 }) },
);

const crash: fc.Arbitrary<Crash> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constantFrom('fails' as const, 'answer lost' as const, 'dies' as const),
      at: step,
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'throttled' as const }) },
);

/** Few keys, close to each other, so that they meet. */
const which = fc.oneof(
  { weight: 3, arbitrary: fc.nat(2) },
  { weight: 3, arbitrary: fc.integer({ min: 3, max: 5 }) },
  { weight: 2, arbitrary: fc.integer({ min: 6, max: 8 }) },
  { weight: 1, arbitrary: fc.nat(KEYED.length - 1) },
);

const sometimes = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 1, arbitrary }, { weight: 1, arbitrary: fc.constant(null) });

const plainCall: fc.Arbitrary<CallCommand> = fc.record({
  kind: fc.constant('call' as const),
  keyed: which,
  strays: fc.constantFrom(false, false, false, false, false, true),
  crash: sometimes(crash),
  pause: fc.constant(null),
});

const attending: fc.Arbitrary<AttendCommand> = fc.record({
  kind: fc.constant('attend' as const),
  reconciles: fc.boolean(),
  crash: fc.oneof({ weight: 1, arbitrary: crash }, { weight: 4, arbitrary: fc.constant(null) }),
});

const passing = fc.record({
  kind: fc.constant('pass' as const),
  ms: fc.constantFrom(
    ...[1000, 5000, 31_000, 61_000, 5 * MINUTE_MS, 10 * MINUTE_MS + 1000],
    ...[61 * MINUTE_MS, 7 * HOUR_MS, 30 * HOUR_MS],
  ),
});

const simple: fc.Arbitrary<Command> = fc.oneof(
  { weight: 8, arbitrary: plainCall },
  { weight: 3, arbitrary: attending },
  { weight: 5, arbitrary: passing },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('elsewhere' as const), keyed: which }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constantFrom('dropSessions' as const, 'rotate' as const) }),
  },
);

const pausedCall: fc.Arbitrary<CallCommand> = fc
  .record({ call: plainCall, at: step, commands: fc.array(simple, { minLength: 1, maxLength: 4 }) })
  .map(({ call, at, commands }) => ({ ...call, pause: { at, commands } }));

const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 10, arbitrary: simple },
  { weight: 2, arbitrary: pausedCall },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('together' as const),
      commands: fc.array(fc.oneof(plainCall, attending), { minLength: 2, maxLength: 4 }),
    }),
  },
);

export const schedule: fc.Arbitrary<Schedule> = fc.record({
  setting,
  commands: fc.array(command, { minLength: 3, maxLength: 10 }),
});
