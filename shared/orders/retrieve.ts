import { type Deadline, within } from '../dmapi/deadline.ts';
import { referenceParams } from '../input/result-reference.ts';
import { log } from '../log.ts';
import { type Retrieved, readRetrieved } from '../reply/retrieved.ts';
import type { Session } from '../session/session.ts';

/**
 * What result-retrieve tells of a request that has been accepted: whatever goes wrong here leaves it so.
 *
 * @returns `undefined` where it has no reference, or could not be asked for: that is logged
 */
export async function retrieve(
  session: Session,
  { svTrId, procId }: { readonly svTrId: string | null; readonly procId: string | null },
  deadline: Deadline,
): Promise<Retrieved | undefined> {
  if (svTrId === null && procId === null) return undefined;
  const params = referenceParams({ svTrId: svTrId ?? undefined, procId: procId ?? undefined });
  try {
    const request = { name: 'result-retrieve', access: 'read', params } as const;
    return readRetrieved(await within(deadline, session.send(request, deadline)));
  } catch (error) {
    log().warn('a result could not be asked for', { reason: (error as Error).name });
    return undefined;
  }
}
