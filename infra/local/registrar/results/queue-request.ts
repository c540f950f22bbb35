import type { Handle } from '../requests/handle.ts';
import { done, missing, refused } from '../requests/outcome.ts';
import { IN_PROGRESS } from '../result.ts';
import type { AsynchronousRequest } from './asynchronous-requests.ts';
import type { Results } from './results.ts';

/** What queueing needs. */
export interface QueueOptions {
  readonly results: Results;
  readonly nextProcId: () => string;
  /** How long a request is in progress, milliseconds. */
  readonly settleAfterMs: number;
}

type Params = ReadonlyMap<string, string>;

const REFUSED_BY_NAME = /nack|refused/i;

/**
 * Takes an asynchronous request into the queue. Status 0 then says accepted, not done. A new
 * contact is listed by its handle from the start (open). That every request takes cltrid is an
 * assumption too: programs are seen to send it with domain-register only.
 */
export function queueRequest(
  request: AsynchronousRequest,
  { results, nextProcId, settleAfterMs }: QueueOptions,
): Handle {
  return ({ params, trackingId, atMs }) => {
    const absent = missingParameters(request, params);
    if (absent.length > 0) return missing(absent);
    const named = request.object === null ? '' : (params.get(request.object) ?? '');
    const clTrId = params.get('cltrid') || '-';
    const faulty = unlistable(named, clTrId);
    if (faulty.length > 0) return refused(2005, faulty);

    const procId = nextProcId();
    // A contact has no name yet, so its mail address decides instead.
    const decisive = named || (params.get('email') ?? '');
    results.add({
      svTrId: trackingId,
      procId,
      requestType: request.name,
      requestObject: named || makeContactHandle(params.get('tld') ?? '', procId),
      clTrId,
      atMs,
      status: IN_PROGRESS,
      content: null,
      deleted: false,
      settles: {
        atMs: atMs + settleAfterMs,
        status: REFUSED_BY_NAME.test(decisive) ? 'nack' : 'ack',
      },
    });
    return done('', [['Proc-ID', procId]]);
  };
}

function missingParameters(request: AsynchronousRequest, params: Params): readonly string[] {
  const absent = request.required.filter((name) => !params.get(name));
  const choices = request.oneOf ?? [];
  const chosen = choices.some((choice) => choice.every((name) => params.get(name)));
  if (choices.length === 0 || chosen) return absent;
  return [...absent, choices.map((choice) => choice.join(' and ')).join(', or ')];
}

/** What a row could not hold: a blank parts its fields, a line end its rows. */
function unlistable(object: string, clTrId: string): readonly string[] {
  return [
    ...(/\s/.test(object) ? ['The name of the object holds a blank'] : []),
    ...(/\p{Cc}/u.test(clTrId) ? ['cltrid holds a control character'] : []),
  ];
}

function makeContactHandle(tld: string, procId: string): string {
  return `C${tld.replace(/[^a-z0-9]/gi, '').toUpperCase()}-${procId}`;
}
