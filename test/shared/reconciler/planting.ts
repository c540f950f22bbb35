import type { Result } from '../../../infra/local/registrar/result.ts';
import { DAY_MS, id, MINUTE_MS, type Rig } from './reconciling.ts';

/** Puts in settled results, one a minute, the newest an hour ago. */
export function plantSettled(rig: Rig, count: number, kind = 'old'): void {
  const newestMs = rig.clock.nowMs - 60 * MINUTE_MS;
  for (let n = 0; n < count; n++) {
    rig.registrar.addResult({ svTrId: id(n, kind), atMs: newestMs - (count - n) * MINUTE_MS });
  }
}

/** Puts in a result in progress, requested ten days ago unless said. */
export function plantPending(rig: Rig, svTrId: string, daysAgo = 10): void {
  rig.registrar.addResult({ svTrId, status: '?', atMs: rig.clock.nowMs - daysAgo * DAY_MS });
}

/** Puts in a result whose status word the test changes as it likes. */
export function plantChanging(rig: Rig, svTrId: string, status: string): (word: string) => void {
  const result = rig.registrar.addResult({ svTrId, status }) as Result;
  return (word) => {
    result.status = word;
  };
}
