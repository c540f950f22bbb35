const DATE = [String.raw`\d{4}`, '(?:0[1-9]|1[0-2])', String.raw`(?:0[1-9]|[12]\d|3[01])`];
const TIME = [String.raw`(?:[01]\d|2[0-3])`, String.raw`[0-5]\d`, String.raw`(?:[0-5]\d|60)`];
const MOMENT = `${DATE.join('-')}T${TIME.join(':')}`;
const ZONE = String.raw`Z|[+-]\d\d(?::?\d\d)?`;
const WRITTEN = new RegExp(String.raw`^${MOMENT}(?:Z|[+-]\d\d:\d\d)?$`);
const COMPACT = new RegExp(`^${[...DATE, ...TIME].join('')}$`);
const ISO = new RegExp(String.raw`^(${MOMENT})(?:\.\d+)?(${ZONE})?$`);
const SPACED = new RegExp(String.raw`^(${MOMENT.replace('T', ' ')})(?:\.\d+)?(?: ?(${ZONE}))?$`);

const [DASH, T, COLON] = [0x2d, 0x54, 0x3a] as const;

/**
 * Writes a wire timestamp, `YYYYMMDDhhmmss` or (since 2024) ISO, as `YYYY-MM-DDThh:mm:ss`, with
 * the zone only if the wire had one: the registrar's own zone is not documented. Its login and its
 * programs also know a blank where ISO has a T, and one before the zone. `undefined` for all else.
 */
export function readTimestamp(wire: string): string | undefined {
  // Most come written so, one with each row of a list: no new text is made for them.
  if (WRITTEN.test(wire)) return wire;
  if (COMPACT.test(wire)) return writeCompact(wire);
  const [, moment, zone = ''] = ISO.exec(wire) ?? SPACED.exec(wire) ?? [];
  return moment && moment.replace(' ', 'T') + writeZone(zone);
}

/** One text made at once, of 40 bytes: on the way from slices to the same, 400 are used up. */
function writeCompact(digits: string): string {
  const at = (index: number) => digits.charCodeAt(index);
  // biome-ignore format: the lines are the date and the time
  return String.fromCharCode(
    at(0), at(1), at(2), at(3), DASH, at(4), at(5), DASH, at(6), at(7),
    T, at(8), at(9), COLON, at(10), at(11), COLON, at(12), at(13),
  );
}

function writeZone(zone: string): string {
  return zone.replace(/^([+-]\d\d):?(\d\d)?$/, (_, hours, minutes = '00') => `${hours}:${minutes}`);
}
