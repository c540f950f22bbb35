import type { Zone } from './zone.ts';

/** The two known settings. Others are kept as lines. */
const SETTINGS = [
  {
    start: '$dnssec=',
    field: 'dnssec',
    right: /^\S+$/,
    expected: '$dnssec=yes or $dnssec=no',
  },
  {
    start: '$dyndns=',
    field: 'dynDns',
    right: /^(no:[^\s:]*:[^\s:]*|yes:[^\s:]+:[^\s:]+)$/,
    expected: '$dyndns=no:: or $dyndns=yes:user:password',
  },
] as const;

/**
 * Takes a line that is a known setting into the zone, right or wrong, and tells what was expected
 * where it is wrong. Undefined: it is no known setting.
 */
export function takeSetting(line: string, zone: Zone): { readonly expected?: string } | undefined {
  const setting = SETTINGS.find(({ start }) => line.startsWith(start));
  if (!setting) return undefined;
  const { start, field, right, expected } = setting;
  zone[field] = line.slice(start.length);
  return right.test(zone[field]) ? {} : { expected };
}
