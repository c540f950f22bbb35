import type { Addition } from './edit.ts';
import { groupBy } from './group-by.ts';
import { relativeName } from './names.ts';
import { newName, newRecordLine, type RecordFields, readType, recordAsKept } from './new-record.ts';
import type { TypeName } from './record-types.ts';
import type { Zone } from './zone.ts';
import { type Line, recordKey } from './zone-line.ts';

/** What a record takes that is given none, where its RRset has none either. Seconds. */
const DEFAULT_TTL = 3600;

/** The zone that a caller writes to, and what is there. */
export interface Present {
  readonly domain: string;
  readonly lines: readonly Line[];
  /** The lines of an RRset, in their order. */
  rrset(name: string, type: TypeName): readonly Line[];
  /** The ttls of an RRset, in the order of its lines. Seconds. */
  ttls(name: string, type: TypeName): readonly number[];
  /** The lines that come to the same. */
  withKey(key: string): readonly Line[];
}

export function present({ lines }: Zone, domain: string): Present {
  const rrsets = groupBy(lines, ({ record }) => record && `${record.name} ${record.type}`);
  const keys = groupBy(lines, ({ key }) => key);
  const ttls = new Map<string, readonly number[]>();
  for (const [set, group] of rrsets) {
    if (set) ttls.set(set, [...new Set(group.map(({ record }) => record?.ttl ?? DEFAULT_TTL))]);
  }
  return {
    domain,
    lines,
    rrset: (name, type) => rrsets.get(`${name} ${type}`) ?? [],
    ttls: (name, type) => ttls.get(`${name} ${type}`) ?? [],
    withKey: (key) => keys.get(key) ?? [],
  };
}

/** A record that a caller wants: the lines that say the same already, or the one to be added. */
export interface WantedRecord {
  readonly name: string;
  readonly type: TypeName;
  readonly there: readonly Line[];
  readonly addition?: Addition;
}

export interface GivenRecord {
  readonly name: string;
  readonly type: string;
  readonly ttl?: number | undefined;
  readonly record: string;
}

/**
 * What a caller wants, looked up in the zone: what is there already is not judged, however odd it is.
 *
 * @param ttlsOf what a record that is given no ttl may have: the first, or another that it has already
 * @throws InvalidInputError where it is new, and the registrar cannot store it or would change it
 */
export function wantRecord(
  { domain, rrset, ttls: presentTtls, withKey }: Present,
  given: GivenRecord,
  fields: RecordFields,
  ttlsOf: Present['ttls'] = presentTtls,
): WantedRecord {
  const type = readType(given.type, fields.type);
  const name = nameIn(given.name, domain);
  const ttls = given.ttl === undefined ? ttlsOf(name, type) : [given.ttl];
  const [ttl = DEFAULT_TTL] = ttls;
  const kept = { there: rrset(name, type), field: fields.record };
  const record = recordAsKept(type, given.record, kept);
  const linesThatSay = (said: string) =>
    ttls.map((one) => withKey(recordKey({ name, type, ttl: one, record: said })));
  const asGiven = linesThatSay(record).find(isThere);
  if (asGiven) return { name, type, there: asGiven };
  const line = newRecordLine({ name: given.name, type, ttl, record }, domain, fields);
  const there = linesThatSay(line.record?.record ?? record).find(isThere);
  if (there) return { name, type, there };
  return { name, type, there: [], addition: { line, place: fields } };
}

function isThere(lines: readonly Line[]): boolean {
  return lines.length > 0;
}

/** An RRset that a caller means. @throws InvalidInputError where there is none, and could be none */
export function meantRrSet(
  { domain, rrset }: Present,
  given: Pick<GivenRecord, 'name' | 'type'>,
  fields: Pick<RecordFields, 'name' | 'type'>,
): { readonly name: string; readonly type: TypeName; readonly lines: readonly Line[] } {
  const type = readType(given.type, fields.type);
  const name = nameIn(given.name, domain);
  const lines = rrset(name, type);
  if (lines.length === 0) newName(given.name, domain, fields.name);
  return { name, type, lines };
}

/** The name as lines have it, also where no new one may have it. */
export function nameIn(name: string, domain: string): string {
  return relativeName(name, domain) ?? name.toLowerCase();
}
