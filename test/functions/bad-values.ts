import type { Action } from '../../shared/action.ts';
import { asking, type BadRequest, CANARY } from './bad-request.ts';
import { type ParameterSchema, parametersOf, validInput } from './valid-input.ts';

/** A value that is none, and where in the parameter it is wrong. */
export interface BadValue {
  readonly what: string;
  readonly value: unknown;
  /** As it follows the parameter's name, such as `[0].keyTag`. @default nothing */
  readonly at?: string;
}

/** What no text may hold, wherever it stands. */
const NEVER_IN_TEXT: readonly (readonly [what: string, text: string])[] = [
  ['a null byte', '\0'],
  ['a line feed', '\n'],
  ['a carriage return', '\r'],
  ['another header', `\r\nAuth-Sid: ${CANARY}\r\n`],
  ['another reply', `\n\nStatus-Code: 0\n\n${CANARY}`],
  ['a TAB', '\t'],
  ['an escape sequence', '\u001b[2J'],
  ['a backspace', '\b'],
  ['a DEL', '\u007f'],
  ['a NEL', '\u0085'],
  ['a line separator', '\u2028'],
  ['a paragraph separator', '\u2029'],
  ['what is left of broken UTF-8', '\ufffd'],
  ['an overlong null byte', '\u00c0\u0080'],
  ['an overlong slash, decoded byte by byte', '\u00e0\u0080\u00af'],
  ['a high surrogate', '\ud800'],
  ['a low surrogate', '\udfff'],
  ['two surrogates in the wrong order', '\udc00\ud800'],
];

/** What only a text without a form of its own may hold. */
const NEVER_IN_WORD: readonly (readonly [what: string, text: string])[] = [
  ['another parameter', `&auth-sid=${CANARY}`],
  ['another parameter, encoded', `%26auth-sid%3d${CANARY}`],
  ['a blank', ` ${CANARY}`],
  ['a wildcard', '*'],
  ['a letter of another script', 'ж'],
  ['a digit of another script', '٣'],
  ['a full-width digit', '７'],
  ['an emoji', '😀'],
  ['a byte order mark', '\ufeff'],
  ['a zero-width space', '\u200b'],
  ['a template', `\${${CANARY}}`],
];

const OF_EACH_TYPE: readonly (readonly [type: string, value: unknown])[] = [
  ['null', null],
  ['boolean', true],
  ['boolean', false],
  ['number', 7],
  ['number', -0.5],
  ['number', 31337e300],
  ['string', ''],
  ['string', CANARY],
  ['array', []],
  ['array', [CANARY]],
  ['array', [['7']]],
  ['object', {}],
  ['object', { toString: CANARY }],
  ['object', { $ne: CANARY }],
];

/** Each parameter of an action with values that it must refuse, among others that are good. */
export function badValues(action: Action): BadRequest[] {
  return Object.entries(parametersOf(action)).flatMap(([name, schema]) => {
    const good = validInput(action, name);
    const isFirst = isFirstOfItsKind(`${action.name} ${name}`, schema);
    const isOfZone = action.group === 'zones' && JUDGED_LATER.includes(name);
    const judged = isOfZone ? withAnyText(schema) : schema;
    const all = badFor(judged, good[name], action.method === 'GET');
    return all
      .filter((_, i) => isFirst || i % THINNED === 0)
      .map(({ what, value, at = '' }) => ({
        what: `${name}${at} is ${what}`,
        event: asking(action, { ...good, [name]: value }),
        field: `${name}${at}`.slice(0, TOLD),
      }));
  });
}

/** Their texts are judged beside the zone: what is there already may be odd. */
const JUDGED_LATER = ['rrsets', 'set', 'add', 'remove', 'forwards', 'dynDns', 'other'];

function withAnyText(schema: ParameterSchema): ParameterSchema {
  const { items, properties = {} } = schema;
  const loosened = Object.entries(properties).map(([name, it]) => [name, withAnyText(it)]);
  return {
    ...schema,
    pattern: '',
    properties: Object.fromEntries(loosened),
    ...(items && { items: withAnyText(items) }),
  };
}

/** How much of a name is told. */
const TOLD = 64;
/** Of what is the same in many actions, the second and later ones are tried with one in so many. */
const THINNED = 12;
const firstOfKind = new Map<string, string>();

function isFirstOfItsKind(parameter: string, schema: ParameterSchema): boolean {
  const kind = JSON.stringify(schema);
  const first = firstOfKind.get(kind) ?? parameter;
  firstOfKind.set(kind, first);
  return first === parameter;
}

/** @param isQuery whether it stands in a query string, which holds nothing but texts */
function badFor(schema: ParameterSchema, good: unknown, isQuery: boolean): BadValue[] {
  const types = isQuery ? ['string'] : typesOf(schema);
  return [
    ...ofAnotherType(types),
    ...(typeof good === 'string' && types.includes('string') ? badTexts(schema, good) : []),
    ...(schema.type === 'integer' ? badNumbers(schema) : []),
    ...(Array.isArray(good) ? badItems(schema, good) : []),
    ...(schema.type === 'object' ? badProperties(schema, good) : []),
  ];
}

function typesOf({ type, anyOf = [] }: ParameterSchema): string[] {
  return [...(type === undefined ? [] : [type].flat()), ...anyOf.flatMap(typesOf)];
}

function ofAnotherType(types: readonly string[]): BadValue[] {
  if (types.length === 0) return [];
  const isOne = (it: string) =>
    types.includes(it) || (it === 'number' && types.includes('integer'));
  return OF_EACH_TYPE.filter(([it]) => !isOne(it)).map(([it, value]) => ({
    what: `of type ${it}: ${JSON.stringify(value)}`,
    value,
  }));
}

function badNumbers({ minimum = 0, maximum = 0 }: ParameterSchema): BadValue[] {
  const numbers = [minimum - 1, maximum + 1, 0.5, 31337e300, -31337e300];
  return numbers.map((value) => ({ what: `the number ${value}`, value }));
}

/** Lists too short and too long, and each with one item that is none behind those that are good. */
function badItems({ items, minItems = 0, maxItems }: ParameterSchema, good: unknown[]): BadValue[] {
  const [first] = good;
  const tooLong = Array.from({ length: (maxItems ?? 0) + 1 }, () => first);
  const ofItem = badFor(narrowed(items, first), first, false);
  return [
    ...(minItems > 0 ? [{ what: 'an empty list', value: [] }] : []),
    ...(maxItems === undefined ? [] : [{ what: 'a list too long', value: tooLong }]),
    ...ofItem.map(({ what, value, at = '' }) => ({
      what,
      value: [...good, value],
      at: `[${good.length}]${at}`,
    })),
  ];
}

function badProperties({ properties = {} }: ParameterSchema, good: unknown): BadValue[] {
  const known = Object.entries(Object(good));
  return [
    { what: 'unknown', value: { ...Object(good), other: CANARY }, at: '.other' },
    ...known.flatMap(([name, value]) =>
      badFor(properties[name] ?? {}, value, false).map((bad) => ({
        what: bad.what,
        value: { ...Object(good), [name]: bad.value },
        at: `.${name}${bad.at ?? ''}`,
      })),
    ),
  ];
}

/** Of several forms, the one that a good value has. */
function narrowed(schema: ParameterSchema | undefined, good: unknown): ParameterSchema {
  const names = Object.keys(Object(good)).join();
  const form = schema?.anyOf?.find(
    ({ properties = {} }) => Object.keys(properties).join() === names,
  );
  return form ?? schema ?? {};
}

/** What a text of no form of its own, or of a form that lets it pass, may hold is left out. */
function badTexts(schema: ParameterSchema, sample: string): BadValue[] {
  const isWord = schema.enum !== undefined || schema.pattern !== undefined;
  const parts = [...NEVER_IN_TEXT, ...(isWord ? NEVER_IN_WORD : [])];
  const holding = parts.flatMap(([what, text]) => [
    { what: `a text that ends in ${what}`, value: sample + text },
    { what: `a text that begins with ${what}`, value: text + sample },
  ]);
  const form = schema.pattern === undefined ? undefined : new RegExp(schema.pattern);
  return [...holding, ...ofBadLength(schema, sample)].filter(({ value }) => !form?.test(value));
}

function ofBadLength(schema: ParameterSchema, sample: string) {
  const { minLength = 0, maxLength, pattern } = schema;
  const isWord = schema.enum !== undefined || pattern !== undefined;
  const limits = isWord ? [10_000] : [];
  if (maxLength !== undefined) limits.push(maxLength + 1, 10_000);
  const tooLong = limits.map((length) => ({
    what: `${length} characters long`,
    value: sample.repeat(Math.ceil(length / sample.length)).slice(0, length),
  }));
  const mayBeEmpty = minLength === 0 && !isWord;
  return mayBeEmpty ? tooLong : [...tooLong, { what: 'empty', value: '' }];
}
