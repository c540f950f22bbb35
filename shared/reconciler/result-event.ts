import * as z from 'zod/mini';
import type { Result } from '../dmapi/result.ts';
import { identityOf } from './identity.ts';
import { nameUuid } from './name-uuid.ts';

/** The `source` of every event of the bundle. */
export const EVENT_SOURCE = 'joker.dmapi';

/** The `detail-type` of a transition to this status. Other statuses are no news to a consumer. */
export const DETAIL_TYPES = {
  pending: 'Result Pending',
  ack: 'Result Acknowledged',
  nack: 'Result Refused',
} as const;

/** A status that is told to consumers. */
export type ToldStatus = keyof typeof DETAIL_TYPES;

/**
 * The `detail` of an event, version 1. The schema that consumers find in the registry is generated
 * from it.
 */
export const resultEventDetail = z.strictObject({
  /** The same whenever the same transition is published again: drop repeats by it. */
  id: z.uuid(),
  version: z.literal(1),
  /** The registrar's UID of the account. */
  account: z.string(),
  /** What was known before; null where the result was not known at all. */
  previousStatus: z.nullable(z.enum(['ack', 'nack', 'pending', 'unknown'])),
  /**
   * The how-manieth transition of this result was told, from 1: order a result's events by it, and
   * equal ones by observedAt.
   */
  sequence: z.int().check(z.minimum(1)),
  /** When the transition was seen, UTC. */
  observedAt: z.iso.datetime(),
  result: z.strictObject({
    /** As the registrar writes it, with a zone only if it wrote one. */
    timestamp: z.string(),
    svTrId: z.string(),
    procId: z.string(),
    requestType: z.string(),
    requestObject: z.nullable(z.string()),
    status: z.enum(['ack', 'nack', 'pending']),
    clTrId: z.nullable(z.string()),
  }),
});

export type ResultEventDetail = z.output<typeof resultEventDetail>;

/** An event as it is given to EventBridge. */
export interface ResultEvent {
  readonly detailType: (typeof DETAIL_TYPES)[ToldStatus];
  readonly resources: readonly [string];
  readonly detail: ResultEventDetail;
}

/** A result whose status is not the one that was told last. */
export interface Transition {
  readonly result: Result & { readonly status: ToldStatus };
  readonly previousStatus: ResultEventDetail['previousStatus'];
  readonly sequence: number;
}

/** The namespace of `detail.id`, made up once and for ever: ids must not change between versions. */
const NAMESPACE = '6a1c4f0e-58c5-4d0b-9a39-0f6c1be0c2d7';

/** Tells of a transition. The result's content is no part of it: it can hold a transfer code. */
export function toResultEvent(
  { result, previousStatus, sequence }: Transition,
  account: string,
  observedAtMs: number,
): ResultEvent {
  const { timestamp, svTrId, procId, requestType, requestObject, status, clTrId } = result;
  return {
    detailType: DETAIL_TYPES[status],
    resources: [requestObject === null ? requestType : `${requestType}/${requestObject}`],
    detail: {
      id: idOf(result, account, sequence),
      version: 1,
      account,
      previousStatus,
      sequence,
      observedAt: new Date(observedAtMs).toISOString(),
      result: { timestamp, svTrId, procId, requestType, requestObject, status, clTrId },
    },
  };
}

function idOf(result: Result, account: string, sequence: number): string {
  const { svTrId, procId } = identityOf(result);
  return nameUuid(NAMESPACE, JSON.stringify([account, svTrId, procId, sequence, result.status]));
}
