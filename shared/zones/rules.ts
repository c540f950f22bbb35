import type { EditedLine } from './edit.ts';
import { groupBy } from './group-by.ts';
import { refused } from './new-record.ts';
import { ZoneError } from './zone-error.ts';
import type { Line } from './zone-line.ts';

/**
 * Judges new lines beside those that they would stand with: no CNAME beside others (RFC 1034, section
 * 3.6.2), no second ttl in an RRset (RFC 2181, section 5.2). The label of a MAILFW is a mailbox, no name.
 *
 * @throws InvalidInputError naming the new one
 */
export function judgeNew(lines: readonly EditedLine[]): void {
  if (!lines.some(({ place }) => place)) return;
  const names = groupBy(lines, ({ line }) => nameOf(line));
  const aliases = new Set(
    lines.filter(({ line }) => isCname(line)).map(({ line }) => nameOf(line)),
  );
  const rrsets = groupBy(
    lines,
    ({ line: { record } }) => record && `${record.name} ${record.type}`,
  );
  const ttls = new Map([...rrsets].map(([key, set]) => [key, ttlsOf(set)] as const));
  for (const { line, place } of lines) {
    if (!place) continue;
    const name = nameOf(line);
    const isAlone = name === undefined || names.get(name)?.length === 1;
    if (!isAlone && aliases.has(name)) {
      throw refused(place.record, 'cannot be there: a CNAME has no other record beside it');
    }
    const { record } = line;
    if (record && !ttls.get(`${record.name} ${record.type}`)?.has(record.ttl)) {
      throw refused(place.ttl, 'must be that of the other records of its RRset');
    }
  }
}

function nameOf({ owner }: Line): string | undefined {
  return owner?.type === 'MAILFW' ? undefined : owner?.name;
}

function isCname({ owner }: Line): boolean {
  return owner?.type === 'CNAME';
}

/** The ttls that a new record of the set may have: those of what stays, else that of the first. */
function ttlsOf(set: readonly EditedLine[]): ReadonlySet<number | undefined> {
  const stays = set.filter(({ place }) => !place);
  const ttls = (stays.length > 0 ? stays : set.slice(0, 1)).map(({ line }) => line.record?.ttl);
  return new Set(ttls);
}

/** Zones below that are changed freely. */
const GUARDED_RECORDS = 10;

/**
 * @param removed the lines that go
 * @throws ZoneError `zone-guard` where a write removes so much that it is hardly meant: more than a
 *   third of at least ten records, or name servers of the zone itself
 */
export function guardZone(
  lines: readonly Line[],
  removed: readonly Line[],
  added: readonly Line[],
) {
  const records = lines.filter(isRecord);
  const gone = goneOf(removed.filter(isRecord), added);
  const nameServers = gone.filter(({ owner }) => owner?.name === '@' && owner.type === 'NS');
  const isMuch = records.length >= GUARDED_RECORDS && gone.length > records.length / 3;
  if (!isMuch && nameServers.length === 0) return;
  const what = isMuch
    ? `${gone.length} of ${records.length} records`
    : 'NS records of the zone itself';
  throw new ZoneError(
    'zone-guard',
    `This removes ${what}, and nothing was changed. If it is meant, say "force": true.`,
  );
}

function isRecord({ kind }: Line): boolean {
  return kind === 'record' || kind === 'forward' || kind === 'other';
}

/** What only gets another ttl is not removed. */
function goneOf(removed: readonly Line[], added: readonly Line[]): Line[] {
  const stays = new Set(added.map(saying));
  return removed.filter((line) => !stays.has(saying(line)));
}

function saying({ record, key }: Line): string {
  return record ? `${record.name} ${record.type} ${record.record}` : key;
}
