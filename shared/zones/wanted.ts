import type { Addition } from './edit.ts';
import { groupBy } from './group-by.ts';
import { relativeName } from './names.ts';
import { newRecordLine, presentAddress, type RecordFields, readType } from './new-record.ts';
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
  /** The lines that come to the same. */
  withKey(key: string): readonly Line[];
}

export function present({ lines }: Zone, domain: string): Present {
  const rrsets = groupBy(lines, ({ record }) => record && `${record.name} ${record.type}`);
  const keys = groupBy(lines, ({ key }) => key);
  return {
    domain,
    lines,
    rrset: (name, type) => rrsets.get(`${name} ${type}`) ?? [],
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
 * @param defaultTtl seconds, where neither the caller nor the RRset says
 * @throws InvalidInputError where it is new, and the registrar cannot store it or would change it
 */
export function wantRecord(
  { domain, rrset, withKey }: Present,
  given: GivenRecord,
  fields: RecordFields,
  defaultTtl = DEFAULT_TTL,
): WantedRecord {
  const type = readType(given.type, fields.type);
  const name = nameIn(given.name, domain);
  const lines = rrset(name, type);
  const ttl = given.ttl ?? lines[0]?.record?.ttl ?? defaultTtl;
  const record = presentAddress(type, lines) ?? given.record;
  const asGiven = withKey(recordKey({ name, type, ttl, record }));
  if (asGiven.length > 0) return { name, type, there: asGiven };
  const line = newRecordLine({ name: given.name, type, ttl, record }, domain, fields);
  const there = withKey(line.key);
  if (there.length > 0) return { name, type, there };
  return { name, type, there, addition: { line, place: fields } };
}

/** The name as lines have it, also where no new one may have it. */
export function nameIn(name: string, domain: string): string {
  return relativeName(name, domain) ?? name.toLowerCase();
}
