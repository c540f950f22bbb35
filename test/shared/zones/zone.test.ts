import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { etagOf, readZone, viewZone, zoneText } from '../../../shared/zones/zone.ts';
import { anyText } from '../../any-text.ts';
import { cpuMs } from '../../time.ts';
import { anyLines, toText } from './any-zone.ts';

/** What the registrar made of a TXT in 2020: told by the blank before the opening quote. */
const PADDED =
  /^[ \t]*([\x21\x23-\x7e]*[\x21\x23-\x2d\x2f-\x7e])[ \t]+TXT[ \t]+(\d{1,10})[ \t]+ "(.*) "[ \t]+(\d{1,10})([ \t]+0[ \t]+0)?[ \t\r]*$/is;

/** What becomes of a line that nobody changes. */
function written(line: string): string {
  const [, label, pri, text, ttl] = /^\s*[$#]/.test(line) ? [] : (PADDED.exec(line) ?? []);
  return label === undefined ? line : `${label} TXT ${pri} "${text}" ${Number(ttl)}`;
}

const linesOf = (text: string) => zoneText(readZone(text)).split('\n');
const view = (...lines: string[]) => viewZone(readZone(toText(lines)));

describe('the text of a zone', () => {
  test('is written as it was read, but for a TXT in the form of 2020', () => {
    const property = fc.property(anyLines, (lines) => {
      const text = toText(lines);
      expect(lines.length > 0 ? linesOf(text) : []).toEqual(lines.map(written));
      const again = readZone(`${zoneText(readZone(text))}\n`);
      if (lines.length === 0) return;
      expect(viewZone(again)).toEqual(viewZone(readZone(text)));
      expect(etagOf(again)).toBe(etagOf(readZone(text)));
    });
    fc.assert(property, { numRuns: 3000 });
  });

  test('may be anything', () => {
    const property = fc.property(anyText({ maxLength: 60 }), (text) => {
      const lines = text.replace(/\n$/, '').split('\n');
      expect(linesOf(text)).toEqual(text === '' ? [''] : lines.map(written));
      viewZone(readZone(text));
    });
    fc.assert(property, { numRuns: 1000 });
  });

  test('loses no record and no line in what is shown of it', () => {
    const property = fc.property(anyLines, (lines) => {
      const { rrsets, forwards, other } = view(...lines);
      const shown = rrsets.flatMap(({ records }) => records).length + forwards.length;
      const hidden = lines.filter((line) => /^\s*([$#]|$)/.test(line)).length;
      expect(shown + other.length + hidden).toBe(lines.length);
      expect(other).toEqual(lines.filter((line) => other.includes(line)));
    });
    fc.assert(property, { numRuns: 1000 });
  });

  test('shows no password of a router', () => {
    const property = fc.property(anyLines, (lines) => {
      expect(JSON.stringify(view(...lines))).not.toContain('canary');
    });
    fc.assert(property, { numRuns: 1000 });
  });

  test('is not read for long, whatever it is', async () => {
    const takenMs = await cpuMs(readThemAll);
    expect(takenMs).toBeLessThan(8000);
  });

  function readThemAll(): void {
    for (const part of ['"', '\\', ' ', '\t', '"a', '" ', 'a.', '0 ', '$', ':', '\\"', '\r']) {
      const long = part.repeat(100_000 / part.length);
      for (const head of ['', 'x TXT 0 "', 'x TXT 0  ', 'n NAPTR 1/1 h 60 0 0 ', '$dyndns=yes:']) {
        view(head + long, `${head}${long}" 60`, `${head}${long}x`);
      }
    }
  }
});

/** Name, type and ttl, and the one record that a line is shown as. */
const RECORDS: readonly (readonly [line: string, shown: string, record: string])[] = [
  ['www A 0 192.0.2.1 86400', 'www A 86400', '192.0.2.1'],
  ['WWW a 0 192.0.2.1 86400', 'www A 86400', '192.0.2.1'],
  ['\twww\tA\t0  192.0.2.1 \t86400\t', 'www A 86400', '192.0.2.1'],
  ['www A 0 192.0.2.1 86400\r', 'www A 86400', '192.0.2.1'],
  ['www A 0 192.0.2.1 86400 0 0', 'www A 86400', '192.0.2.1'],
  ['www A 0 192.0.2.1 0', 'www A 0', '192.0.2.1'],
  ['www A 7 192.0.2.1 60', 'www A 60', '192.0.2.1'],
  ['a.b.c AAAA 0 2001:DB8:0:0::17 86400', 'a.b.c AAAA 86400', '2001:db8::17'],
  ['* AAAA 0 ::ffff:192.0.2.1 60', '* AAAA 60', '::ffff:c000:201'],
  ['docs CNAME 0 docs.example.com 3600', 'docs CNAME 3600', 'docs.example.com.'],
  ['docs CNAME 0 Docs.Example.com. 3600', 'docs CNAME 3600', 'docs.example.com.'],
  ['@ MX 10 mail.example.com. 86400', '@ MX 86400', '10 mail.example.com.'],
  ['@ MX 010 mail.example.com 86400', '@ MX 86400', '10 mail.example.com.'],
  ['@ MX 0 . 86400', '@ MX 86400', '0 .'],
  ['@ NS 0 ns.example.com 86400', '@ NS 86400', 'ns.example.com.'],
  [
    '_ldap._tcp SRV 10/100 ldap.example.com:389 60',
    '_ldap._tcp SRV 60',
    '10 100 389 ldap.example.com.',
  ],
  ['_ldap._tcp SRV 10/0 ldap.example.com.:0 60', '_ldap._tcp SRV 60', '10 0 0 ldap.example.com.'],
  ['caa CAA 0 issue "letsencrypt.org" 86400', 'caa CAA 86400', '0 issue "letsencrypt.org"'],
  ['caa CAA 128 IODEF "mailto:a@b.example" 60 0 0', 'caa CAA 60', '128 iodef "mailto:a@b.example"'],
  ['caa CAA 0 issue "a b; c=d" 60', 'caa CAA 60', '0 issue "a b; c=d"'],
  ['caa CAA 0 issue "" 60', 'caa CAA 60', '0 issue ""'],
  [
    'n NAPTR 10/100 repl 86400 0 0 "S" "SIP+D2U" ""',
    'n NAPTR 86400',
    '10 100 "S" "SIP+D2U" "" repl.',
  ],
  [
    'n NAPTR 1/2 . 0 0 0 "U" "E2U+sip" "!^.*$!sip:a@b.example!"',
    'n NAPTR 0',
    '1 2 "U" "E2U+sip" "!^.*$!sip:a@b.example!" .',
  ],
  ['home DYNA 0 192.0.2.1 60', 'home DYNA 60', '192.0.2.1'],
  ['home DYNAAAA 0 2001:db8::17 60', 'home DYNAAAA 60', '2001:db8::17'],
  ['x TXT 0 "key=value" 86400', 'x TXT 86400', 'key=value'],
  ['x txt 0 "v" 3600 0 0', 'x TXT 3600', 'v'],
  ['x TXT 0  "v " 3600', 'x TXT 3600', 'v'],
  ['x TXT 0 \t "v " 3600', 'x TXT 3600', 'v'],
  ['x TXT 0  "v  " 3600', 'x TXT 3600', 'v '],
  ['x TXT 0 "v " 3600', 'x TXT 3600', 'v '],
  ['x TXT 0\t"v " 3600', 'x TXT 3600', 'v '],
  ['x TXT 0  "v" 3600', 'x TXT 3600', 'v'],
  ['x TXT 0 " v" 3600', 'x TXT 3600', ' v'],
  ['x TXT 0 "" 3600', 'x TXT 3600', ''],
  ['x TXT 0  " " 3600', 'x TXT 3600', ''],
  ['x TXT 0  "" 3600', 'x TXT 3600', ''],
  ['x TXT 0 "a "quoted" word" 60', 'x TXT 60', 'a "quoted" word'],
  ['x TXT 0 "a \\"quoted\\" \\\\ \\x" 60', 'x TXT 60', 'a "quoted" \\ \\x'],
  ['x TXT 0 "" 60 "" 3600', 'x TXT 3600', '" 60 "'],
  ['x TXT 0 "ä\u2028😀" 60', 'x TXT 60', 'ä\u2028😀'],
  ...[255, 256, 509, 510, 4000].flatMap((length) => {
    const text = 'é'.repeat(length >> 1) + 'x'.repeat(length % 2);
    return [
      [`x TXT 0 "${text}" 60`, 'x TXT 60', text],
      [`x TXT 0  "${text} " 60`, 'x TXT 60', text],
    ] as const;
  }),
];

describe('the record of', () => {
  test.each(RECORDS)('%s', (line, shown, record) => {
    const { rrsets, other } = view('$dnssec=no', line);
    const [name, type, ttl] = shown.split(' ');
    expect(rrsets).toEqual([{ name, type, ttl: Number(ttl), records: [record] }]);
    expect(other).toEqual([]);
  });
});

const FRAME = { httpHeaders: '', head: '', title: 'Title', body: '' };

describe('the forward of', () => {
  test.each([
    [
      'go URL 0 https://example.com/x?a=b#c 86400',
      { name: 'go', type: 'URL', target: 'https://example.com/x?a=b#c', ttl: 86400 },
    ],
    [
      'f FRAME 0 https://example.com 86400 0 0 "" "" "Title" ""',
      { name: 'f', type: 'FRAME', target: 'https://example.com', ttl: 86400, ...FRAME },
    ],
    [
      'f FRAME 0 https://example.com 60',
      { name: 'f', type: 'FRAME', target: 'https://example.com', ttl: 60, ...FRAME, title: '' },
    ],
    [
      'f FRAME 0 https://example.com 60 0 0 "A: b\\nC: d" "<x>" "\\\\" "a  b"',
      {
        ...{ name: 'f', type: 'FRAME', target: 'https://example.com', ttl: 60 },
        ...{ httpHeaders: 'A: b\nC: d', head: '<x>', title: '\\\\', body: 'a  b' },
      },
    ],
    [
      'info MAILFW 0 x@example.com 86400 0 0 1',
      { name: 'info', type: 'MAILFW', target: 'x@example.com', ttl: 86400, spamFilter: true },
    ],
    [
      'info mailfw 0 x@example.com 86400',
      { name: 'info', type: 'MAILFW', target: 'x@example.com', ttl: 86400, spamFilter: false },
    ],
  ])('%s', (line, forward) => {
    expect(view(line)).toMatchObject({ rrsets: [], forwards: [forward], other: [] });
  });
});

describe('nobody understands', () => {
  test.each([
    'www A 0 192.0.2.1 60 17 0',
    'www A 0 192.0.2.1 60 0 1893456000',
    'www A 0 192.0.2.1 60 0',
    'www A 0 192.0.2.1 60 0 0 extra',
    'www A 0 192.0.2.1',
    'www A 0 192.0.2.01 60',
    'www A 0 192.0.2.1 -60',
    'www A 0 "192.0.2.1" 60',
    'www A x 192.0.2.1 60',
    'www. A 0 192.0.2.1 60',
    'wüw A 0 192.0.2.1 60',
    'www A 0 192.0.2.1 60\u00a0',
    'www AAAA 0 fe80::1%eth0 60',
    'www SVC 0 a.example 60',
    'x TXT 0 v 60',
    'x TXT 0 "v 60',
    'x TXT 0 " 60',
    'x TXT 0 "v"60',
    'x TXT 0 "v" 60 0 17',
    'x TXT / "v" 60',
    's SRV 10 h:389 60',
    's SRV 10/1 h 60',
    's SRV 10/1 :389 60',
    'm MX 10 "mail.example.com" 60',
    'm MX 10/1 mail.example.com 60',
    'c CAA 0 issue letsencrypt.org 60',
    'c CAA 0 issue 60',
    'n NAPTR 10/100 repl 60',
    'n NAPTR 10/100 repl 60 0 0 "S" "SIP+D2U"',
    'n NAPTR 10/100 repl 60 0 0 S SIP ""',
    'f FRAME 0 https://example.com 60 0 0 "a"',
    'f FRAME 0 https://example.com 60 0 0 "a"b" "" "" ""',
    'i MAILFW 0 x@example.com 60 0 0 2',
    'constructor toString 0 x 60',
    'something else',
  ])('%j', (line) => {
    expect(view(line)).toEqual({
      rrsets: [],
      forwards: [],
      dynDns: { enabled: false, username: null },
      dnssec: null,
      other: [line],
    });
  });
});

describe('what is shown of a zone', () => {
  test('is in its order, an RRset of several ttls once for each', () => {
    const lines = [
      ...['$dnssec=no', '$dyndns=yes:user:p:w', '# a comment', '', 'b A 0 192.0.2.1 60'],
      ...['odd 1', 'a A 0 192.0.2.1 60', 'B A 0 192.0.2.2 300', 'go URL 0 https://a.example 60'],
      ...['b A 0 192.0.2.3 60', 'b AAAA 0 ::1 60', 'b A 0 192.0.2.1 60', '$new=x', 'odd 2'],
      ...['at FRAME 0 https://a.example 60'],
    ];
    expect(view(...lines)).toEqual({
      rrsets: [
        { name: 'b', type: 'A', ttl: 60, records: ['192.0.2.1', '192.0.2.3', '192.0.2.1'] },
        { name: 'a', type: 'A', ttl: 60, records: ['192.0.2.1'] },
        { name: 'b', type: 'A', ttl: 300, records: ['192.0.2.2'] },
        { name: 'b', type: 'AAAA', ttl: 60, records: ['::1'] },
      ],
      forwards: [
        { name: 'go', type: 'URL', target: 'https://a.example', ttl: 60 },
        { name: 'at', type: 'FRAME', target: 'https://a.example', ttl: 60, ...FRAME, title: '' },
      ],
      dynDns: { enabled: true, username: 'user' },
      dnssec: false,
      other: ['odd 1', 'odd 2'],
    });
  });

  test.each([
    ['$dyndns=no::', { enabled: false, username: null }],
    ['$dyndns=yes:user:password', { enabled: true, username: 'user' }],
    ['  $dyndns=yes:user:password\r', { enabled: true, username: 'user' }],
    ['$dyndns=no:user:password', { enabled: false, username: 'user' }],
    ['$dyndns=', { enabled: false, username: null }],
    ['$dyndns', { enabled: false, username: null }],
    ['$dyndns=on:user:password', { enabled: false, username: 'user' }],
  ])('has of %j what is no secret', (line, dynDns) => {
    expect(view(line)).toMatchObject({ dynDns, other: [] });
  });

  test.each([
    ['$dnssec=no', false],
    ['$dnssec=yes', true],
    ['$dnssec=no\r', false],
    ['$dnssec=maybe', null],
    ['$other=yes', null],
  ])('has of %j whether it is signed', (line, dnssec) => {
    expect(view(line)).toMatchObject({ dnssec, other: [] });
  });
});
