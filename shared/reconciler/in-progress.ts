import { changesAmong } from './change.ts';
import { oldestFirst } from './newest-first.ts';
import { nextOffset, PAGE } from './paging.ts';
import { type Run, see } from './run.ts';

/**
 * Tells of what is in progress and not yet known to be. The registrar lists these by themselves, so
 * that old ones are followed without reading all that is younger.
 */
export async function tellInProgress(run: Run): Promise<void> {
  for (let offset: number | undefined = 0; offset !== undefined; ) {
    const rows = await run.lists.pendingPage(offset, PAGE);
    see(run, rows);
    const changes = await changesAmong(rows, run.ledger);
    await run.teller.tell(oldestFirst(changes));
    // A registrar that does not honour the filter lists everything.
    const isFiltered = rows.every(({ status }) => status === 'pending');
    offset = isFiltered ? nextOffset(offset, rows) : undefined;
  }
}
