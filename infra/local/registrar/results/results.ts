import type { Result, SettledStatus } from '../result.ts';
import { settleResult } from './settle-result.ts';

/** The ids a result can be found by; svTrId wins when both are given. */
export interface ResultIds {
  readonly svTrId?: string | undefined;
  readonly procId?: string | undefined;
}

/** All results of the account. */
export interface Results {
  add(result: Result): void;
  /** The result of that id, settled if its time has come. */
  find(ids: ResultIds): Result | undefined;
  /** Those made at or after `fromMs` and before `toMs`, oldest first, settled as above. */
  between(fromMs: number, toMs: number): readonly Result[];
  /** Settles what is due, in the order in which it was. */
  settleDue(): void;
}

/**
 * Keeps results by age. Nothing runs in the background: what is due settles when it is looked at,
 * and a result that came out of order is sorted in at the next look, so that planting a hundred
 * thousand in any order stays cheap.
 */
export function createResults(now: () => number): Results {
  const byAge: Result[] = [];
  const bySvTrId = new Map<string, Result>();
  const byProcId = new Map<string, Result>();
  const settling = new Set<Result>();
  let ordered = true;

  const settleDue = () => {
    for (const { result, status, atMs } of takeDue(settling, now())) {
      settleResult(result, status, atMs);
    }
  };

  return {
    settleDue,
    add: (result) => {
      const newest = byAge.at(-1);
      ordered &&= !newest || newest.atMs <= result.atMs;
      byAge.push(result);
      bySvTrId.set(result.svTrId, result);
      byProcId.set(result.procId, result);
      if (result.settles) settling.add(result);
    },
    find: ({ svTrId, procId }) => {
      settleDue();
      if (svTrId) return bySvTrId.get(svTrId.toLowerCase());
      return procId ? byProcId.get(procId) : undefined;
    },
    between: (fromMs, toMs) => {
      settleDue();
      if (!ordered) byAge.sort((left, right) => left.atMs - right.atMs);
      ordered = true;
      return byAge.slice(firstAtOrAfter(byAge, fromMs), firstAtOrAfter(byAge, toMs));
    },
  };
}

interface Due {
  readonly result: Result;
  readonly atMs: number;
  readonly status: SettledStatus;
}

/** Takes what is due by then out of the set, and what has settled otherwise; earliest first. */
function takeDue(settling: Set<Result>, nowMs: number): readonly Due[] {
  const due: Due[] = [];
  for (const result of settling) {
    if (result.settles && result.settles.atMs > nowMs) continue;
    if (result.settles) due.push({ result, ...result.settles });
    settling.delete(result);
  }
  return due.sort((left, right) => left.atMs - right.atMs);
}

/** The index of the first result made at or after that moment. */
function firstAtOrAfter(results: readonly Result[], atMs: number): number {
  let low = 0;
  let high = results.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((results[middle] as Result).atMs < atMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
