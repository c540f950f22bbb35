import { changesAmong, isSettled } from './change.ts';
import { oldestFirst } from './newest-first.ts';
import { nextOffset, PAGE } from './paging.ts';
import type { Page } from './result-lists.ts';
import { type Run, see } from './run.ts';

/**
 * Tells of what is in progress and not yet known to be. The registrar lists these by themselves, so
 * that old ones are followed without reading all that is younger.
 *
 * Should it list others as well, those are left to the other parts: what is told out of turn here
 * would look there as if all below it had been told too.
 */
export async function tellInProgress(run: Run): Promise<void> {
  for (let offset: number | undefined = 0; offset !== undefined; ) {
    const page: Page = await run.lists.pendingPage(offset, PAGE);
    const inProgress = page.rows.filter((row) => !isSettled(row));
    see(run, inProgress);
    await run.teller.tell(oldestFirst(await changesAmong(inProgress, run.ledger)));
    // A registrar that does not honour the filter lists everything.
    offset = inProgress.length === page.rows.length ? nextOffset(offset, page) : undefined;
  }
}
