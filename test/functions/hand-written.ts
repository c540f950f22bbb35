import { type BadRequest, base64, type Loose } from './bad-request.ts';

const query = (queryStringParameters: Loose): Loose => ({ queryStringParameters });
const body = (text: string): Loose => ({ body: text });

const LIST: readonly (readonly [field: string, ...values: string[]])[] = [
  ['pending', 'TRUE', '1', 'yes', 'true,true', 'true '],
  ['showAll', 'False', '0', 'null', 'undefined'],
  ['countOnly', 'on', '""', '[true]'],
  ['period', '0', '-1', '+7', '07', '7.0', '7e1', '0x7', '1_000', '1,000', '7d', '36501'],
  ['offset', '-0', '00', '1e9', '1000000001', '9007199254740993', 'NaN', '-1'],
  ['limit', '0', 'Infinity', '1E3', '0b11', '0o17', '1e-1', '1000000000000000000000', '१'],
  ['date', '', '20240229', '2024-2-29', '2023-02-29', '2024-02-30', '2024-00-01', '2024-13-01'],
  [
    'date',
    '2024-02-29T00:00:00Z',
    '02-29-2024',
    '29.02.2024',
    '-024-02-29',
    '+2024-02-29',
    'today',
  ],
  ['date', '2024-02-29 ', ' 2024-02-29', '2024/02/29', '٢٠٢٤-٠٢-٢٩', '2024-02-29&period=1'],
  ['status', 'ACK', '?', 'ack,nack', 'unknown', 'ack*'],
];

const LISTED: readonly BadRequest[] = LIST.flatMap(([field, ...values]) =>
  values.map((value) => ({
    what: `${field}=${value}`,
    event: query({ [field]: value }),
    field,
  })),
);

const RETRIEVED: readonly BadRequest[] = [
  { what: 'nothing', event: {}, field: 'svTrId' },
  { what: 'an empty query', event: query({}), field: 'svTrId' },
  { what: 'a good and a bad id', event: query({ svTrId: 'a', procId: '-7' }), field: 'procId' },
  { what: 'a bad and a good id', event: query({ svTrId: '*', procId: '7' }), field: 'svTrId' },
  { what: 'an id of a path', event: query({ svTrId: '../../x' }), field: 'svTrId' },
  { what: 'an id of SQL', event: query({ svTrId: "' OR 1=1 --" }), field: 'svTrId' },
  { what: 'a number with a sign', event: query({ procId: '+7' }), field: 'procId' },
  { what: 'a number with a fraction', event: query({ procId: '7.0' }), field: 'procId' },
  { what: 'a number too long', event: query({ procId: '9'.repeat(21) }), field: 'procId' },
  { what: 'a misspelt name', event: query({ svtrid: 'a' }), field: 'svtrid' },
  { what: "the registrar's name", event: query({ 'proc-id': '7' }), field: 'proc-id' },
  {
    what: 'good input and a body',
    event: { ...query({ procId: '7' }), ...body('{}') },
    field: 'body',
  },
];

const DELETED: readonly BadRequest[] = [
  { what: 'nothing', event: {}, field: 'svTrId' },
  { what: 'null', event: { body: null }, field: 'svTrId' },
  { what: 'an empty text', event: body(''), field: 'svTrId' },
  { what: 'blanks', event: body(' \t\r\n'), field: 'svTrId' },
  {
    what: 'blanks in base64',
    event: { body: base64(' '), isBase64Encoded: true },
    field: 'svTrId',
  },
  { what: 'an empty object', event: body('{}'), field: 'svTrId' },
  { what: 'a number', event: body('{"procId":7}'), field: 'procId' },
  { what: 'a huge number', event: body('{"procId":123456789012345678901}'), field: 'procId' },
  { what: 'an endless number', event: body(`{"procId":${'9'.repeat(5000)}}`), field: 'procId' },
  { what: 'an infinite number', event: body('{"procId":1e999}'), field: 'procId' },
  { what: 'an exponent as text', event: body('{"procId":"1e3"}'), field: 'procId' },
  { what: 'no number as text', event: body('{"procId":"NaN"}'), field: 'procId' },
  { what: 'two bodies in one', event: body('{"svTrId":"a","svTrId":"b"}'), field: 'svTrId' },
  { what: 'null and a good one', event: body('{"svTrId":null,"procId":"7"}'), field: 'svTrId' },
  { what: 'a list of ids', event: body('{"svTrId":["a","b"]}'), field: 'svTrId' },
  { what: 'an object that is nested', event: body('{"input":{"svTrId":"a"}}'), field: 'input' },
  { what: 'a prototype', event: body('{"__proto__":{"svTrId":"a"}}'), field: '__proto__' },
  {
    what: 'a polluted prototype',
    event: body('{"constructor":{"prototype":{"svTrId":"a"}},"svTrId":"a"}'),
    field: 'constructor',
  },
  { what: 'an escaped null byte', event: body('{"svTrId":"a\\u0000"}'), field: 'svTrId' },
  { what: 'an escaped surrogate', event: body('{"svTrId":"a\\ud800"}'), field: 'svTrId' },
  { what: 'escaped line ends', event: body('{"svTrId":"a\\r\\nError: x"}'), field: 'svTrId' },
  {
    what: 'a deep value',
    event: body(`{"svTrId":${'['.repeat(50_000)}${']'.repeat(50_000)}}`),
    field: 'svTrId',
  },
  { what: 'good input in the query', event: query({ svTrId: 'a' }), field: 'svTrId' },
  {
    what: 'good input in the body and in the query',
    event: { ...query({ svTrId: 'a' }), ...body('{"svTrId":"a"}') },
    field: 'svTrId',
  },
];

const PLAIN: readonly BadRequest[] = [
  { what: 'a body that is no object', event: body('null'), field: 'body' },
  { what: 'a session of their own', event: body('{"auth-sid":"x"}'), field: 'auth-sid' },
  { what: 'a key of their own', event: body('{"api-key":"x"}'), field: 'api-key' },
  { what: 'a key of their own in the query', event: query({ 'api-key': 'x' }), field: 'api-key' },
];

/** Bad requests that somebody thought of, by the action they are for. */
export const HAND_WRITTEN: Readonly<Record<string, readonly BadRequest[]>> = {
  login: PLAIN,
  logout: PLAIN,
  'query-profile': [
    { what: 'a key of the profile', event: query({ balance: '1' }), field: 'balance' },
    { what: 'an empty body in braces', event: body('{}'), field: 'body' },
  ],
  'result-list': LISTED,
  'result-retrieve': RETRIEVED,
  'result-delete': DELETED,
};
