import { InvalidInputError } from '../failure.ts';
import {
  type ForwardFacts,
  type ForwardType,
  isForwardType,
  readForward,
  showForward,
} from './forward.ts';
import { isWrong } from './judged.ts';
import { relativeName } from './names.ts';
import { isDynamic, readRecord, recordType, TYPE_NAMES, type TypeName } from './record-types.ts';
import { formatLine, forwardLine, type Line, readLine, recordLine } from './zone-line.ts';

/** The fields by which a refusal names a record. */
export interface RecordFields {
  readonly name: string;
  readonly type: string;
  readonly ttl: string;
  readonly record: string;
}

export interface NewRecord {
  readonly name: string;
  readonly type: TypeName;
  readonly ttl: number;
  readonly record: string;
}

const SMALLEST_TTL = 60;
const LARGEST_TTL = 2_147_483_647;

/** The type that a caller means. @throws InvalidInputError where it is none of RRsets */
export function readType(type: string, field: string): TypeName {
  const name = type.toUpperCase();
  if (recordType(name)) return name as TypeName;
  throw refused(field, `must be one of ${TYPE_NAMES.join(', ')}`);
}

/**
 * The line of a new record, in the one spelling that we write.
 *
 * @throws InvalidInputError where the registrar cannot store it, or would change it
 */
export function newRecordLine(given: NewRecord, domain: string, fields: RecordFields): Line {
  const { type, ttl } = given;
  const name = newName(given.name, domain, fields.name);
  checkTtl(ttl, recordType(type)?.smallestTtl, fields.ttl);
  const read = readRecord(type, given.record);
  if (isWrong(read)) throw refused(fields.record, read.wrong);
  const text = formatLine(name, type, ttl, read);
  const { record = given.record } = readLine(text).record ?? {};
  return recordLine(text, { name, type, ttl, record });
}

/** The line of a new forward. @throws InvalidInputError as for a record */
export function newForwardLine(
  {
    name: given,
    type: wanted,
    ttl,
    ...facts
  }: ForwardFacts & {
    readonly name: string;
    readonly type: string;
    readonly ttl: number;
  },
  domain: string,
  field: string,
): Line {
  const type = readForwardType(wanted, `${field}.type`);
  const name = newName(given, domain, `${field}.name`);
  checkTtl(ttl, SMALLEST_TTL, `${field}.ttl`);
  const read = readForward(type, facts);
  if (isWrong(read)) throw refused(`${field}.${read.field}`, read.wrong);
  const text = formatLine(name, type, ttl, read);
  return forwardLine(text, { name, type, ttl, ...(showForward(type, read) ?? facts) });
}

function readForwardType(type: string, field: string): ForwardType {
  const name = type.toUpperCase();
  if (isForwardType(name)) return name;
  throw refused(field, 'must be URL, FRAME or MAILFW');
}

/** The name of a new record in the zone. @throws InvalidInputError where it is none */
export function newName(name: string, domain: string, field: string): string {
  const read = relativeName(name, domain);
  if (read === undefined) {
    throw refused(field, 'must be a name relative to the zone: www, or @ for the zone itself');
  }
  // It would be a name like www.example.com.example.com, which nobody means.
  if (`.${read}`.endsWith(`.${domain}`)) {
    throw refused(field, `must be relative to the zone, without ${domain} at its end`);
  }
  return read;
}

function checkTtl(ttl: number, smallest = SMALLEST_TTL, field: string): void {
  if (ttl >= smallest && ttl <= LARGEST_TTL) return;
  throw refused(field, `must be from ${smallest} to ${LARGEST_TTL} seconds`);
}

/** A record as a caller writes it, and as it is shown. */
export function spellingsOf(type: TypeName, record: string): ReadonlySet<string> {
  const read = readRecord(type, record);
  const shown = isWrong(read) ? undefined : readLine(formatLine('@', type, 0, read)).record;
  return new Set([record, ...(shown ? [shown.record] : [])]);
}

/** The refusal of what a caller wrote there. */
export function refused(field: string, wrong: string): InvalidInputError {
  return new InvalidInputError(field, `${field} ${wrong}.`);
}

/**
 * What a record says once it is there. A router's address stays: a DYNA that is there already keeps what
 * it has now.
 *
 * @throws InvalidInputError where the address that is not taken is none
 */
export function recordAsKept(
  type: TypeName,
  record: string,
  { there, field }: { readonly there: readonly Line[]; readonly field: string },
): string {
  const address = isDynamic(type) ? there[0]?.record?.record : undefined;
  if (address === undefined || address === record) return record;
  const read = readRecord(type, record);
  if (isWrong(read)) throw refused(field, read.wrong);
  return address;
}
