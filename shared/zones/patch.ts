import { type Addition, type EditedLine, edit } from './edit.ts';
import { refused, spellingsOf } from './new-record.ts';
import { isDynamic, type TypeName } from './record-types.ts';
import { judgeNew } from './rules.ts';
import { meantRrSet, type Present, present, wantRecord } from './wanted.ts';
import type { Zone } from './zone.ts';
import { type Line, recordKey } from './zone-line.ts';

/** All records of one name and type. */
export interface RrSetInput {
  readonly name: string;
  readonly type: string;
  /** Seconds. @default that of the RRset, or 3600 */
  readonly ttl?: number | undefined;
  readonly records: readonly string[];
}

export interface PatchInput {
  /** Each replaces its RRset; without records it deletes it. */
  readonly set?: readonly RrSetInput[] | undefined;
  readonly add?:
    | readonly { name: string; type: string; ttl?: number | undefined; record: string }[]
    | undefined;
  /** Without a record it removes the whole RRset. */
  readonly remove?:
    | readonly { name: string; type: string; record?: string | undefined }[]
    | undefined;
}

/**
 * Changes RRsets and leaves all else alone: `set` first, then `remove`, then `add`.
 *
 * @param defaultTtl seconds, where neither the caller nor the RRset says
 * @throws InvalidInputError naming the record that cannot be written
 */
export function patchZone(
  zone: Zone,
  domain: string,
  { set = [], remove = [], add = [] }: PatchInput,
  defaultTtl?: number,
): EditedLine[] {
  const there = present(zone, domain);
  const goes = new Set<Line>();
  const additions = new Map<string, Addition>();
  setRrSets(there, set, goes, additions);
  removeRecords(there, remove, goes, additions);
  addRecords(there, add, { goes, additions, defaultTtl });
  const lines = edit(zone, goes, [...additions.values()]);
  judgeNew(lines);
  return lines;
}

function setRrSets(
  there: Present,
  set: readonly RrSetInput[],
  goes: Set<Line>,
  additions: Map<string, Addition>,
): void {
  const seen = new Set<string>();
  for (const [i, { records, ...given }] of set.entries()) {
    const { name, type, lines } = meantRrSet(there, given, fieldsOf(`set[${i}]`));
    if (seen.has(`${name} ${type}`)) throw refused(`set[${i}].name`, 'is set twice with this type');
    seen.add(`${name} ${type}`);
    for (const line of lines) goes.add(line);
    for (const [j, record] of records.entries()) {
      const fields = { ...fieldsOf(`set[${i}]`), record: `set[${i}].records[${j}]` };
      keep(wantRecord(there, { ...given, record }, fields), goes, additions);
    }
  }
}

/** Without a ttl a record takes that of its RRset as it is by then. */
function addRecords(
  there: Present,
  add: NonNullable<PatchInput['add']>,
  {
    goes,
    additions,
    defaultTtl,
  }: {
    readonly goes: Set<Line>;
    readonly additions: Map<string, Addition>;
    readonly defaultTtl: number | undefined;
  },
): void {
  const newTtls = new Map<string, number>();
  const noteTtl = ({ record }: Line) => {
    if (record) newTtls.set(`${record.name} ${record.type}`, record.ttl);
  };
  for (const { line } of additions.values()) noteTtl(line);
  const ttlsOf: Present['ttls'] = (name, type) => {
    const ttls = there.ttls(name, type);
    const stays = there.rrset(name, type).find((line) => !goes.has(line))?.record?.ttl;
    const fresh = newTtls.get(`${name} ${type}`);
    if (stays === undefined && fresh !== undefined) return [fresh];
    if (stays !== undefined) return [stays, ...ttls];
    return ttls.length > 0 || defaultTtl === undefined ? ttls : [defaultTtl];
  };
  for (const [i, given] of add.entries()) {
    const wanted = wantRecord(there, given, fieldsOf(`add[${i}]`), ttlsOf);
    keep(wanted, goes, additions);
    if (wanted.addition) noteTtl(wanted.addition.line);
  }
}

function removeRecords(
  there: Present,
  remove: NonNullable<PatchInput['remove']>,
  goes: Set<Line>,
  additions: Map<string, Addition>,
): void {
  for (const [i, { record, ...given }] of remove.entries()) {
    const { name, type, lines } = meantRrSet(there, given, fieldsOf(`remove[${i}]`));
    const isWhole = record === undefined || isDynamic(type);
    const spellings = isWhole ? undefined : spellingsOf(type, record);
    const meant = spellings ? linesThatSay(there, name, type, spellings) : lines;
    for (const line of meant) goes.add(line);
    for (const [key, { line }] of additions) {
      const isOne = line.record?.name === name && line.record.type === type;
      if (isOne && spellings?.has(line.record.record) !== false) additions.delete(key);
    }
  }
}

function linesThatSay(
  { ttls, withKey }: Present,
  name: string,
  type: TypeName,
  spellings: ReadonlySet<string>,
): Line[] {
  return ttls(name, type).flatMap((ttl) =>
    [...spellings].flatMap((record) => withKey(recordKey({ name, type, ttl, record }))),
  );
}

function keep(
  { there, addition }: ReturnType<typeof wantRecord>,
  goes: Set<Line>,
  additions: Map<string, Addition>,
): void {
  for (const line of there) goes.delete(line);
  if (addition && !additions.has(addition.line.key)) additions.set(addition.line.key, addition);
}

function fieldsOf(at: string) {
  return { name: `${at}.name`, type: `${at}.type`, ttl: `${at}.ttl`, record: `${at}.record` };
}
