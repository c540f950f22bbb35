import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { etagOf, readZone } from '../../../shared/zones/zone.ts';
import { anyLines, toText } from './any-zone.ts';

const LINES = [
  '$dnssec=no',
  '$dyndns=yes:user:password',
  '@ NS 0 ns.example.com. 86400',
  'www A 0 192.0.2.1 3600',
  'www A 0 192.0.2.1 3600',
  '@ MX 10 mail.example.com. 86400',
  '_ldap._tcp SRV 10/100 ldap.example.com:389 60',
  'caa CAA 0 issue "letsencrypt.org" 86400',
  'n NAPTR 10/100 repl 86400 0 0 "S" "SIP+D2U" ""',
  'x TXT 0 "v" 3600',
  'home DYNA 0 192.0.2.1 60',
  'home DYNAAAA 0 2001:db8::1 60',
  'go URL 0 https://example.com 60',
  'f FRAME 0 https://example.com 60 0 0 "" "" "Title" ""',
  'info MAILFW 0 x@example.com 60 0 0 1',
  '$new=1',
  'odd line',
];
const tag = (lines: readonly string[]) => etagOf(readZone(toText(lines)));
const ETAG = tag(LINES);
const changed = (line: string, into: string) => {
  expect(LINES).toContain(line);
  return LINES.map((it) => (it === line ? into : it));
};

test('the tag of a zone is a SHA-256 in double quotes', () => {
  expect(ETAG).toMatch(/^"[0-9a-f]{64}"$/);
  expect(tag([])).toMatch(/^"[0-9a-f]{64}"$/);
});

describe('the tag of a zone is the same', () => {
  test('in any order', () => {
    const orders = fc.shuffledSubarray(LINES, { minLength: LINES.length });
    fc.assert(fc.property(orders, (lines) => expect(tag(lines)).toBe(ETAG)));
  });

  test('of any lines in another order, with comments and blanks between', () => {
    const property = fc.property(anyLines, fc.infiniteStream(fc.nat()), (lines, random) => {
      const among = [...lines];
      for (const extra of ['# a comment', '', ' \t']) {
        among.splice((random.next().value as number) % (among.length + 1), 0, extra);
      }
      expect(tag(among.reverse())).toBe(tag(lines));
    });
    fc.assert(property, { numRuns: 500 });
  });

  test.each([
    ['www A 0 192.0.2.1 3600', 'WWW  a\t00 192.0.2.1 03600 0 0\r'],
    ['@ MX 10 mail.example.com. 86400', '@ MX 010 Mail.example.com 86400'],
    ['@ NS 0 ns.example.com. 86400', ' @ NS 0 NS.EXAMPLE.com 86400'],
    [
      '_ldap._tcp SRV 10/100 ldap.example.com:389 60',
      '_LDAP._tcp SRV 010/100 ldap.example.com.:389 60',
    ],
    ['caa CAA 0 issue "letsencrypt.org" 86400', 'caa CAA 0 ISSUE "letsencrypt.org" 86400 0 0'],
    ['x TXT 0 "v" 3600', 'x TXT 0  "v " 3600'],
    ['x TXT 0 "v" 3600', 'X txt 0   "v" 3600 0 0'],
    ['home DYNA 0 192.0.2.1 60', 'home DYNA 0 203.0.113.9 60'],
    ['home DYNAAAA 0 2001:db8::1 60', 'home DYNAAAA 0 2001:db8::2 60'],
    ['$dyndns=yes:user:password', '$dyndns=yes:user:other'],
    ['$dyndns=yes:user:password', '$dyndns=yes:user:'],
    ['$dyndns=yes:user:password', ' $dyndns=yes:user:p:q \r'],
    ['$dnssec=no', '$dnssec=no\r'],
    ['info MAILFW 0 x@example.com 60 0 0 1', 'INFO  MAILFW 0 x@example.com 060 0 0  1'],
  ])('with %j as %j', (line, into) => {
    expect(tag(changed(line, into))).toBe(ETAG);
  });
});

describe('the tag of a zone is another', () => {
  test.each([
    ['www A 0 192.0.2.1 3600', 'www A 0 192.0.2.2 3600'],
    ['www A 0 192.0.2.1 3600', 'www A 0 192.0.2.1 3601'],
    ['www A 0 192.0.2.1 3600', 'www A 1 192.0.2.1 3600'],
    ['www A 0 192.0.2.1 3600', 'www A 0 192.0.2.1 3600 0 1'],
    ['www A 0 192.0.2.1 3600', 'ww A 0 192.0.2.1 3600'],
    ['www A 0 192.0.2.1 3600', 'www DYNA 0 192.0.2.1 3600'],
    ['@ MX 10 mail.example.com. 86400', '@ MX 11 mail.example.com. 86400'],
    [
      '_ldap._tcp SRV 10/100 ldap.example.com:389 60',
      '_ldap._tcp SRV 10/101 ldap.example.com:389 60',
    ],
    [
      '_ldap._tcp SRV 10/100 ldap.example.com:389 60',
      '_ldap._tcp SRV 10/100 ldap.example.com:390 60',
    ],
    ['caa CAA 0 issue "letsencrypt.org" 86400', 'caa CAA 0 issue "Letsencrypt.org" 86400'],
    [
      'n NAPTR 10/100 repl 86400 0 0 "S" "SIP+D2U" ""',
      'n NAPTR 10/100 repl 86400 0 0 "s" "SIP+D2U" ""',
    ],
    ['x TXT 0 "v" 3600', 'x TXT 0 "V" 3600'],
    ['x TXT 0 "v" 3600', 'x TXT 0 "v " 3600'],
    ['x TXT 0 "v" 3600', 'x TXT 7 "v" 3600'],
    ['home DYNA 0 192.0.2.1 60', 'home DYNA 0 192.0.2.1 61'],
    ['home DYNA 0 192.0.2.1 60', 'home A 0 192.0.2.1 60'],
    ['go URL 0 https://example.com 60', 'go URL 0 https://example.com/ 60'],
    ['go URL 0 https://example.com 60', 'go URL 0 https://example.com 61'],
    ['go URL 0 https://example.com 60', 'go URL 1 https://example.com 60'],
    [
      'f FRAME 0 https://example.com 60 0 0 "" "" "Title" ""',
      'f FRAME 0 https://example.com 60 0 0 "" "Title" "" ""',
    ],
    ['info MAILFW 0 x@example.com 60 0 0 1', 'info MAILFW 0 x@example.com 60 0 0 0'],
    ['$dyndns=yes:user:password', '$dyndns=yes:other:password'],
    ['$dyndns=yes:user:password', '$dyndns=no::'],
    ['$dnssec=no', '$dnssec=yes'],
    ['$new=1', '$new=2'],
    ['odd line', 'odd  line'],
  ])('with %j as %j', (line, into) => {
    expect(tag(changed(line, into))).not.toBe(ETAG);
  });

  test.each(LINES)('without %j', (line) => {
    expect(tag(LINES.toSpliced(LINES.indexOf(line), 1))).not.toBe(ETAG);
  });

  test.each(LINES)('with %j once more', (line) => {
    expect(tag([...LINES, line])).not.toBe(ETAG);
  });

  test('where a line says by chance what another comes to', () => {
    const alike = [
      'other A 0 192.0.2.1 60',
      'A 60 192.0.2.1',
      'other A 60 192.0.2.1',
      '$other A 60',
    ];
    expect(new Set(alike.map((line) => tag([line]))).size).toBe(alike.length);
    expect(tag([' $x A 0 192.0.2.1 60'])).not.toBe(tag(['$x A 60 192.0.2.1']));
  });
});
