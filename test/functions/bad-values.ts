import type { Action } from '../../shared/action.ts';
import { asking, type BadRequest, CANARY } from './bad-request.ts';
import { type ParameterSchema, parametersOf, validInput } from './valid-input.ts';

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
    const values = [
      ...ofAnotherType(action, schema),
      ...(schema.type === 'string' ? badTexts(schema, String(good[name])) : []),
    ];
    return values.map(([what, value]) => ({
      what: `${name} is ${what}`,
      event: asking(action, { ...good, [name]: value }),
      field: name,
    }));
  });
}

/** Whatever a query string holds is a text. */
function ofAnotherType({ method }: Action, { type }: ParameterSchema): [string, unknown][] {
  const expected = method === 'GET' ? 'string' : type;
  if (expected === undefined) return [];
  const isExpected = (it: string) => it === expected || (it === 'number' && expected === 'integer');
  return OF_EACH_TYPE.filter(([it]) => !isExpected(it)).map(([it, value]) => [
    `of type ${it}: ${JSON.stringify(value)}`,
    value,
  ]);
}

function badTexts(schema: ParameterSchema, sample: string): [string, string][] {
  const isWord = schema.enum !== undefined || schema.pattern !== undefined;
  const parts = [...NEVER_IN_TEXT, ...(isWord ? NEVER_IN_WORD : [])];
  const holding = parts.flatMap(([what, text]): [string, string][] => [
    [`a text that ends in ${what}`, sample + text],
    [`a text that begins with ${what}`, text + sample],
  ]);
  return [...holding, ...ofBadLength(schema, sample)];
}

function ofBadLength(schema: ParameterSchema, sample: string): [string, string][] {
  const { minLength = 0, maxLength, pattern } = schema;
  const isWord = schema.enum !== undefined || pattern !== undefined;
  const limits = isWord ? [10_000] : [];
  if (maxLength !== undefined) limits.push(maxLength + 1, 10_000);
  const tooLong = limits.map((length): [string, string] => [
    `${length} characters long`,
    sample.repeat(Math.ceil(length / sample.length)).slice(0, length),
  ]);
  const mayBeEmpty = minLength === 0 && !(isWord && !new RegExp(pattern ?? '.').test(''));
  return mayBeEmpty ? tooLong : [...tooLong, ['empty', '']];
}
