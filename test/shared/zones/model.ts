import fc from 'fast-check';
import type { PatchInput, RrSetInput } from '../../../shared/zones/patch.ts';

/** A line of a zone as the model has it: what it says, and how it is written. */
export interface ModelLine {
  readonly name: string;
  readonly type: string;
  readonly ttl: number;
  readonly record: string;
  readonly text: string;
}

/** What a zone comes to: the lines that stay, in their order, and the records that are new. */
export interface Outcome {
  readonly stays: readonly ModelLine[];
  readonly isNew: readonly string[];
}

type Said = Omit<ModelLine, 'text'>;

const DEFAULT_TTL = 3600;

/** All that a change of a zone does, by lists that are gone through from one end to the other. */
export function patched(lines: readonly ModelLine[], patch: PatchInput): Outcome | 'refused' {
  const gone = new Set<ModelLine>();
  let fresh: Said[] = [];
  const setOf = <T extends Said>(
    all: readonly T[],
    { name, type }: { name: string; type: string },
  ) => all.filter((one) => one.name === name && one.type === type);
  const want = (given: Omit<Said, 'ttl'>, ttls: readonly number[]) => {
    const isDynamic = given.type.startsWith('DYNA');
    const there = setOf(lines, given);
    const record = (isDynamic && there[0]?.record) || given.record;
    const says = (one: Said) => isDynamic || one.record === record;
    for (const ttl of ttls) {
      const found = there.filter((one) => one.ttl === ttl && says(one));
      for (const line of found) gone.delete(line);
      if (found.length > 0) return;
    }
    const ttl = ttls[0] ?? DEFAULT_TTL;
    if (!setOf(fresh, given).some((one) => one.ttl === ttl && says(one))) {
      fresh.push({ ...given, record, ttl });
    }
  };
  const ttlsOf = (all: readonly Said[]) => all.map(({ ttl }) => ttl);

  for (const { records, ttl, ...rrset } of patch.set ?? []) {
    const there = setOf(lines, rrset);
    for (const line of there) gone.add(line);
    for (const record of records) {
      want({ ...rrset, record }, ttl === undefined ? ttlsOf(there) : [ttl]);
    }
  }
  for (const { record, ...rrset } of patch.remove ?? []) {
    const isMeant = (one: Said) =>
      setOf([one], rrset).length > 0 &&
      (record === undefined || rrset.type.startsWith('DYNA') || one.record === record);
    for (const line of lines.filter(isMeant)) gone.add(line);
    fresh = fresh.filter((one) => !isMeant(one));
  }
  for (const { ttl, ...given } of patch.add ?? []) {
    const there = setOf(lines, given);
    const staying = there.filter((line) => !gone.has(line));
    const added = setOf(fresh, given);
    const usual =
      staying.length > 0
        ? [...ttlsOf(staying.slice(0, 1)), ...ttlsOf(there)]
        : added.length > 0
          ? ttlsOf(added.slice(-1))
          : ttlsOf(there);
    want(given, ttl === undefined ? usual : [ttl]);
  }
  return judged(
    lines.filter((line) => !gone.has(line)),
    fresh,
  );
}

/** What becomes of a zone that is replaced by these RRsets. */
export function replaced(
  lines: readonly ModelLine[],
  rrsets: readonly (RrSetInput & { readonly ttl: number })[],
): Outcome | 'refused' {
  const keyOf = ({ name, type, ttl, record }: Said) =>
    [name, type, ttl, type.startsWith('DYNA') ? '' : record].join(' ');
  const wanted = rrsets.flatMap(({ records, ...rrset }) =>
    records.map((record) => {
      const address = lines.find(({ name, type }) => name === rrset.name && type === rrset.type);
      const isKept = rrset.type.startsWith('DYNA') && address !== undefined;
      return { ...rrset, record: isKept ? address.record : record };
    }),
  );
  const left = wanted.map(keyOf);
  const stays = lines.filter((line) => {
    const at = left.indexOf(keyOf(line));
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
  const known = new Set(lines.map(keyOf));
  const fresh = new Map<string, Said>();
  for (const one of wanted) {
    if (!known.has(keyOf(one)) && !fresh.has(keyOf(one))) fresh.set(keyOf(one), one);
  }
  return judged(stays, [...fresh.values()]);
}

function judged(stays: readonly ModelLine[], fresh: readonly Said[]): Outcome | 'refused' {
  const all: readonly Said[] = [...stays, ...fresh];
  const isWrong = fresh.some(({ name, type, ttl }) => {
    const ofName = all.filter((one) => one.name === name);
    const staying = stays.filter((one) => one.name === name && one.type === type);
    const beside = staying.length > 0 ? staying : fresh;
    const ofSet = beside.filter((one) => one.name === name && one.type === type);
    const hasItsTtl = staying.length > 0 ? ofSet.some((one) => one.ttl === ttl) : true;
    const isOneTtl = staying.length > 0 || ofSet.every((one) => one.ttl === ttl);
    const isAlone = ofName.length === 1 || !ofName.some((one) => one.type === 'CNAME');
    return !hasItsTtl || !isOneTtl || !isAlone;
  });
  if (isWrong) return 'refused';
  const isNew = fresh.map((one) => `${one.name} ${one.type} ${one.ttl} ${one.record}`).sort();
  return { stays, isNew };
}

/** Records of a type, and how each can be written in a line. */
const TYPES: Readonly<Record<string, readonly (readonly [record: string, fields: string])[]>> = {
  A: [
    ['192.0.2.1', '0 192.0.2.1'],
    ['192.0.2.2', '0 192.0.2.2'],
    ['192.0.2.2', '00  192.0.2.2'],
    ['192.0.2.3', '0 192.0.2.3'],
  ],
  CNAME: [
    ['a.example.', '0 a.example.'],
    ['a.example.', '0 A.example'],
    ['b.example.', '0 b.example.'],
  ],
  TXT: [
    ['v', '0 "v"'],
    ['v', '0\t"v"'],
    ['w "x" y', '0 "w "x" y"'],
    ['', '0 ""'],
  ],
  DYNA: [
    ['192.0.2.1', '0 192.0.2.1'],
    ['192.0.2.2', '0 192.0.2.2'],
  ],
};

const names = fc.constantFrom('a', 'b', '@');
const types = fc.constantFrom('A', 'A', 'A', 'TXT', 'CNAME', 'DYNA');
const ttls = fc.constantFrom(60, 60, 60, 300);
const recordsOf = (type: string) => fc.constantFrom(...(TYPES[type] ?? []));

const modelLine: fc.Arbitrary<ModelLine> = fc.tuple(names, types, ttls).chain(([name, type, ttl]) =>
  recordsOf(type).map(([record, fields]) => {
    const text = `${name} ${type} ${fields} ${ttl}`;
    return { name, type, ttl, record, text };
  }),
);

export const modelLines = fc.array(modelLine, { maxLength: 8 });

const given = fc.tuple(names, types).map(([name, type]) => ({ name, type }));
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined });
const recordOf = (type: string) => recordsOf(type).map(([record]) => record);

export const rrSets = (ttl: fc.Arbitrary<number | undefined> = maybe(ttls)) =>
  fc.array(
    given.chain((rrset) =>
      fc.record({
        name: fc.constant(rrset.name),
        type: fc.constant(rrset.type),
        ttl,
        records: fc.array(recordOf(rrset.type), { maxLength: 3 }),
      }),
    ),
    { maxLength: 3 },
  );

/** Wholly given ones: what a caller gets is what it sends. */
export const fullRrSets = rrSets(ttls) as fc.Arbitrary<(RrSetInput & { readonly ttl: number })[]>;

export const patches: fc.Arbitrary<PatchInput> = fc.record({
  set: rrSets().map((all) => [
    ...new Map(all.map((one) => [`${one.name} ${one.type}`, one])).values(),
  ]),
  remove: fc.array(
    given.chain((rrset) =>
      maybe(recordOf(rrset.type)).map((record) =>
        record === undefined ? rrset : { ...rrset, record },
      ),
    ),
    { maxLength: 2 },
  ),
  add: fc.array(
    given.chain((rrset) =>
      fc
        .tuple(recordOf(rrset.type), maybe(ttls))
        .map(([record, ttl]) => ({ ...rrset, record, ttl })),
    ),
    { maxLength: 3 },
  ),
});
