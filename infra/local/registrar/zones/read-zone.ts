import { NO_DYN_DNS, type Zone } from './zone.ts';
import { readZoneLine } from './zone-line.ts';

/** A zone that was sent, or what is wrong with it: one reason for each faulty line. */
export type ReadZone = { readonly zone: Zone } | { readonly errors: readonly string[] };

/** How the two settings begin. Others are kept as lines. */
const DNSSEC = '$dnssec=';
const DYN_DNS = '$dyndns=';

/**
 * Reads a whole zone. Empty lines and comments go; what is left out, the DynDNS login too, is off. A
 * reason names its line by number and label alone, since a line can hold a password.
 */
export function readZone(text: string): ReadZone {
  const zone: Zone = { dnssec: 'no', dynDns: NO_DYN_DNS, lines: [] };
  const errors: string[] = [];
  const lines: string[] = [];
  const types = new Map<string, Set<string>>();
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const given = raw.trim();
    const fault = (expected: string) => {
      const label = /^[\w@*.-]+(?=\s)/.exec(given)?.[0];
      const place = label ? `${index + 1} (${label})` : `${index + 1}`;
      errors.push(`Parameter zone: line ${place}: expected: ${expected}`);
    };
    if (given === '' || given.startsWith('#')) continue;
    if (/[^\P{Cc}\t]/u.test(given)) {
      fault('no control characters');
      continue;
    }
    if (given.startsWith('$')) {
      const expected = readSetting(given, zone, lines);
      if (expected) fault(expected);
      continue;
    }
    const read = readZoneLine(given);
    if ('expected' in read) fault(read.expected);
    else if (clashes(types, read)) fault('no CNAME beside other records');
    else lines.push(read.line);
  }
  zone.lines = lines;
  if (errors.length > 0) return { errors };
  return lines.length > 0 ? { zone } : { errors: ['Parameter zone: expected: records'] };
}

/** Takes a line that begins with `$`; gives what was expected instead. */
function readSetting(line: string, zone: Zone, lines: string[]): string | undefined {
  if (line.startsWith(DNSSEC)) {
    zone.dnssec = line.slice(DNSSEC.length);
    return /^\S+$/.test(zone.dnssec) ? undefined : '$dnssec=yes or $dnssec=no';
  }
  if (line.startsWith(DYN_DNS)) {
    zone.dynDns = line.slice(DYN_DNS.length);
    const right = /^(no:[^\s:]*:[^\s:]*|yes:[^\s:]+:[^\s:]+)$/.test(zone.dynDns);
    return right ? undefined : '$dyndns=no:: or $dyndns=yes:user:password';
  }
  lines.push(line);
  return undefined;
}

/** Whether a label would have a CNAME and something else. */
function clashes(
  types: Map<string, Set<string>>,
  { label, type }: { readonly label: string; readonly type: string },
): boolean {
  const seen = types.get(label.toLowerCase()) ?? new Set();
  types.set(label.toLowerCase(), seen);
  seen.add(type);
  return seen.has('CNAME') && seen.size > 1;
}
