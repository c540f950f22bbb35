import type { Result } from '../dmapi/result.ts';
import { isSettled } from './change.ts';
import type { Run } from './run.ts';

/** Has settled results belong to the baseline: known, and not to be told. */
export async function takeForOld(
  run: Run,
  results: readonly Result[],
  page: number | 'newest',
): Promise<void> {
  const settled = results.filter((result) => isSettled(result));
  if (settled.length === 0) return;
  await run.lease.confirm();
  await run.baseline.add(settled, page);
}
