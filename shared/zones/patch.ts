import { type Addition, type EditedLine, edit } from './edit.ts';
import { readType, refused, spellingsOf } from './new-record.ts';
import { isDynamic } from './record-types.ts';
import { judgeNew } from './rules.ts';
import { nameIn, type Present, present, wantRecord } from './wanted.ts';
import type { Zone } from './zone.ts';
import type { Line } from './zone-line.ts';

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
  for (const [i, given] of add.entries()) {
    const wanted = wantRecord(there, given, fieldsOf(`add[${i}]`), defaultTtl);
    keep(wanted, goes, additions);
  }
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
  for (const [i, { name: given, type: word, ttl, records }] of set.entries()) {
    const name = nameIn(given, there.domain);
    const type = readType(word, `set[${i}].type`);
    if (seen.has(`${name} ${type}`)) throw refused(`set[${i}].name`, 'has this RRset twice');
    seen.add(`${name} ${type}`);
    for (const line of there.rrset(name, type)) goes.add(line);
    for (const [j, record] of records.entries()) {
      const fields = { ...fieldsOf(`set[${i}]`), record: `set[${i}].records[${j}]` };
      keep(wantRecord(there, { name: given, type, ttl, record }, fields), goes, additions);
    }
  }
}

function removeRecords(
  { rrset, domain }: Present,
  remove: NonNullable<PatchInput['remove']>,
  goes: Set<Line>,
  additions: Map<string, Addition>,
): void {
  for (const [i, { name: given, type: word, record }] of remove.entries()) {
    const name = nameIn(given, domain);
    const type = readType(word, `remove[${i}].type`);
    const spellings =
      record === undefined || isDynamic(type) ? undefined : spellingsOf(type, record);
    const isMeant = ({ record: found }: Line) =>
      found?.name === name &&
      found.type === type &&
      (spellings === undefined || spellings.has(found.record));
    for (const line of rrset(name, type)) if (isMeant(line)) goes.add(line);
    for (const [key, { line }] of additions) if (isMeant(line)) additions.delete(key);
  }
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
