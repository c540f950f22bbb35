import type { Context } from 'aws-lambda';
import type { Deadline } from '../../shared/dmapi/deadline.ts';
import { serve } from '../../shared/http/serve.ts';
import { reconcileOnSchedule } from '../../shared/reconciler/on-schedule.ts';
import { asking, type Loose, toEvent } from '../functions/bad-request.ts';
import { actionOf, definitionOf } from '../functions/every-action.ts';
import { plainOrders } from '../plain-orders.ts';
import { plainZones } from '../plain-zones.ts';
import type { Times } from './time-of-fault.ts';
import type { Environment } from './world.ts';

/** On any machine: an answer that comes so long after the time was over is none. */
const LEEWAY_MS = 20_000;
/** For how long no other run may begin. */
export const LEASE_MS = 55_000;

/** The result that is retrieved and deleted. */
export const SV_TR_ID = 'r000001';

/** How a call or a run has ended. */
export interface Answer {
  /** As in Expected. */
  readonly answer: string;
  readonly reason: string | null;
  readonly retryAfter: string;
  readonly elapsedMs: number;
  /** All that has left us. */
  readonly text: string;
}

const REFERENCE = { svTrId: SV_TR_ID };

/** What a function is called with, where it is not what its example has. */
const INPUTS: Readonly<Record<string, Loose>> = {
  'result-retrieve': REFERENCE,
  'result-delete': REFERENCE,
};

/** Calls a function in this environment, through the handler that Lambda calls. */
export async function call(
  { session }: Environment,
  name: string,
  { deadline }: Times,
): Promise<Answer> {
  const action = await actionOf(name);
  const input = INPUTS[name] ?? definitionOf(action).example().input;
  const handler = serve(action, {
    session: () => session,
    orders: plainOrders(),
    zones: plainZones(session),
    newDeadline: () => deadline,
  });
  return await timed(deadline, async () => {
    const result = await handler(toEvent(asking(action, input)), {
      awsRequestId: 'lambda-1',
    } as Context);
    const { statusCode, headers = {}, body } = result;
    const problem = statusCode < 300 ? '' : ` ${JSON.parse(body).type.split(':').at(-1)}`;
    return {
      answer: `${statusCode}${problem}`,
      reason: null,
      retryAfter: String(headers['retry-after'] ?? ''),
      text: JSON.stringify(result),
    };
  });
}

/** Runs the reconciler in this environment, through its handler; `id` tells runs apart. */
export async function run(
  { reconcile }: Environment,
  id: string,
  { deadline, answerBy }: Times,
): Promise<Answer> {
  const handler = reconcileOnSchedule(
    () => async (attempt) => await reconcile({ ...attempt, deadline, answerBy, leaseMs: LEASE_MS }),
  );
  const context = { awsRequestId: id, getRemainingTimeInMillis: () => LEASE_MS } as Context;
  return await timed(deadline, async () => {
    try {
      const summary = await handler({}, context);
      const { outcome: answer, reason } = summary;
      return { answer, reason, retryAfter: '', text: JSON.stringify(summary) };
    } catch (error) {
      const { name, message } = error as Error;
      return { answer: `thrown ${name}`, reason: null, retryAfter: '', text: message };
    }
  });
}

async function timed(
  { signal }: Deadline,
  work: () => Promise<Omit<Answer, 'elapsedMs'>>,
): Promise<Answer> {
  const startedAtMs = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Omit<Answer, 'elapsedMs'>>((resolve) => {
    const nothing = { answer: 'no answer in time', reason: null, retryAfter: '', text: '' };
    signal.addEventListener('abort', () => {
      timer = setTimeout(() => resolve(nothing), LEEWAY_MS);
    });
  });
  const answer = await Promise.race([work(), late]);
  clearTimeout(timer);
  return { ...answer, elapsedMs: performance.now() - startedAtMs };
}
