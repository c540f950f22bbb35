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

const of = (field: string, what: string, text: string): BadRequest => ({
  what,
  event: body(text),
  field,
});

const MODIFIED: readonly BadRequest[] = [
  of('domain', 'a list of domains', '{"domain":["a.example","b.example"],"techContact":"T"}'),
  of(
    'nameServers',
    'name servers as the wire has them',
    '{"domain":"a.example","nameServers":"a.b:c.d"}',
  ),
  of(
    'nameServers[1]',
    'a name server with a colon',
    '{"domain":"a.example","nameServers":["a.b","c.d:e.f"]}',
  ),
  of(
    'nameServers[0]',
    'name servers in a list too deep',
    '{"domain":"a.example","nameServers":[["a.b"]]}',
  ),
  of('nameServers', 'name servers by number', '{"domain":"a.example","nameServers":{"0":"a.b"}}'),
  of('dsRecords[0]', 'a record that is null', '{"domain":"a.example","dsRecords":[null]}'),
  of(
    'dsRecords[0].keyTag',
    'a tag as text',
    '{"domain":"a.example","dsRecords":[{"keyTag":"1","algorithm":8,"digestType":2,"digest":"AB"}]}',
  ),
  of(
    'dsRecords[0].keyTag',
    'a tag like another parameter',
    '{"domain":"a.example","dsRecords":[{"keyTag":1e3000,"algorithm":8,"digestType":2,"digest":"AB"}]}',
  ),
  of(
    'dsRecords[0].digest',
    'a digest with another record',
    '{"domain":"a.example","dsRecords":[{"keyTag":1,"algorithm":8,"digestType":2,"digest":"AB:1:8:2:CD"}]}',
  ),
  of(
    'dsRecords',
    'a record with a key twice',
    '{"domain":"a.example","dsRecords":[{"keyTag":1,"keyTag":2,"algorithm":8,"digestType":2,"digest":"AB"}]}',
  ),
  of(
    'dsRecords[0].__proto__',
    'a record with a prototype',
    '{"domain":"a.example","dsRecords":[{"__proto__":{},"keyTag":1,"algorithm":8,"digestType":2,"digest":"AB"}]}',
  ),
  of('dnssec', "the registrar's name", '{"domain":"a.example","dnssec":1}'),
  of('billingContact', 'nothing to change', '{"domain":"a.example","clTrId":"x"}'),
];

const REGISTERED: readonly BadRequest[] = [
  ['domain', '"."'],
  ['domain', '"a..b"'],
  ['domain', '"-a.example"'],
  ['domain', '"1.2.3.4"'],
  ['domain', '"a.example/b"'],
  ['domain', '"user@a.example"'],
  ['domain', '"a.example:80"'],
  ['domain', '"xn--a.example"'],
  ['periodMonths', '"12"'],
  ['periodMonths', '12.000001'],
  ['periodMonths', '1e400'],
  ['maxPrice', '9.5'],
  ['maxPrice', '"9,50"'],
  ['maxPrice', '"1e3"'],
  ['maxPrice', '"0.00"'],
  ['maxPrice', '"NaN"'],
  ['autoRenew', '1'],
  ['autoRenew', '"1"'],
  ['status', '"production"'],
].map(([field = '', value = '']) => {
  const good = {
    domain: 'a.example',
    periodMonths: 12,
    ownerContact: 'C-1',
    billingContact: 'C-1',
    adminContact: 'C-1',
    techContact: 'C-1',
    nameServers: ['a.b'],
  };
  const others = Object.entries(good).filter(([name]) => name !== field);
  const rest = JSON.stringify(Object.fromEntries(others)).slice(1);
  return of(field, `${field} ${value}`, `{"${field}":${value},${rest}`);
});

const CONTACT: readonly BadRequest[] = [
  of('extensions', 'extensions as text', '{"handle":"C-1","extensions":"deType=person"}'),
  of(
    'extensions.x-de-type',
    "an extension by the registrar's name",
    '{"handle":"C-1","extensions":{"x-de-type":"person"}}',
  ),
  of(
    'extensions.deType',
    'an extension in a list',
    '{"handle":"C-1","extensions":{"deType":["person"]}}',
  ),
  of(
    'extensions.__proto__',
    'an extension of a prototype',
    '{"handle":"C-1","extensions":{"__proto__":{"deType":"person"}}}',
  ),
  of(
    'extensions',
    'an extension twice',
    '{"handle":"C-1","extensions":{"deType":"person","deType":"org"}}',
  ),
  of('body', 'no extension at all', '{"handle":"C-1","extensions":{}}'),
  of(
    'email',
    'a mail with another header',
    '{"handle":"C-1","email":"a@b.example\\r\\nBcc: c@d.example"}',
  ),
  of('name', 'an empty name', '{"handle":"C-1","name":""}'),
  of('handle', 'two handles', '{"handle":"C-1 C-2","name":"x"}'),
  of('tld', 'a TLD', '{"handle":"C-1","name":"x","tld":"de"}'),
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
  'domain-modify': MODIFIED,
  'domain-register': REGISTERED,
  'contact-modify': CONTACT,
};
