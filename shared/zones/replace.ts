import { changeDynDns, type DynDnsInput } from './dyn-dns.ts';
import { type Addition, type EditedLine, edit } from './edit.ts';
import type { Forward } from './forward.ts';
import { isWrong } from './judged.ts';
import { newForwardLine, refused } from './new-record.ts';
import type { RrSetInput } from './patch.ts';
import { judgeNew } from './rules.ts';
import { meantRrSet, nameIn, type Present, present, wantRecord } from './wanted.ts';
import { textOf, type Zone } from './zone.ts';
import { forwardLine, type Line, readLine } from './zone-line.ts';

/** A forward as a caller writes it. */
export interface ForwardInput extends Omit<Forward, 'type' | 'ttl'> {
  readonly type: string;
  /** Seconds. @default 60 */
  readonly ttl?: number | undefined;
}

export interface PutInput {
  readonly rrsets: readonly RrSetInput[];
  readonly forwards: readonly ForwardInput[];
  readonly dynDns?: DynDnsInput | undefined;
  readonly other?: readonly string[] | undefined;
}

/** The registrar takes 60 whatever a forward says. */
const FORWARD_TTL = 60;

/**
 * Makes a zone of what a caller wants. What is there already keeps its line and its place; settings
 * stay, and so does what is left out of `dynDns` and `other`.
 *
 * @throws InvalidInputError naming the record that cannot be written
 */
export function replaceZone(zone: Zone, domain: string, input: PutInput): EditedLine[] {
  const there = present(zone, domain);
  const wanted = new Map<string, number>();
  const additions = new Map<string, Addition>();
  const want = (lines: readonly Line[], addition: Addition | undefined) => {
    const key = (lines[0] ?? addition?.line)?.key ?? '';
    wanted.set(key, (wanted.get(key) ?? 0) + 1);
    if (addition && !additions.has(key)) additions.set(key, addition);
  };
  for (const [i, { records, ...rrset }] of input.rrsets.entries()) {
    const at = `rrsets[${i}]`;
    const fields = { name: `${at}.name`, type: `${at}.type`, ttl: `${at}.ttl` };
    meantRrSet(there, rrset, fields);
    for (const [j, record] of records.entries()) {
      const place = { ...fields, record: `${at}.records[${j}]` };
      const found = wantRecord(there, { ...rrset, record }, place);
      want(found.there, found.addition);
    }
  }
  for (const [i, forward] of input.forwards.entries()) {
    const found = wantForward(there, forward, `forwards[${i}]`);
    want(found.there, found.addition);
  }
  for (const [i, text] of (input.other ?? []).entries()) {
    const { key } = readLine(text);
    if (!there.withKey(key).some(({ kind }) => kind === 'other')) {
      throw refused(`other[${i}]`, 'is no line of the zone: others can only be left out');
    }
    want(there.withKey(key), undefined);
  }
  const goes = leftOut(there, wanted, input.other !== undefined);
  const lines = edit(zone, goes, [...additions.values()]);
  judgeNew(lines);
  return input.dynDns === undefined ? lines : withDynDns(lines, input.dynDns);
}

function wantForward({ domain, withKey }: Present, forward: ForwardInput, field: string) {
  const { name: given, type: word, ttl = FORWARD_TTL, ...facts } = forward;
  const name = nameIn(given, domain);
  const type = word.toUpperCase() as Forward['type'];
  const asGiven = withKey(forwardLine('', { name, type, ttl, ...facts }).key);
  if (asGiven.length > 0) return { there: asGiven };
  const line = newForwardLine({ name: given, type: word, ttl, ...facts }, domain, field);
  const there = withKey(line.key);
  if (there.length > 0) return { there };
  const place = { record: `${field}.target`, ttl: `${field}.ttl` };
  return { there, addition: { line, place } };
}

/** What is not wanted, or not so often. */
function leftOut({ lines }: Present, wanted: Map<string, number>, judgesOther: boolean): Set<Line> {
  const goes = new Set<Line>();
  for (const line of lines) {
    const isJudged =
      line.record !== undefined ||
      line.forward !== undefined ||
      (judgesOther && line.kind === 'other');
    if (!isJudged) continue;
    const left = wanted.get(line.key) ?? 0;
    if (left === 0) goes.add(line);
    wanted.set(line.key, Math.max(0, left - 1));
  }
  return goes;
}

function withDynDns(lines: readonly EditedLine[], input: DynDnsInput): EditedLine[] {
  const texts = lines.map(({ line }) => line);
  const changed = changeDynDns(textOf(texts, 'dynDns'), input);
  if (isWrong(changed)) throw refused(`dynDns.${changed.field}`, changed.wrong);
  if (changed.line === undefined || changed.line === textOf(texts, 'dynDns')) return [...lines];
  const line = readLine(changed.line);
  const at = texts.findIndex(({ kind }) => kind === 'dynDns');
  if (at >= 0) return lines.with(at, { line });
  const dnssec = texts.findIndex(({ kind }) => kind === 'dnssec');
  return lines.toSpliced(dnssec + 1, 0, { line });
}
