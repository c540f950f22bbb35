import type { Deadline } from '../dmapi/deadline.ts';
import { DmapiError } from '../dmapi/error.ts';

/** Lists the zones of the account whose names end like this, as lower-case ASCII. */
export type ListZones = (ending: string, deadline: Deadline) => Promise<readonly string[]>;

export interface ChallengeZoneOptions {
  /** The zones that are open to ACME clients, as lower-case ASCII. */
  readonly open: readonly string[];
  readonly listZones: ListZones;
  readonly deadline: Deadline;
}

/** Of these zones, the one that a name lies in: the longest, which is the one that is asked for it. */
export function zoneOf(name: string, zones: readonly string[]): string | undefined {
  const [longest] = enclosing(name, zones).sort((a, b) => b.length - a.length);
  return longest;
}

/**
 * The zone of the account in which a challenge is answered.
 *
 * @throws DmapiError `not-permitted` where it is not open to ACME clients, `not-found` where the account
 *   has none of those that are, and what listing throws
 */
export async function challengeZone(
  name: string,
  { open, listZones, deadline }: ChallengeZoneOptions,
): Promise<string> {
  const [shortest] = enclosing(name, open).sort((a, b) => a.length - b.length);
  if (shortest === undefined) throw notOpen();
  // Whatever else the name lies in, and is open or longer, ends like the shortest one.
  const zone = zoneOf(name, await listZones(shortest, deadline));
  if (zone === undefined) {
    throw new DmapiError('not-found', 'The account has no zone in which this name lies.', {
      sent: false,
    });
  }
  if (!open.includes(zone)) throw notOpen();
  return zone;
}

/** A name in a zone, as the zone has it: `_acme-challenge.www`. */
export function nameWithin(zone: string, name: string): string {
  return name.slice(0, -`.${zone}`.length);
}

function enclosing(name: string, zones: readonly string[]): string[] {
  return zones.filter((zone) => name.endsWith(`.${zone}`));
}

function notOpen(): DmapiError {
  return new DmapiError(
    'not-permitted',
    'The zone in which this name lies is not open to ACME clients: the setting acmeZones does not name it.',
    { sent: false },
  );
}
