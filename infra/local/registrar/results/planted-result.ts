import { IN_PROGRESS, type Result, type SettledStatus } from '../result.ts';
import { writeContent } from './settle-result.ts';

/** A result a test or the seed puts in, every part optional. */
export interface PlantedResult {
  /** @default a new id for that moment; lower-case hex */
  readonly svTrId?: string;
  /** @default the next number */
  readonly procId?: string;
  /** @default 'domain-renew' */
  readonly requestType?: string;
  /** @default 'example.com' */
  readonly requestObject?: string;
  /** @default '-' */
  readonly clTrId?: string;
  /** When the request was made, epoch milliseconds. @default now */
  readonly atMs?: number;
  /** `ack`, `nack`, `?`, or any other text. @default 'ack' */
  readonly status?: string;
  /** Hidden by result-delete, its content gone. @default false */
  readonly deleted?: boolean;
  /** The free text of its answer, null for none. @default a plausible one */
  readonly content?: string | null;
  /**
   * For one in progress: settle by itself this many milliseconds from now.
   * @default never, only by `settle`
   */
  readonly settleAfterMs?: number;
  /** What it then settles to. @default 'ack' */
  readonly settlesTo?: SettledStatus;
}

/** Where the parts nobody chose come from. */
export interface PlantingSources {
  readonly now: () => number;
  readonly makeTrackingId: (atMs: number) => string;
  readonly nextProcId: () => string;
}

/** Completes a planted result. */
export function plantResult(planted: PlantedResult, sources: PlantingSources): Result {
  const { now, makeTrackingId, nextProcId } = sources;
  const atMs = planted.atMs ?? now();
  const status = planted.status ?? 'ack';
  const { settleAfterMs, settlesTo = 'ack' } = planted;
  const result: Result = {
    svTrId: planted.svTrId ?? makeTrackingId(atMs),
    procId: planted.procId ?? nextProcId(),
    requestType: planted.requestType ?? 'domain-renew',
    requestObject: planted.requestObject ?? 'example.com',
    clTrId: planted.clTrId ?? '-',
    atMs,
    status,
    content: planted.content ?? null,
    deleted: planted.deleted ?? false,
    settles:
      status === IN_PROGRESS && settleAfterMs !== undefined
        ? { atMs: now() + settleAfterMs, status: settlesTo }
        : null,
  };
  if (planted.content === undefined && (status === 'ack' || status === 'nack')) {
    result.content = writeContent(result, status);
  }
  return result;
}
