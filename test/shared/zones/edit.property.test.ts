import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { action } from '../../../shared/actions/dns-zone-put.ts';
import { compare } from '../../../shared/zones/diff.ts';
import { type PatchInput, patchZone } from '../../../shared/zones/patch.ts';
import { replaceZone } from '../../../shared/zones/replace.ts';
import { viewZone } from '../../../shared/zones/zone.ts';
import { anyLines } from './any-zone.ts';
import { DOMAIN, type Edited, patch, put, refusedField, zoneOf } from './editing.ts';
import {
  fullRrSets,
  type ModelLine,
  modelLines,
  type Outcome,
  patched,
  patches,
  replaced,
} from './model.ts';

/** More, to search after a change: CASES=100000. */
const CASES = Number(process.env.CASES ?? 1000);

/** What the zone comes to, as the model tells it. */
function outcomeOf(edit: () => Edited): { stays: readonly string[]; isNew: string[] } | 'refused' {
  let edited: Edited | undefined;
  const field = refusedField(() => {
    edited = edit();
  });
  if (field !== undefined) return 'refused';
  return { stays: edited?.stays ?? [], isNew: [...(edited?.isNew ?? [])].sort() };
}

function textsOf(outcome: Outcome | 'refused') {
  return outcome === 'refused'
    ? outcome
    : { stays: outcome.stays.map(({ text }) => text), isNew: outcome.isNew };
}

const texts = (lines: readonly ModelLine[]) => lines.map(({ text }) => text);

test('a patch changes RRsets as the model does', () => {
  const property = fc.property(modelLines, patches, (lines, input) => {
    expect(outcomeOf(() => patch(texts(lines), input))).toEqual(textsOf(patched(lines, input)));
  });
  fc.assert(property, { numRuns: CASES });
});

test('a zone is replaced as by the model', () => {
  const property = fc.property(modelLines, fullRrSets, (lines, rrsets) => {
    const found = outcomeOf(() => put(texts(lines), { rrsets }));
    expect(found).toEqual(textsOf(replaced(lines, rrsets)));
  });
  fc.assert(property, { numRuns: CASES });
});

test('a zone that is put as it was got has not changed, whatever is in it', () => {
  const property = fc.property(anyLines, fc.boolean(), (lines, isWhole) => {
    const zone = zoneOf(lines);
    const { rrsets, forwards, dynDns, other } = JSON.parse(JSON.stringify(viewZone(zone)));
    const body = { rrsets, forwards, ...(isWhole && { dynDns, other }) };
    const read = action.input.safeParse({ domain: DOMAIN, ...body });
    expect(read.error?.issues).toBeUndefined();
    const edited = replaceZone(zone, DOMAIN, body);
    expect(edited.map(({ line }) => line)).toEqual(zone.lines);
    expect(edited.some(({ place }) => place)).toBe(false);
    const { added, removed } = compare(
      zone.lines,
      edited.map(({ line }) => line),
    );
    expect([...added, ...removed]).toEqual([]);
  });
  fc.assert(property, { numRuns: CASES });
});

test('a put without some of it keeps the rest byte for byte, and in its order', () => {
  const property = fc.property(anyLines, fc.infiniteStream(fc.boolean()), (lines, stays) => {
    const zone = zoneOf(lines);
    const { rrsets, forwards, other } = viewZone(zone);
    const some = <T>(all: readonly T[]) => all.filter(() => stays.next().value);
    const kept = rrsets.map((rrset) => ({ ...rrset, records: some(rrset.records) }));
    const body = { rrsets: kept, forwards: some(forwards), other: some(other) };
    const edited = replaceZone(zone, DOMAIN, body).map(({ line }) => line);
    expect(edited).toEqual(zone.lines.filter((line) => edited.includes(line)));
    const records = kept.flatMap((rrset) => rrset.records).length;
    const isShown = ({ kind }: (typeof edited)[number]) =>
      kind === 'record' || kind === 'forward' || kind === 'other';
    expect(edited.filter(isShown)).toHaveLength(records + body.forwards.length + body.other.length);
    expect(edited.filter((line) => !isShown(line))).toEqual(
      zone.lines.filter((line) => !isShown(line)),
    );
  });
  fc.assert(property, { numRuns: CASES });
});

test('a patch leaves alone what it does not name, whatever that is', () => {
  const property = fc.property(anyLines, patches, (lines, input) => {
    const zone = zoneOf(lines);
    let edited: ReturnType<typeof patchZone> = [];
    if (refusedField(() => (edited = patchZone(zone, DOMAIN, input))) !== undefined) return;
    const isNamed = namedBy(input);
    const others = zone.lines.filter((line) => !isNamed(line.record));
    expect(edited.map(({ line }) => line).filter((line) => others.includes(line))).toEqual(others);
  });
  fc.assert(property, { numRuns: CASES });
});

test('an RRset that is set once more changes nothing', () => {
  const property = fc.property(modelLines, patches, (lines, { set = [] }) => {
    let first: Edited | undefined;
    if (refusedField(() => (first = patch(texts(lines), { set }))) !== undefined || !first) return;
    if (first.lines.join('') === '') return;
    expect(patch(first.lines, { set })).toMatchObject({ lines: first.lines, isNew: [] });
  });
  fc.assert(property, { numRuns: CASES });
});

function namedBy({ set = [], remove = [], add = [] }: PatchInput) {
  const named = new Set([...set, ...remove, ...add].map(({ name, type }) => `${name} ${type}`));
  return (record: { name: string; type: string } | undefined) =>
    record !== undefined && named.has(`${record.name} ${record.type}`);
}
