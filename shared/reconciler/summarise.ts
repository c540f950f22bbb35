import type { Run } from './run.ts';
import type { Summary } from './summary.ts';

/** Sums up a run that has ended so; of one that never began next to nothing is known. */
export function summarise(
  run: Run | undefined,
  { outcome, reason, durationMs }: Pick<Summary, 'outcome' | 'reason' | 'durationMs'>,
): Summary {
  const unknownSinceMs = run ? unknownSince(run) : [];
  return {
    outcome,
    reason,
    account: run?.account ?? null,
    resultsSeen: run?.lists.rows ?? 0,
    rowsUnreadable: run?.lists.rowsUnreadable ?? 0,
    eventsPublished: run?.teller.published ?? 0,
    stillPending: run?.ledger.open.size ?? null,
    statusUnknown: run ? unknownSinceMs.length : null,
    oldestUnknownSeconds: run ? secondsSince(run, unknownSinceMs) : null,
    vanished: run?.vanished ?? null,
    requestsMade: run?.lists.requests ?? 0,
    durationMs: Math.round(durationMs),
    sweepOffset: run?.progress.sweepOffset ?? null,
    oldestUnpublishedSeconds: run ? secondsSince(run, unpublishedSince(run)) : null,
  };
}

/** Since when those have a status that nobody knows which the registrar still shows. */
function unknownSince({ ledger }: Run): number[] {
  const unknown = [...ledger.open.values()].filter(
    ({ status, missing }) => status === 'unknown' && !missing,
  );
  return unknown.map(({ sinceMs }) => sinceMs);
}

function unpublishedSince({ progress: { unpublishedSinceMs } }: Run): number[] {
  return unpublishedSinceMs === null ? [] : [unpublishedSinceMs];
}

/** The time since the earliest of these moments, 0 where there are none. */
function secondsSince({ now }: Run, momentsMs: readonly number[]): number {
  const ages = momentsMs.map((ms) => Math.round((now() - ms) / 1000));
  return Math.max(0, ...ages);
}
