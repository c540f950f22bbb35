import type { Table } from '../aws/table.ts';
import type { Deadline } from '../dmapi/deadline.ts';
import { DmapiError } from '../dmapi/error.ts';
import { AwsUnavailableError, CredentialsRejectedError } from '../failure.ts';
import type { Session } from '../session/session.ts';
import { type Digests, openBaseline } from './baseline.ts';
import type { Publish } from './event-bus.ts';
import { tellFollowed } from './followed.ts';
import { tellInProgress } from './in-progress.ts';
import { acquireLease, type Lease, LeaseLostError } from './lease.ts';
import { openLedger } from './ledger.ts';
import { tellRecent } from './recent.ts';
import { openResultLists, RunEndsError } from './result-lists.ts';
import { isTakingBaseline, type Run } from './run.ts';
import { summarise } from './summarise.ts';
import type { Summary } from './summary.ts';
import { sweep } from './sweep.ts';
import { createTeller } from './teller.ts';

export interface ReconcilerOptions {
  readonly session: Session;
  /** Opens an account's part of the ledger. */
  readonly openTable: (account: string, deadline: Deadline) => Table;
  readonly publish: Publish;
  /** Whether the first run tells also of what had settled before it. */
  readonly publishHistory: boolean;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** The time and the name of one run. */
export interface Attempt {
  /** Tells this run from others. */
  readonly id: string;
  /** By when the run stops finding and telling changes. */
  readonly deadline: Deadline;
  /** By when every call must be answered, so that what was begun is recorded. */
  readonly answerBy: Deadline;
  /** For how many milliseconds no other run may begin: until this one has certainly ended. */
  readonly leaseMs: number;
}

/**
 * Finds what has changed among the account's results since the last run, publishes an event for each
 * transition, and records what has been told.
 *
 * It never throws for a failure of the registrar or of AWS: the summary tells it, and the next run
 * finds what this one has not told. It throws for a defect of the code or of the deployment.
 */
export type Reconcile = (attempt: Attempt) => Promise<Summary>;

/** Makes the reconciler of an execution environment. */
export function createReconciler(options: ReconcilerOptions): Reconcile {
  const begin = createBeginning(options);
  return async (attempt) => {
    const startedAtMs = performance.now();
    let run: Run | undefined;
    let end: End;
    try {
      run = await begin(attempt);
      end = run ? await carryOut(run) : { outcome: 'busy', reason: null };
    } catch (error) {
      end = explain(error);
    }
    if (run) end = await settle(run, end);
    if ('defect' in end) throw end.defect;
    return summarise(run, { ...end, durationMs: performance.now() - startedAtMs });
  };
}

/** How a run ended. A defect is something that nobody has thought of. */
type End = Pick<Summary, 'outcome' | 'reason'> & { readonly defect?: unknown };

/** Takes the lease and opens all that a run needs; `undefined` while another run has the lease. */
function createBeginning({ session, openTable, publish, publishHistory, now }: ReconcilerOptions) {
  let remembered: { readonly account: string; readonly digests: Digests } | undefined;

  return async ({ id, deadline, answerBy, leaseMs }: Attempt): Promise<Run | undefined> => {
    const account = await session.account(deadline);
    const table = openTable(account, answerBy);
    const lease = await acquireLease(table, { holder: id, durationMs: leaseMs, now });
    return lease && (await releasedOnFailure(lease, open(lease)));

    async function open(lease: Lease): Promise<Run> {
      const { fence, progress } = lease;
      const isComplete = progress.sweptAtMs !== null && progress.identities === 'own';
      const baseline = openBaseline(table, {
        fence,
        now,
        remembered: isComplete && remembered?.account === account ? remembered.digests : undefined,
        remember: (digests) => {
          if (isComplete) remembered = { account, digests };
        },
      });
      const ledger = await openLedger(table, {
        fence,
        baseline,
        isYoung: isTakingBaseline({ progress, publishHistory }),
        readsOld: progress.identities !== 'own',
        now,
      });
      const lists = openResultLists({ session, account, deadline });
      const takesBaseline = () => isTakingBaseline(run);
      const times = { now, deadline, answerBy };
      const teller = createTeller({ account, ledger, lease, publish, takesBaseline, ...times });
      const run: Run = {
        account,
        lists,
        ledger,
        baseline,
        lease,
        teller,
        now,
        publishHistory,
        seenInProgress: new Set(),
        vanished: null,
        progress,
      };
      return run;
    }
  };
}

/** The order matters: what is in progress is known before anything can be taken for settled. */
async function carryOut(run: Run): Promise<End> {
  await tellInProgress(run);
  if (!isTakingBaseline(run)) await tellRecent(run);
  await tellFollowed(run);
  await sweep(run);
  return { outcome: 'completed', reason: null };
}

function explain(error: unknown): End {
  const reason = error instanceof Error ? error.message : null;
  if (error instanceof RunEndsError) return { outcome: 'unfinished', reason };
  if (error instanceof LeaseLostError) return { outcome: 'superseded', reason };
  const isExpected =
    error instanceof DmapiError ||
    error instanceof AwsUnavailableError ||
    error instanceof CredentialsRejectedError;
  return { outcome: 'failed', reason, ...(!isExpected && { defect: error }) };
}

/** Keeps the progress and releases the lease. A run that has lost it has nothing to say any more. */
async function settle(run: Run, end: End): Promise<End> {
  if (end.outcome === 'superseded') return end;
  const isWaiting = run.teller.unpublished > 0 || hasUntold(run);
  run.progress = { ...run.progress, unpublishedSinceMs: waitingSince(run, end, isWaiting) };
  try {
    await run.lease.release(run.progress);
  } catch (error) {
    return end.outcome === 'completed' ? explain(error) : end;
  }
  return isWaiting && end.outcome === 'completed'
    ? { outcome: 'failed', reason: 'Amazon EventBridge did not accept all events.' }
    : end;
}

/** What has vanished before it could be told does not wait: nobody knows what to tell of it. */
function hasUntold({ ledger }: Run): boolean {
  return [...ledger.open.values()].some(({ status, missing }) => status === 'untold' && !missing);
}

/** A run that did not get to everything cannot tell that nothing is waiting any more. */
function waitingSince({ progress, now }: Run, { outcome }: End, isWaiting: boolean) {
  if (isWaiting) return progress.unpublishedSinceMs ?? now();
  return outcome === 'completed' ? null : progress.unpublishedSinceMs;
}

async function releasedOnFailure<T>(lease: Lease, opening: Promise<T>): Promise<T> {
  try {
    return await opening;
  } catch (error) {
    // Should this fail too, the lease ends by the clock.
    await lease.release(lease.progress).catch(() => {});
    throw error;
  }
}
