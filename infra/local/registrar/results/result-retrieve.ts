import type { Handle } from '../requests/handle.ts';
import { done } from '../requests/outcome.ts';
import { retrievableContent } from '../result.ts';
import { aboutResult } from './about-result.ts';
import type { Results } from './results.ts';

/**
 * result-retrieve. An answer without content is its status alone: neither the object nor a blank
 * line follows. A request in progress is answered with success and `?`. The last line ends with a
 * line end, as in the recorded dns-zone-get (open for this request).
 */
export function resultRetrieve(results: Results): Handle {
  return aboutResult(results, (result, atMs) => {
    const status = `Completion-Status: ${result.status}\n`;
    const content = retrievableContent(result, atMs);
    if (content === null) return done(status);
    return done(`${status}Object-Name: ${result.requestObject}\n\n${content}\n`);
  });
}
