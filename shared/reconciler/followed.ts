import { changesAmong } from './change.ts';
import { type Run, see, unseen } from './run.ts';

/** Requests for single results in one run. */
export const MAX_LOOKUPS = 25;
/** So many of them at a time. */
const AT_ONCE = 5;

/**
 * Tells what has become of results that are followed and that no list has shown: each is asked for
 * by its id. What there is no time for has its turn in another run.
 */
export async function tellFollowed(run: Run): Promise<void> {
  await closeSettled(run);
  const turn = inTurn(unseen(run), run.lease.fence);
  for (let at = 0; at < turn.length; at += AT_ONCE) {
    const asked = turn.slice(at, at + AT_ONCE);
    const found = await Promise.all(asked.map((svTrId) => run.lists.find(svTrId)));
    const results = found.filter((result) => result !== undefined);
    see(run, results);
    await run.teller.tell(await changesAmong(results, run.ledger));
  }
}

/** A run that died while it recorded may have left them. */
async function closeSettled(run: Run): Promise<void> {
  const settled = await run.ledger.settled(unseen(run));
  for (const svTrId of settled.keys()) await run.ledger.close(svTrId);
}

/** Begins elsewhere in every run, so that each has its turn. */
function inTurn(svTrIds: readonly string[], fence: number): string[] {
  const from = (fence * MAX_LOOKUPS) % Math.max(1, svTrIds.length);
  return [...svTrIds.slice(from), ...svTrIds.slice(0, from)].slice(0, MAX_LOOKUPS);
}
