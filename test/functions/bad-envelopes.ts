import { gzipSync } from 'node:zlib';
import type { Action } from '../../shared/action.ts';
import { asking, type BadRequest, base64, CANARY, type Loose } from './bad-request.ts';
import { validInput } from './valid-input.ts';

/** Values of a field of the event that API Gateway would never write there. */
const ODD: readonly unknown[] = [false, true, 0, 7, [], [CANARY]];

/** Requests of which a part of the event itself is of no form. */
export function badEnvelopes(action: Action): BadRequest[] {
  const good = asking(action, validInput(action));
  return [
    ...[...ODD, '', CANARY].flatMap((odd) => [
      {
        what: `the query is ${JSON.stringify(odd)}`,
        event: { ...good, queryStringParameters: odd },
        field: 'queryStringParameters',
      },
      {
        what: `the many-valued query is ${JSON.stringify(odd)}`,
        event: { ...good, multiValueQueryStringParameters: odd },
        field: 'queryStringParameters',
      },
    ]),
    ...[...ODD, {}, { toString: CANARY }].map((odd) => ({
      what: `the body is no text: ${JSON.stringify(odd)}`,
      event: { ...good, body: odd },
      field: 'body',
    })),
  ];
}

const NO_OBJECTS = [
  'null',
  'true',
  'false',
  '7',
  '-1.5e300',
  '1e999',
  `"${CANARY}"`,
  '""',
  '[]',
  '[{}]',
  `[{"${CANARY}":1,"${CANARY}":2}]`,
];

const NO_JSON = [
  '{',
  '}',
  '{}{}',
  '{},',
  '[}',
  '{"a"}',
  '{"a":}',
  '{"a":1,}',
  '{a:1}',
  `{'${CANARY}':1}`,
  '{"a":NaN}',
  '{"a":Infinity}',
  '{"a":undefined}',
  '{"a":0x10}',
  '{"a":01}',
  '{"a":+1}',
  '{"a":1.}',
  '{"a":"\t"}',
  '{"a":"\0"}',
  '{"a":"\\x41"}',
  '{"a":"\\u12"}',
  `{"a":"${CANARY}`,
  `{}//${CANARY}`,
  `/**/{}`,
  '\ufeff{}',
  '\ufeff',
  '\u00a0',
  '\u2028',
  '\0',
  `svTrId=${CANARY}`,
  `<xml>${CANARY}</xml>`,
  `--${CANARY}\r\nContent-Disposition: form-data; name="svTrId"\r\n\r\n7\r\n--${CANARY}--`,
  '['.repeat(100_000),
  '{"a":'.repeat(100_000),
  `{"a":"${'x'.repeat(1_000_000)}`,
];

const NO_TEXT: readonly (readonly [what: string, bytes: Uint8Array])[] = [
  ['no UTF-8', Uint8Array.of(0xff, 0xfe)],
  ['an overlong brace', Uint8Array.of(0xc1, 0xbb, 0x7d)],
  ['an overlong null byte in a key', Buffer.from('{"a\xc0\x80":1}', 'latin1')],
  ['an overlong slash', Buffer.from('{"a":"\xe0\x80\xaf"}', 'latin1')],
  ['a surrogate', Buffer.from('{"a":"\xed\xa0\x80"}', 'latin1')],
  ['beyond Unicode', Buffer.from('{"a":"\xf4\x90\x80\x80"}', 'latin1')],
  ['a letter cut in half', Buffer.from('{"a":"\xc3', 'latin1')],
  ['Latin-1', Buffer.from(`{"a":"ü${CANARY}"}`, 'latin1')],
  ['UTF-16', Buffer.from('{}', 'utf16le')],
  ['a byte order mark', Buffer.from('\ufeff{}')],
  ['compressed', gzipSync('{}')],
];

/** Bodies of a POST that are no JSON object, or cannot be read at all. */
export function badBodies(action: Action): BadRequest[] {
  if (action.method !== 'POST') return [];
  const good = JSON.stringify(validInput(action));
  const encoded = base64(`${good}${' '.repeat((4 - (good.length % 3)) % 3)}`);
  const wrong = [
    ...[...NO_OBJECTS, ...NO_JSON].flatMap((body) => [
      { body },
      { body: base64(body), isBase64Encoded: true },
    ]),
    ...NO_TEXT.map(([, bytes]) => ({ body: base64(bytes), isBase64Encoded: true })),
    ...brokenBase64(good, encoded),
  ];
  return wrong.map((event) => ({ what: describe(event), event, field: 'body' }));
}

function brokenBase64(good: string, encoded: string): Loose[] {
  const texts = [
    good,
    encoded.replace(/=+$/, ''),
    `${encoded.replace(/=+$/, '')}===`,
    `${encoded}${CANARY}`,
    `!${encoded}`,
    `${encoded}\n`,
    ` ${encoded}`,
    encoded.replace(/(..)/g, '$1\r\n'),
    `${encoded}${encoded}`,
    '=',
    '====',
    base64('{"a":"???>>>"}').replaceAll('/', '_').replaceAll('+', '-'),
  ];
  return [
    ...texts.map((body) => ({ body, isBase64Encoded: true })),
    ...[undefined, null, false, 0, ''].map((flag) => ({ body: encoded, isBase64Encoded: flag })),
    ...['false', 1, {}, []].map((flag) => ({ body: good, isBase64Encoded: flag })),
  ];
}

function describe(event: Loose): string {
  const text = JSON.stringify(event);
  return text.length > 100 ? `${text.slice(0, 100)}… (${text.length} characters)` : text;
}
