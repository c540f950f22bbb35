import { unreadable } from './error.ts';

const DATE = String.raw`(\d{4})-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])`;
const TIME = String.raw`([01]\d|2[0-3]):?([0-5]\d):?([0-5]\d|60)`;
const COMPACT = /^\d{14}$/;
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(Z|[+-]\d\d(?::?\d\d)?)?$/;
const PARTS = new RegExp(`^${DATE}T?${TIME}`);

/**
 * Writes a wire timestamp, `YYYYMMDDhhmmss` or (since 2024) ISO, as `YYYY-MM-DDThh:mm:ss`, with
 * the zone only if the wire had one: the registrar's own zone is not documented.
 *
 * @throws DmapiError `unreadable-reply`
 */
export function readTimestamp(wire: string): string {
  const iso = ISO.exec(wire);
  const parts = iso || COMPACT.test(wire) ? PARTS.exec(wire) : null;
  if (!parts) throw unreadable('a timestamp cannot be read');
  const [, year, month, day, hours, minutes, seconds] = parts;
  return `${year}-${month}-${day}T${hours}:${minutes}:${seconds}${writeZone(iso?.[1] ?? '')}`;
}

function writeZone(zone: string): string {
  return zone.replace(/^([+-]\d\d):?(\d\d)?$/, (_, hours, minutes = '00') => `${hours}:${minutes}`);
}
