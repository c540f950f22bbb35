import type { Action } from '../../shared/action.ts';
import { asking, type BadRequest, base64, CANARY, type Loose, own } from './bad-request.ts';
import { parametersOf, sampleOf, validInput } from './valid-input.ts';

const LONG_NAME = 'x'.repeat(5000);
/** How much of an unknown name is told. */
const TOLD = 64;

const STRANGE_NAMES: readonly string[] = [
  'no-such-parameter',
  'auth-sid',
  'api-key',
  'username',
  'Status-Code',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '',
  ' ',
  '0',
  '-1',
  'null',
  'имя',
  '😀',
  '\0',
  'a\r\nauth-sid: b',
  'a&auth-sid',
  '<script>',
  '$where',
  LONG_NAME,
];

/** Names that an action does not know, among others that it does. */
export function unknownNames(action: Action): BadRequest[] {
  const known = Object.keys(parametersOf(action));
  const similar = known.flatMap((name) => [
    name.toUpperCase(),
    name.toLowerCase(),
    ` ${name}`,
    `${name} `,
    `${name}[]`,
    `${name}\0`,
    `${name}.x`,
  ]);
  const good = validInput(action);
  const names = new Set([...STRANGE_NAMES, ...similar].filter((name) => !known.includes(name)));
  return [...names].map((name) => ({
    what: `an unknown name, ${name === LONG_NAME ? 'a long one' : JSON.stringify(name)}`,
    event: asking(action, { ...good, ...own(name, CANARY) }),
    field: name.slice(0, TOLD),
  }));
}

/** Parameters that are good, and stand where the method does not have them. */
export function wrongPlaces(action: Action): BadRequest[] {
  const { method } = action;
  const good = asking(action, validInput(action));
  if (method === 'POST') {
    const names = new Set([...Object.keys(parametersOf(action)), 'x', '__proto__', '']);
    return [...names].flatMap((field) => [
      { what: `${field} in the query`, event: { ...good, ...inQuery(field, CANARY) }, field },
      {
        what: `${field} in the query, many-valued alone`,
        event: { ...good, multiValueQueryStringParameters: own(field, [CANARY]) },
        field,
      },
    ]);
  }
  const bodies = ['{}', 'null', '[]', CANARY, JSON.stringify(validInput(action)), '\ufeff', '\0'];
  return bodies.flatMap((body) => [
    { what: `the body ${JSON.stringify(body)}`, event: { ...good, body }, field: 'body' },
    {
      what: `the body ${JSON.stringify(body)} in base64`,
      event: { ...good, body: base64(body), isBase64Encoded: true },
      field: 'body',
    },
  ]);
}

function inQuery(name: string, value: unknown): Loose {
  return asking({ method: 'GET' }, own(name, value));
}

/** Parameters that are given more than once, or in a form that is none. */
export function repeated(action: Action): BadRequest[] {
  const names = [...Object.keys(parametersOf(action)), 'x', '__proto__'];
  return names.flatMap((name) => {
    const known = Object.hasOwn(parametersOf(action), name);
    const value = known ? sampleOf(action, name) : '7';
    return action.method === 'GET' ? inQueryTwice(name, value) : inBodyTwice(name, value);
  });
}

function inQueryTwice(field: string, value: unknown): BadRequest[] {
  const many = (values: unknown) => ({ multiValueQueryStringParameters: own(field, values) });
  const one = { queryStringParameters: own(field, value) };
  const cases: [what: string, event: Loose][] = [
    ['twice', { ...one, ...many([value, value]) }],
    ['with two values', { ...one, ...many([CANARY, value]) }],
    ['with two values, many-valued alone', many([value, CANARY])],
    ['a thousand times', many(Array(1000).fill(value))],
    ['no times', many([])],
    ['no times beside once', { ...one, ...many([]) }],
    ['in contradiction', { ...one, ...many([CANARY]) }],
    ['as a list in a list', many([[value]])],
    ['as an object in a list', many([{ 0: value }])],
    ['as null in a list', many([null])],
    ['as null', many(null)],
    ['as two in the map of one', { queryStringParameters: own(field, [value, CANARY]) }],
  ];
  return cases.map(([what, event]) => ({ what: `${field} ${what}`, event, field }));
}

function inBodyTwice(field: string, value: unknown): BadRequest[] {
  const [key, good] = [JSON.stringify(field), JSON.stringify(value)];
  const escaped = `"\\u${field.charCodeAt(0).toString(16).padStart(4, '0')}${field.slice(1)}"`;
  const bodies: [what: string, body: string][] = [
    ['twice', `{${key}:${good},${key}:${good}}`],
    ['twice with two values', `{${key}:${good},${key}:"${CANARY}"}`],
    ['twice with a bad value first', `{${key}:null,${key}:${good}}`],
    ['twice with others between', `{${key}:${good},"${CANARY}":{},${key}:${good}}`],
    ['twice, once with an escape', `{${key}:${good},${escaped}:${good}}`],
    ['twice with blanks', ` { ${key} : ${good} ,\r\n\t${key} : ${good} } `],
    ['with a key twice inside', `{${key}:{"a":"${CANARY}","a":1}}`],
    ['with a key twice far inside', `{${key}:[{},{"b":[{"a":1,"a":"${CANARY}"}]}]}`],
  ];
  return bodies.flatMap(([what, body]) => [
    { what: `${field} ${what}`, event: { body }, field },
    {
      what: `${field} ${what}, in base64`,
      event: { body: base64(body), isBase64Encoded: true },
      field,
    },
  ]);
}
