import { done, refused } from '../requests/outcome.ts';
import type { ImmediateRequest } from '../requests/request.ts';
import { IN_PROGRESS } from '../result.ts';
import { aboutResult } from './about-result.ts';
import type { Results } from './results.ts';

/**
 * result-delete: the content goes and the row is hidden, the status stays. The wording of the
 * confirmation is not known. Deleting twice confirms twice, and a request in progress, which has
 * no answer to delete yet, is refused (both open).
 */
export function resultDelete(results: Results): ImmediateRequest {
  return {
    name: 'result-delete',
    access: 'modify',
    answer: aboutResult(results, (result) => {
      if (result.status === IN_PROGRESS) return refused(2304, ['The request is still in progress']);
      result.deleted = true;
      result.content = null;
      return done(`Result ${result.svTrId} has been deleted.\n`);
    }),
  };
}
