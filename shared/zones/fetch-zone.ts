import type { Deadline } from '../dmapi/deadline.ts';
import type { Reply } from '../dmapi/reply.ts';
import type { Session } from '../session/session.ts';
import { etagOf, readZone, type Zone } from './zone.ts';
import { ZoneError } from './zone-error.ts';

/** A zone as the registrar gave it. */
export interface FetchedZone {
  readonly zone: Zone;
  readonly etag: string;
  /** What speaks against writing it back: something of it may have been lost on the way here. */
  readonly doubt?: string;
}

/** Asks the registrar for a zone. @throws what the session throws */
export async function fetchZone(
  session: Session,
  domain: string,
  deadline: Deadline,
): Promise<FetchedZone> {
  const request = { name: 'dns-zone-get', access: 'read', params: { domain } } as const;
  return readFetched(await session.send(request, deadline));
}

/**
 * Reads the reply to dns-zone-get. Each of the recorded ones ends in a line feed: without it, the end
 * may be missing.
 */
export function readFetched({ body, hasBrokenText }: Reply): FetchedZone {
  const zone = readZone(body);
  const doubt = hasBrokenText
    ? 'a byte of it is not UTF-8'
    : !body.endsWith('\n') && 'it does not end in a line feed, so its end may be missing';
  return { zone, etag: etagOf(zone), ...(doubt && { doubt }) };
}

/** @throws ZoneError where the zone could not be written back as it is */
export function assertWritable({ doubt }: FetchedZone): void {
  if (doubt === undefined) return;
  throw new ZoneError(
    'unreadable-reply',
    `The zone as the registrar gives it cannot be written back: ${doubt}. Nothing was changed.`,
  );
}
