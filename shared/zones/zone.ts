import { createHash } from 'node:crypto';
import { type DynDns, readDynDns } from './dyn-dns.ts';
import type { Forward } from './forward.ts';
import type { TypeName } from './record-types.ts';
import { type Line, readLine } from './zone-line.ts';

/** A zone: its lines, in their order. */
export interface Zone {
  readonly lines: readonly Line[];
}

/** All records of one name, type and ttl. */
export interface RrSet {
  /** Relative to the zone, `@` for the zone itself. */
  readonly name: string;
  readonly type: TypeName;
  /** Seconds. */
  readonly ttl: number;
  readonly records: readonly string[];
}

/** A zone as callers see it. */
export interface ZoneView {
  readonly rrsets: readonly RrSet[];
  readonly forwards: readonly Forward[];
  readonly dynDns: DynDns;
  /** null where the zone says neither yes nor no. */
  readonly dnssec: boolean | null;
  /** The lines that nobody understands, as they are. */
  readonly other: readonly string[];
}

/** Reads the text of a zone, whatever it holds. */
export function readZone(text: string): Zone {
  const lines = text.split('\n');
  // What follows the last line feed is no line.
  if (lines.at(-1) === '') lines.pop();
  return { lines: lines.map(readLine) };
}

/** The text that goes to the registrar. */
export function zoneText({ lines }: Zone): string {
  return lines.map(({ text }) => text).join('\n');
}

/** What callers see of a zone, in its order. An RRset of several ttls is there once for each. */
export function viewZone({ lines }: Zone): ZoneView {
  const rrsets = new Map<
    string,
    { name: string; type: TypeName; ttl: number; records: string[] }
  >();
  for (const { record: found } of lines) {
    if (!found) continue;
    const { name, type, ttl, record } = found;
    const key = `${name} ${type} ${ttl}`;
    const known = rrsets.get(key);
    if (known) known.records.push(record);
    else rrsets.set(key, { name, type, ttl, records: [record] });
  }
  const { enabled, username } = readDynDns(textOf(lines, 'dynDns'));
  return {
    rrsets: [...rrsets.values()],
    forwards: lines.flatMap(({ forward }) => forward ?? []),
    dynDns: { enabled, username },
    dnssec: readDnssec(textOf(lines, 'dnssec')),
    other: lines.flatMap(({ kind, text }) => (kind === 'other' ? [text] : [])),
  };
}

/** The text of the first line of a kind. */
export function textOf(lines: readonly Line[], kind: Line['kind']): string | undefined {
  return lines.find((line) => line.kind === kind)?.text;
}

/** `$dnssec=no` is all that was ever seen. */
function readDnssec(line: string | undefined): boolean | null {
  const value = line?.split('=')[1]?.trim();
  if (value === 'yes' || value === 'no') return value === 'yes';
  return null;
}

/**
 * The entity tag of a zone, quotes included: the same for all spellings and orders of its lines, and
 * whatever the DynDNS password and the addresses are that routers change.
 */
export function etagOf({ lines }: Zone): string {
  const keys = lines.flatMap(({ kind, key, aside }) => {
    if (kind === 'blank') return [];
    // No line begins with a TAB.
    return [aside === undefined ? key : `${key}\n\t${aside}`];
  });
  return `"${createHash('sha256').update(keys.sort().join('\n')).digest('hex')}"`;
}
