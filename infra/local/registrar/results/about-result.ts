import { missing, type Outcome, refused } from '../requests/outcome.ts';
import type { Asked } from '../requests/request.ts';
import type { Result } from '../result.ts';
import type { Results } from './results.ts';

/**
 * A request about one result, named by svtrid or proc-id (svtrid wins, also when it is the unknown
 * one). How an unknown id is answered is known from other requests only: 2303.
 */
export function aboutResult(
  results: Results,
  answer: (result: Result, atMs: number) => Outcome,
): (asked: Asked) => Outcome {
  return ({ params, atMs }) => {
    const svTrId = params.get('svtrid');
    const procId = params.get('proc-id');
    if (!svTrId && !procId) return missing(['proc-id, or svtrid']);
    const result = results.find({ svTrId, procId });
    return result ? answer(result, atMs) : refused(2303, ['No such result']);
  };
}
