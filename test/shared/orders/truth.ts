import { readTracking } from '../../../shared/reply/queued.ts';
import { readRetrieved } from '../../../shared/reply/retrieved.ts';
import type { Session } from '../../../shared/session/session.ts';
import { farAway } from '../../time.ts';
import type { OrderRig } from './ordering.ts';

/** A request that the registrar has accepted, and who had sent it. */
export interface Carried {
  /** `<key> <action>`, or `elsewhere`. */
  readonly by: string;
  readonly action: string;
  readonly object: string;
  readonly allowDuplicate: boolean;
  readonly svTrId: string;
  readonly procId: string;
  readonly atMs: number;
  /** How many had been carried out when its caller began. */
  readonly began: number;
}

/** What the registrar has really done, whatever became of its answers. */
export interface Truth {
  readonly carried: readonly Carried[];
  /** Who has called at all, whatever came of it. */
  readonly tried: ReadonlySet<string>;
  /** A session whose accepted requests are noted. */
  watch(session: Session, who: Pick<Carried, 'by' | 'allowDuplicate'>): Session;
  statusOf(carried: Carried): Promise<string | null>;
}

const QUEUED = /^domain-(register|renew|privacy-order|transfer-in-reseller|lock)$/;

export function createTruth({ clock, elsewhere }: OrderRig): Truth {
  const carried: Carried[] = [];
  const tried = new Set<string>();
  return {
    carried,
    tried,
    watch(session, who) {
      const began = carried.length;
      tried.add(who.by);
      return {
        ...session,
        async send(request, deadline) {
          const reply = await session.send(request, deadline);
          if (!QUEUED.test(request.name)) return reply;
          const { svTrId, procId } = readTracking(reply);
          carried.push({
            ...who,
            action: request.name,
            object: request.params.domain ?? '',
            svTrId: svTrId ?? '',
            procId: procId ?? '',
            atMs: clock.nowMs,
            began,
          });
          return reply;
        },
      };
    },
    async statusOf({ svTrId }) {
      const params = { svtrid: svTrId };
      const request = { name: 'result-retrieve', access: 'read', params } as const;
      return readRetrieved(await elsewhere.send(request, farAway())).status;
    },
  };
}
