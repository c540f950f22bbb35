import { setTimeout as sleep } from 'node:timers/promises';
import {
  EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
} from '@aws-sdk/client-eventbridge';
import { AWS_REQUEST_HANDLER, callAws } from '../aws/aws-call.ts';
import type { Deadline } from '../dmapi/deadline.ts';
import { allEnded } from './all-ended.ts';
import { EVENT_SOURCE, type ResultEvent } from './result-event.ts';

/**
 * Publishes events and returns those that were not accepted, after having been sent again a few
 * times. @throws what callAws throws, when a call fails as a whole: then nobody knows of any.
 */
export type Publish = (
  events: readonly ResultEvent[],
  deadline: Deadline,
) => Promise<readonly ResultEvent[]>;

/** PutEvents takes no more entries, and no more bytes, in one call. */
const MAX_ENTRIES = 10;
const MAX_BYTES = 1_000_000;

const MAX_ROUNDS = 4;
const FIRST_BACKOFF_MS = 100;

/** A client for `publishTo`: one for each execution environment. */
export function createEventBusClient(): EventBridgeClient {
  return new EventBridgeClient({ requestHandler: AWS_REQUEST_HANDLER });
}

/** Publishes to a bus, in batches as full as can be, which are sent side by side. */
export function publishTo(client: EventBridgeClient, busName: string): Publish {
  async function putBatch(events: readonly ResultEvent[], deadline: Deadline) {
    const Entries = events.map((event) => toEntry(event, busName));
    const command = new PutEventsCommand({ Entries });
    const answer = await callAws('Amazon EventBridge', deadline, (options) =>
      client.send(command, options),
    );
    // The answer lists the entries in the order of the request.
    return events.filter((_, i) => !answer.Entries?.[i]?.EventId);
  }

  return async (events, deadline) => {
    let left = events;
    for (let round = 1; left.length > 0; round++) {
      const batches = toBatches(left, busName);
      const failed = await allEnded(batches.map((batch) => putBatch(batch, deadline)));
      left = failed.flat();
      if (round === MAX_ROUNDS) break;
      if (left.length > 0) await backOff(round);
    }
    return left;
  };
}

/** Splits events into batches that PutEvents takes. */
export function toBatches(events: readonly ResultEvent[], busName: string): ResultEvent[][] {
  const batches: ResultEvent[][] = [];
  let batch: ResultEvent[] = [];
  let bytes = 0;
  for (const event of events) {
    const size = sizeOf(toEntry(event, busName));
    if (batch.length === MAX_ENTRIES || bytes + size > MAX_BYTES) batch = [];
    if (batch.length === 0) {
      bytes = 0;
      batches.push(batch);
    }
    batch.push(event);
    bytes += size;
  }
  return batches;
}

function toEntry({ detailType, resources, detail }: ResultEvent, busName: string) {
  return {
    EventBusName: busName,
    Source: EVENT_SOURCE,
    DetailType: detailType,
    Resources: [...resources],
    Detail: JSON.stringify(detail),
  } satisfies PutEventsRequestEntry;
}

/** As EventBridge counts it: the UTF-8 of source, detail-type, detail and resources. */
function sizeOf({ Source, DetailType, Detail, Resources }: PutEventsRequestEntry): number {
  return [Source, DetailType, Detail, ...(Resources ?? [])]
    .map((text) => Buffer.byteLength(text ?? ''))
    .reduce((sum, bytes) => sum + bytes, 0);
}

async function backOff(round: number): Promise<void> {
  await sleep(FIRST_BACKOFF_MS * 2 ** (round - 1) * (0.5 + Math.random() / 2));
}
