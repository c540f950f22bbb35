import type { Deadline } from '../dmapi/deadline.ts';
import type { Result } from '../dmapi/result.ts';
import { AwsUnavailableError } from '../failure.ts';
import { allEnded } from './all-ended.ts';
import { type Change, isSettled, isTold, sequenceOf, type ToldChange } from './change.ts';
import type { Publish } from './event-bus.ts';
import type { Lease } from './lease.ts';
import type { Ledger } from './ledger.ts';
import type { KnownStatus, OpenStatus } from './ledger-entry.ts';
import { type ResultEvent, toResultEvent } from './result-event.ts';
import { RunEndsError } from './result-lists.ts';

/** Tells consumers of changes, and records what has been told. */
export interface Teller {
  /**
   * Publishes first and records then, so that a crash in between repeats events and loses none.
   * They go in the order given, some at a time; pass on the oldest first.
   *
   * @throws LeaseLostError, RunEndsError, and what publishing and recording throw.
   */
  tell(changes: readonly Change[]): Promise<void>;
  readonly published: number;
  /** How many changes were found and could not be published. */
  readonly unpublished: number;
}

export interface TellerOptions {
  readonly account: string;
  readonly ledger: Ledger;
  readonly lease: Lease;
  readonly publish: Publish;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** By when the run has to stop finding and telling. */
  readonly deadline: Deadline;
  /** By when every call must be answered. */
  readonly answerBy: Deadline;
  /** Whether a settled result that the ledger does not know is taken for old, and not told. */
  readonly takesBaseline: () => boolean;
}

/**
 * How many changes are on their way at once. A crash can leave a gap of so many in what is recorded
 * at the head of the list, so it must be less than what is read again there (OVERLAP).
 */
export const GROUP_SIZE = 40;

/** Makes the teller of one run. */
export function createTeller({
  account,
  ledger,
  lease,
  publish,
  now,
  deadline,
  answerBy,
  takesBaseline,
}: TellerOptions): Teller {
  let published = 0;
  let unpublished = 0;

  async function tell(changes: readonly Change[]): Promise<void> {
    unpublished += changes.filter(isTold).length;
    for (let at = 0; at < changes.length; at += GROUP_SIZE) {
      if (deadline.remainingMs() === 0) throw new RunEndsError('The time of this run is used up.');
      await tellGroup(changes.slice(at, at + GROUP_SIZE));
    }
  }

  async function tellGroup(group: readonly Change[]): Promise<void> {
    await lease.confirm();
    const told = group.filter(isTold);
    const noted = await allEnded(told.map(note));
    if (noted.includes(true)) await lease.confirm();
    const failed = await publishAll(told);
    await lease.confirm();
    await allEnded(group.map((change) => (failed.has(change) ? follow(change) : record(change))));
    for (const { result, previous } of group) {
      if (previous?.old === 'open') await closeOld(result);
    }
  }

  /**
   * Notes what the next run could not find out, should this one die before it records: of a result
   * that has settled meanwhile, that it was no old one; of one that has settled the other way and
   * then again as before, that it has changed at all.
   */
  async function note({ result, previous }: ToldChange): Promise<boolean> {
    if (previous === undefined && takesBaseline()) {
      await ledger.recordOpen(result, 'untold', 0);
      return true;
    }
    if (!previous || !isSettled(previous) || !isSettled(result)) return false;
    await ledger.noteTelling(result, previous, result.status);
    return true;
  }

  /** An entry of version 0.1.0 goes once the results that it may mean have entries of their own. */
  async function closeOld({ svTrId }: Result): Promise<void> {
    if (ledger.open.get(svTrId)?.old) await ledger.close(svTrId);
  }

  /** @returns what was not accepted. @throws AwsUnavailableError when nothing was. */
  async function publishAll(changes: readonly ToldChange[]): Promise<ReadonlySet<Change>> {
    const byEvent = new Map(changes.map((change) => [toEvent(change), change]));
    const failed = await publish([...byEvent.keys()], answerBy);
    published += changes.length - failed.length;
    unpublished -= changes.length - failed.length;
    if (failed.length > 1 && failed.length === changes.length) {
      throw new AwsUnavailableError('Amazon EventBridge accepts no event now.');
    }
    return new Set(failed.map((event) => byEvent.get(event) as Change));
  }

  function toEvent(change: ToldChange): ResultEvent {
    const { result, previous } = change;
    const isKnown = previous && previous.status !== 'untold';
    const previousStatus = isKnown ? (previous.status as Exclude<KnownStatus, 'untold'>) : null;
    const sequence = sequenceOf(change);
    return toResultEvent({ result, previousStatus, sequence }, account, now());
  }

  async function record(change: Change): Promise<void> {
    const { result } = change;
    const { status } = result;
    if (status === 'ack' || status === 'nack') {
      await ledger.recordSettled(result, status, sequenceOf(change));
    } else await ledger.recordOpen(result, status, sequenceOf(change));
  }

  /** Has a change that was not accepted looked at in every run, wherever in the list it comes to lie. */
  async function follow({ result, previous }: Change): Promise<void> {
    if (previous === undefined) await ledger.recordOpen(result, 'untold', 0);
    if (previous?.old === 'open') {
      await ledger.recordOpen(result, previous.status as OpenStatus, previous.sequence);
    }
    // What is known as settled cannot be followed: the next run has to meet it here again.
    if (previous && isSettled(previous)) {
      throw new AwsUnavailableError('Amazon EventBridge did not accept an event.');
    }
  }

  return {
    tell,
    get published() {
      return published;
    },
    get unpublished() {
      return unpublished;
    },
  };
}
