import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { anyText } from '../../any-text.ts';
import { actionOf, definitionOf, ONE_REQUEST_NAMES } from '../../functions/every-action.ts';
import { API_KEY, AUTH_SID } from '../../shared/http/serving.ts';

/** What the registrar answers to the one request of an action. */
export interface ReplyCase {
  readonly action: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly httpStatus: number;
  readonly bytes: Uint8Array;
}

type Mutation = (reply: Buffer) => Buffer;

type Input = Readonly<Record<string, unknown>>;

/** Every action as its example has it, and in other ways where replies are read in several. */
const INPUTS: readonly (readonly [string, Input])[] = [
  ...(await Promise.all(ONE_REQUEST_NAMES.map(exampleOf))),
  ['result-list', {}],
  ['result-list', { countOnly: 'true' }],
  ['result-list', { status: 'pending', limit: '7' }],
  ['query-domain-list', { showGrants: 'true', showPrivacy: 'true', showJokerNs: 'true' }],
  ['query-contact-list', { extendedFormat: 'true' }],
  ['grants-list', { domain: 'a.example', showKey: 'true' }],
  ['query-ns-list', { full: 'false' }],
];

async function exampleOf(name: string) {
  return [name, definitionOf(await actionOf(name)).example().input] as const;
}

const FIXTURES = new URL('../../fixtures/dmapi/', import.meta.url);
const RECORDED = readdirSync(FIXTURES)
  .filter((file) => file.endsWith('.txt'))
  .map((file) => readFileSync(new URL(file, FIXTURES), 'utf8'));

/** Bodies of lists and of keys that no fixture has. */
const BODIES = [
  'a.example 2030-01-31 production,lock @creator true 0 undef pro order 2027-01-01 true\n',
  'grant 1 domain domain a.example @tech reseller agency 1000002 p@a.example the agency\n',
  'invitation 2 domain abc12345 domain a.example @tech reseller - - p@a.example -\n',
  'domain\tcreate\tcom\tUSD\tEUR\t9.90\t19.80\tn/a\t2026-01-01\t-\n',
  'domain.fqdn: a.example\ndomain.nservers.nserver.no: 1\ndomain.expires: 20300131000000\n',
  'domain-status: premium\ndomain-price-create: 9.90 EUR 1y\n',
  'a.example\tFOA_BEEN_SENT\to@a.example\t-\n',
  'CEXA-1\tErika\t-\te@a.example\n',
  'ns1.a.example 192.0.2.1 -\n',
  'autorenew: 1\n',
  'verified\n',
  'Result: NACK\n',
].map((body) => `Status-Code: 0\nTracking-Id: 01da\nProc-ID: 7\n\n${body}`);

const NAMES = [
  'Status-Code',
  'status-code',
  'Status-Text',
  'Error',
  'Warning',
  'Result',
  'Columns',
  'Separator',
  'Row-Count',
  'Records',
  'Auth-Sid',
  'Session-Timeout',
  'UID',
  'User-Access',
  'Tracking-Id',
  'Completion-Status',
  'Object-Name',
  'Stats-number-of-domains',
  '__proto__',
  'constructor',
  '',
  ' ',
  'ä',
];
const VALUES = [
  ...['0', '1000', '1999', '2000', '2200', '-401', '2501', '2201', '2302', '2303', '2400', '999'],
  ...['Parameter proc-id: expected: x', 'Parameter auth-sid: x', `Parameter ${AUTH_SID}: x`],
  ...['', '00', '+0', '-0', '0x0', '0.0', '1e3', '0 ', '0\t', 'NaN', '９', '9'.repeat(400)],
  ...['NACK', 'ack', '?', '"\\t"', 'TAB', ' ', ',', '";"', '-'],
  ...[
    'type,operation,tld,currency,price,min_period,period_type',
    'constructor,toString,domain,host',
  ],
  ...['timestamp,svtrid,proc-id,request-type,request-object,status,cltrid', 'a,b,c,d,e,f,g', ',,,'],
  ...['20240617124449', '2024-06-17T12:44:49+02', '20249917124449', '0000-00-00'],
  ...[API_KEY, AUTH_SID, `x${API_KEY}x`, encodeURIComponent(`${AUTH_SID}`), '@read-only'],
];
const ROWS = [
  '20240617124449 01dac0b3 7 domain-renew example.net ack -',
  '2024-06-17T12:44:49\t01dac0b3\t7\tdomain-renew\texample.net\tnack\tmine',
  `20240617124449 ${AUTH_SID} 7 ${API_KEY} example.net ? a b c`,
  'Records: 7',
  'Completion-Status: ack',
  '  indented (COM-1)',
  '20240617124449',
  '',
];

const line = fc.oneof(
  fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom(...VALUES)).map((pair) => pair.join(': ')),
  fc.constantFrom(...ROWS),
  fc
    .tuple(fc.constantFrom(...NAMES), anyText({ maxLength: 12 }))
    .map(([name, it]) => `${name}:${it}`),
  anyText({ maxLength: 20 }),
);

const at = fc.nat(3000);
const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(at, fc.nat(1), line).map((it) => atLine(...it)) },
  fc.tuple(at, fc.uint8Array({ minLength: 1, maxLength: 4 })).map((it) => atByte(...it)),
  fc.tuple(at, fc.integer({ min: 1, max: 255 })).map((it) => flipped(...it)),
  at.map(
    (length): Mutation =>
      (reply) =>
        reply.subarray(0, length % (reply.length + 1)),
  ),
  fc.constantFrom<Mutation>(withCrlf, withoutBlankLine, twice, nested, repeatedly, withBom),
  fc
    .tuple(at, fc.constantFrom('\0', '\r', '\n', '\t', ' ', ':'))
    .map((it) => atByte(it[0], Buffer.from(it[1]))),
);

const start = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...RECORDED, ...BODIES) },
  fc.array(line, { maxLength: 12 }).map((lines) => `Status-Code: 0\n${lines.join('\n')}`),
  fc.array(line, { maxLength: 12 }).map((lines) => lines.join('\n')),
  fc
    .tuple(fc.array(line, { maxLength: 4 }), fc.array(line, { maxLength: 6 }))
    .map(([head, body]) => `${['Status-Code: 0', ...head].join('\n')}\n\n${body.join('\n')}`),
);

const httpStatus = fc.oneof(
  { weight: 30, arbitrary: fc.constant(200) },
  fc.constantFrom(201, 204, 301, 400, 401, 403, 404, 429, 500, 503, 599),
);

/** Replies that were recorded or made up, and changed in some places. */
export const replyCases: fc.Arbitrary<ReplyCase> = fc
  .record({
    asked: fc.constantFrom(...INPUTS),
    httpStatus,
    text: start,
    mutations: fc.oneof(fc.array(mutation, { maxLength: 1 }), fc.array(mutation, { maxLength: 5 })),
  })
  .map(({ asked: [action, input], httpStatus, text, mutations }) => ({
    action,
    input,
    httpStatus,
    bytes: mutations.reduce((changed: Buffer, mutate) => mutate(changed), Buffer.from(text)),
  }));

function atLine(at: number, replaced: number, line: string): Mutation {
  return (reply) => {
    const lines = reply.toString('latin1').split('\n');
    lines.splice(at % (lines.length + 1), replaced, Buffer.from(line).toString('latin1'));
    return Buffer.from(lines.join('\n'), 'latin1');
  };
}

function atByte(at: number, bytes: Uint8Array): Mutation {
  return (reply) => {
    const from = at % (reply.length + 1);
    return Buffer.concat([reply.subarray(0, from), bytes, reply.subarray(from)]);
  };
}

function flipped(at: number, mask: number): Mutation {
  return (reply) => {
    const changed = Buffer.from(reply as Uint8Array);
    const index = at % Math.max(1, reply.length);
    if (reply.length > 0) changed[index] = (changed[index] ?? 0) ^ mask;
    return changed;
  };
}

function withCrlf(reply: Buffer): Buffer {
  return Buffer.from(reply.toString('latin1').replaceAll('\n', '\r\n'), 'latin1');
}

function withoutBlankLine(reply: Buffer): Buffer {
  return Buffer.from(reply.toString('latin1').replace('\n\n', '\n'), 'latin1');
}

function twice(reply: Buffer): Buffer {
  return Buffer.concat([reply, reply]);
}

function nested(reply: Buffer): Buffer {
  return Buffer.concat([Buffer.from('Status-Code: 0\n\n'), reply]);
}

function repeatedly(reply: Buffer): Buffer {
  return reply.length > 2000 ? reply : Buffer.concat(Array(50).fill(reply));
}

function withBom(reply: Buffer): Buffer {
  return Buffer.concat([Buffer.from('\ufeff'), reply]);
}
