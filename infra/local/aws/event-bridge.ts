import { randomUUID } from 'node:crypto';
import { ACCOUNT, REGION } from '../stack-template.ts';
import { startJsonService } from './json-service.ts';
import { type EventEntry, refuseEntries, refuseEntry } from './put-events.ts';
import type { AwsFaultReplies, AwsReply, AwsService } from './service.ts';

/** Amazon EventBridge, as far as `PutEvents`; a bus delivers whatever is put on it. */
export interface EventBridge extends AwsService {
  /** Creates a bus. What is put on a bus that does not exist is accepted and goes nowhere. */
  createBus(name: string): void;
  /** Makes single entries fail; `undefined` ends it. */
  failEntries(judge: EntryJudge | undefined): void;
  /** How many entries each accepted call had, oldest first. The last 10,000 are kept. */
  readonly requests: readonly number[];
  /** What a target of the bus gets, oldest first. The last 10,000 are kept. */
  readonly delivered: readonly DeliveredEvent[];
  /** Is told of each event as it is delivered, before the call that put it is answered. */
  onDelivered(listener: (event: DeliveredEvent) => void): void;
}

/** The code of the error that an entry is to fail with; `nth` counts from 1, over all calls. */
export type EntryJudge = (entry: EventEntry, nth: number) => string | undefined;

/** An event as EventBridge hands it to a target. */
export interface DeliveredEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  /** In whole seconds, UTC. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
}

const KEPT = 10_000;

const FAULTS: AwsFaultReplies = {
  throttled: { status: 400, error: 'ThrottlingException', body: { message: 'Rate exceeded' } },
  refused: { status: 400, error: 'AccessDeniedException', body: { message: 'Not authorized' } },
  broken: { status: 500, error: 'InternalException', body: { message: 'Internal error' } },
};

/** Starts Amazon EventBridge's stand-in, without a bus. */
export async function startEventBridge({ now }: { now: () => number }): Promise<EventBridge> {
  const buses = new Set<string>();
  const requests: number[] = [];
  const delivered: DeliveredEvent[] = [];
  const listeners: ((event: DeliveredEvent) => void)[] = [];
  let judge: EntryJudge | undefined;
  let judged = 0;

  function accept(entry: EventEntry): object {
    const code = judge?.(entry, ++judged);
    if (code) return { ErrorCode: code, ErrorMessage: 'The stand-in was told so.' };
    const refusal = refuseEntry(entry);
    if (refusal) return refusal;
    const event = toDelivered(entry, now());
    if (buses.has(busName(entry))) {
      keep(delivered, event);
      for (const listener of listeners) listener(event);
    }
    return { EventId: event.id };
  }

  const service = await startJsonService({
    prefix: 'AWSEvents',
    faults: FAULTS,
    operations: {
      PutEvents({ Entries }): AwsReply {
        const entries = (Entries ?? []) as readonly EventEntry[];
        const refusal = refuseEntries(entries);
        if (refusal) return refusal;
        keep(requests, entries.length);
        const results = entries.map(accept);
        const FailedEntryCount = results.filter((result) => 'ErrorCode' in result).length;
        return { status: 200, body: { FailedEntryCount, Entries: results } };
      },
    },
  });
  return {
    ...service,
    requests,
    delivered,
    createBus: (name) => void buses.add(name),
    onDelivered: (listener) => void listeners.push(listener),
    failEntries: (next) => {
      judge = next;
      judged = 0;
    },
  };
}

function toDelivered(entry: EventEntry, nowMs: number): DeliveredEvent {
  const { Source = '', DetailType = '', Detail = '', Resources = [], Time } = entry;
  const atMs = Time === undefined ? nowMs : Time * 1000;
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': DetailType,
    source: Source,
    account: ACCOUNT,
    time: `${new Date(atMs).toISOString().slice(0, 19)}Z`,
    region: REGION,
    resources: Resources,
    detail: JSON.parse(Detail),
  };
}

/** A bus is named, or told by its ARN. */
function busName({ EventBusName = 'default' }: EventEntry): string {
  return EventBusName.slice(EventBusName.lastIndexOf('/') + 1);
}

function keep<T>(list: T[], item: T): void {
  list.push(item);
  if (list.length > KEPT) list.shift();
}
