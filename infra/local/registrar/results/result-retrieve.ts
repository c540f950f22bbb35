import { done } from '../requests/outcome.ts';
import type { ImmediateRequest } from '../requests/request.ts';
import { aboutResult } from './about-result.ts';
import type { Results } from './results.ts';
import { retrievableContent } from './settle-result.ts';

/**
 * result-retrieve. An answer without content is its status alone: neither the object nor a blank
 * line follows. A request in progress is answered with success and `?`. The last line ends with a
 * line end, as in the recorded dns-zone-get (open for this request).
 */
export function resultRetrieve(results: Results): ImmediateRequest {
  return {
    name: 'result-retrieve',
    access: 'read',
    answer: aboutResult(results, (result, atMs) => {
      const status = `Completion-Status: ${result.status}\n`;
      const content = retrievableContent(result, atMs);
      if (content === null) return done(status);
      return done(`${status}Object-Name: ${result.requestObject}\n\n${content}\n`);
    }),
  };
}
