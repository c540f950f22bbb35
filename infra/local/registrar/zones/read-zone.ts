import type { TxtForm } from '../dialect.ts';
import { newZone, type Zone } from './zone.ts';
import { readZoneLine } from './zone-line.ts';
import { takeSetting } from './zone-settings.ts';

/** A zone that was sent, or what is wrong with it: one reason for each faulty line. */
export type ReadZone = { readonly zone: Zone } | { readonly errors: readonly string[] };

/** What has been read so far. */
interface Reading {
  readonly zone: Zone;
  readonly lines: string[];
  /** The types of the records that a label has, by label in lower case. */
  readonly types: Map<string, Set<string>>;
  readonly txtForm: TxtForm;
}

/**
 * Reads a whole zone. Empty lines and comments go; what is left out, the DynDNS login too, is off. A
 * reason names its line by number and label alone, since a line can hold a password.
 */
export function readZone(text: string, txtForm: TxtForm = 'verbatim'): ReadZone {
  const reading: Reading = { zone: newZone(), lines: [], types: new Map(), txtForm };
  const errors: string[] = [];
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const expected = readLine(line, reading);
    if (!expected) continue;
    errors.push(`Parameter zone: line ${index + 1}${labelOf(line)}: expected: ${expected}`);
  }
  if (errors.length > 0) return { errors };
  if (reading.types.size === 0) return { errors: ['Parameter zone: expected: records'] };
  return { zone: { ...reading.zone, lines: reading.lines } };
}

/** A zone of that text, which nobody judges: it may hold what no write would be allowed. */
export function takeZone(text: string): Zone {
  const zone = newZone();
  const lines = text.split('\n').filter((line) => line !== '' && !takeSetting(line, zone));
  return { ...zone, lines };
}

/** Reads a line; gives what was expected instead. */
function readLine(line: string, { zone, lines, types, txtForm }: Reading): string | undefined {
  if (/[^\P{Cc}\t]/u.test(line)) return 'no control characters';
  if (line.startsWith('$')) {
    const setting = takeSetting(line, zone);
    if (!setting) lines.push(line);
    return setting?.expected;
  }
  const read = readZoneLine(line, txtForm);
  if ('expected' in read) return read.expected;
  if (clashes(types, read)) return 'no CNAME beside other records';
  lines.push(read.line);
  return undefined;
}

function labelOf(line: string): string {
  const label = /^[\w@*.-]+(?=\s)/.exec(line)?.[0];
  return label ? ` (${label})` : '';
}

/** Whether a label would have a CNAME and something else. That of a MAILFW is no name of the DNS. */
function clashes(
  types: Map<string, Set<string>>,
  { label, type }: { readonly label: string; readonly type: string },
): boolean {
  const seen = types.get(label.toLowerCase()) ?? new Set();
  types.set(label.toLowerCase(), seen);
  if (type !== 'MAILFW') seen.add(type);
  return seen.has('CNAME') && seen.size > 1;
}
