import { describe, expect, test } from '@jest/globals';
import type { TxtForm } from '../../../../../infra/local/registrar/dialect.ts';
import { errorsOf, headerOf, type Opened, openRegistrar } from '../open-registrar.ts';

const domain = 'example.net';
const SETTINGS = '$dnssec=no\n$dyndns=no::\n';

async function opened(txtForm: TxtForm = 'verbatim') {
  const open = await openRegistrar({ dialect: { txtForm } });
  const get = async () => (await open.ask('dns-zone-get', { domain })).body;
  const put = (zone: string) => open.ask('dns-zone-put', { domain, zone });
  return { ...open, get, put };
}

/** What a zone of that one line is read as. */
async function readBack({ ask }: Pick<Opened, 'ask'>, line: string): Promise<string | undefined> {
  const reply = await ask('dns-zone-put', { domain, zone: line });
  expect(errorsOf(reply)).toEqual([]);
  return (await ask('dns-zone-get', { domain })).body?.slice(SETTINGS.length).trimEnd();
}

test('the list has two columns and names none', async () => {
  const { ask } = await opened();
  const reply = await ask('dns-zone-list', { pattern: 'example.*' });
  expect(headerOf(reply, 'Columns')).toBeUndefined();
  expect(reply.body).toBe('example.com 2025-05-28\nexample.net 2025-04-13\nexample.org 2026-09-15');
});

test('a zone begins with its two settings, and every line of it ends', async () => {
  const { ask, get } = await opened();
  expect(await get()).toBe(
    `${SETTINGS}localhost A 0 127.0.0.1 3600\ndocs CNAME 0 docs.example.com 3600\n`,
  );
  const unknown = await ask('dns-zone-get', { domain: 'nobody-has.example' });
  expect([unknown.status, headerOf(unknown, 'Status-Code')]).toEqual([200, '2303']);
});

test('the defaults can be asked for, and written back they are there once', async () => {
  const { ask, put, get } = await opened();
  const zone = async () =>
    (await ask('dns-zone-get', { domain, 'include-defaults': '1' })).body ?? '';
  expect(await get()).not.toContain(' NS ');
  const before = await zone();
  expect(before).toContain('@ NS 0 a.ns.joker.com. 86400\n');
  await put(before);
  expect([await zone(), await get()]).toEqual([before, before]);
});

describe('a write', () => {
  test('replaces everything at once, has a Proc-ID and no result', async () => {
    const { ask, put, get } = await opened();
    const reply = await put('$dnssec=no\n$dyndns=no::\nlocalhost A 0 127.0.0.2 3600');
    expect(headerOf(reply, 'Proc-ID')).toMatch(/^\d{9}$/);
    expect(headerOf(reply, 'Tracking-Id')).toMatch(/^[0-9a-f]{32}$/);
    expect(reply.body).toBe('');
    expect(await get()).toBe(`${SETTINGS}localhost A 0 127.0.0.2 3600\n`);
    expect((await ask('result-list', { pending: '1' })).body).toBe('');
  });

  test('takes blank lines, comments and no settings; DynDNS is off then', async () => {
    const { put, get } = await opened();
    await put('$dyndns=yes:user:password\nwww DYNA 0 192.0.2.1 60');
    expect(await get()).toBe('$dnssec=no\n$dyndns=yes:user:password\nwww DYNA 0 192.0.2.1 60\n');
    await put('# a comment\n\nb A 0 192.0.2.1 120\n\n\na A 0 192.0.2.1 120\na A 0 192.0.2.1 120\n');
    expect(await get()).toBe(
      `${SETTINGS}b A 0 192.0.2.1 120\na A 0 192.0.2.1 120\na A 0 192.0.2.1 120\n`,
    );
  });

  test('keeps settings that it does not know', async () => {
    const { put, get } = await opened();
    await put('$other=1\na A 0 192.0.2.1 120\n$dnssec=yes');
    expect(await get()).toBe('$dnssec=yes\n$dyndns=no::\n$other=1\na A 0 192.0.2.1 120\n');
  });

  test('of nothing is refused', async () => {
    const { put, get, ask } = await opened();
    const before = await get();
    for (const zone of ['', '\n\n', '# nothing', SETTINGS, '$other=1', '\r\n\t \r\n']) {
      const reply = await put(zone);
      expect(headerOf(reply, 'Status-Code')).toBe('2400');
      expect(headerOf(reply, 'Status-Text')).toBe('Command failed');
      expect(errorsOf(reply)).toEqual(['Parameter zone: expected: records']);
    }
    expect(headerOf(await ask('dns-zone-put', { domain }), 'Status-Code')).toBe('2003');
    expect(await get()).toBe(before);
  });

  test('with faulty lines is refused whole, an Error for each, and tells no password', async () => {
    const { put, get } = await opened();
    const before = await get();
    const reply = await put(
      '$dyndns=yes:user:pass word\nok A 0 192.0.2.1 60\nbad A 0 192.0.2.300 60\n\nshort A 0 192.0.2.1 59',
    );
    expect(headerOf(reply, 'Status-Code')).toBe('2400');
    expect(errorsOf(reply)).toEqual([
      'Parameter zone: line 1: expected: $dyndns=no:: or $dyndns=yes:user:password',
      'Parameter zone: line 3 (bad): expected: IPv4 address',
      'Parameter zone: line 5 (short): expected: ttl of at least 60',
    ]);
    expect(await get()).toBe(before);
  });
});

test.each([
  ['www A 0 192.0.2.1 86400'],
  ['www AAAA 0 2001:db8::17 86400'],
  ['* CNAME 0 docs.example.com 3600'],
  ['@ MX 10 mail.example.com. 86400'],
  ['@ MX 0 . 86400'],
  ['sub NS 0 ns1.example.org. 86400'],
  ['_ldap._tcp SRV 10/100 ldap.example.com:389 60'],
  ['caa CAA 0 issue "letsencrypt.org" 86400'],
  ['caa CAA 128 issue "letsencrypt.org; accounturi=x" 86400'],
  ['n NAPTR 10/100 . 0 0 0 "U" "E2U+sip" "!^.*$!sip:x@example.com!"'],
  ['n NAPTR 10/100 repl 86400 0 0 "S" "SIP+D2U" ""'],
  ['go URL 0 https://example.com/x 86400'],
  ['f FRAME 0 https://example.com 86400 0 0 "" "" "A title" ""'],
  ['f FRAME 0 https://example.com 0'],
  ['f FRAME 0 https://example.com 1 0 0 "X-A: 1\\nX-B: 2" "<meta name=a>\\n" "A title" "<b>"'],
  ['info MAILFW 0 x@example.com 86400 0 0 1'],
  ['info MAILFW 0 x@example.com 0'],
  ['a.b_c.d-e A 0 192.0.2.1 60 1700000000 1800000000'],
  ['home DYNA 0 192.0.2.9 60'],
  ['home DYNAAAA 0 2001:db8::9 60'],
  ['x TXT 0 "a; \'b\' (c) $d" 3600'],
  ['x TXT 0 "" 3600'],
  ['x TXT 0 "say "hello" twice" 3600'],
  ['x TXT 0 "ends with "60" 300" 3600'],
  [`x TXT 0 "${'a'.repeat(510)}" 3600`],
  ['x TXT 0 "v" 60 1700000000 0'],
])('%s is kept as it is', async (line) => {
  expect(await readBack(await opened(), line)).toBe(line);
});

test.each([
  ['a\tA  0   192.0.2.1 \t 60', 'a A 0 192.0.2.1 60'],
  ['a A 0 192.0.2.1 60 0 0', 'a A 0 192.0.2.1 60'],
  ['x TXT 0 "v" 60 0 0', 'x TXT 0 "v" 60'],
  ['x TXT 0  "v " 3600', 'x TXT 0 "v" 3600'],
  ['x TXT 0 "back\\slash" 3600', 'x TXT 0 "backslash" 3600'],
  ['x TXT 0 "one" quote" 3600', 'x TXT 0 "one quote" 3600'],
  ['x TXT 0 "one\\" quote" 3600', 'x TXT 0 "one quote" 3600'],
  ['x TXT 0 "blanks at the end \t " 3600', 'x TXT 0 "blanks at the end" 3600'],
  ['x\tTXT\t0\t"a  b"\t3600', 'x TXT 0 "a  b" 3600'],
  ['a a 0 192.0.2.1 60', 'a A 0 192.0.2.1 60'],
  ['n  NAPTR 1/2 . 60 0  0 "" "a  b" ""', 'n NAPTR 1/2 . 60 0 0 "" "a  b" ""'],
  ['m MAILFW 0 x@example.com 60 0 0', 'm MAILFW 0 x@example.com 60'],
])('%j is kept as %j', async (line, kept) => {
  expect(await readBack(await opened(), line)).toBe(kept);
});

test.each([
  ['a A 0 2001:db8::1 60', 'IPv4 address'],
  ['a AAAA 0 192.0.2.1 60', 'IPv6 address'],
  ['a A x 192.0.2.1 60', 'priority'],
  ['a A 0 192.0.2.1', 'ttl of at least 60'],
  ['a A 0 192.0.2.1 60 soon 0', 'validity as two UNIX times'],
  ['a b A 0 192.0.2.1 60', 'one of TXT, A,'],
  ['ä A 0 192.0.2.1 60', 'label'],
  ['x TXT 0 v 60', 'TXT <number> "<text>" <ttl>'],
  ['x TXT 0 "v"', 'TXT <number> "<text>" <ttl>'],
  ['x TXT 0 "v" 59', 'ttl of at least 60'],
  ['x TXT 0 "v" 60 soon', 'validity as two UNIX times'],
  ['x TXT 0 "v" 60 0 0 1', 'no parameters'],
  ['a A 0 192.0.2.1 60 0 0 1', 'no parameters'],
  ['a A 0 192.0.2.1 0', 'ttl of at least 60'],
  ['u URL 0 https://example.com 60 0 0 1', 'no parameters'],
  ['s SRV 10 ldap.example.com:389 60', 'priority/weight'],
  ['s SRV 10/1 ldap.example.com:0 60', 'host:port'],
  ['s SRV 10/1 ldap.example.com 60', 'host:port'],
  ['c CAA 0 issue "" 60', 'tag and quoted value'],
  ['c CAA 0 "letsencrypt.org" 60', 'tag and quoted value'],
  ['n NAPTR 10/100 repl 86400', '0 0 and 3 quoted parameters'],
  ['n NAPTR 10/100 repl 60 0 0 "S" SIP+D2U ""', '0 0 and 3 quoted parameters'],
  ['n NAPTR 10/100 repl 60 0 0 "S" "a" "unpaired', '0 0 and 3 quoted parameters'],
  ['n NAPTR 10/100 repl 60 0 0 "S" "a""b"', '0 0 and 3 quoted parameters'],
  ['f FRAME 0 https://example.com 60 0 0 "" "" "A title"', '0 0 and 4 quoted parameters'],
  ['u URL 0 example.com 60', 'web address'],
  ['u URL 0 https://example.com/" 60', 'web address'],
  ['m MAILFW 0 x@example.com 60 0 0 yes', '0 0 and 0 or 1'],
  ['m MAILFW 0 x@example.com 60 1', 'validity as two UNIX times'],
  ['a A 0 192.0.2.1 60 \u0007', 'no control characters'],
  ['m MAILFW 0 example.com 60', 'e-mail address'],
  ['t TLSA 0 x 60', 'one of TXT, A,'],
])('%s is refused', async (line, expected) => {
  const { ask } = await opened();
  const [error] = errorsOf(await ask('dns-zone-put', { domain, zone: line }));
  expect(error).toMatch(/^Parameter zone: line 1( \(\S+\))?: expected: /);
  expect(error).toContain(expected);
});

test('a CNAME stands alone, but for a mailbox of that name', async () => {
  const { put } = await opened();
  expect(errorsOf(await put('a CNAME 0 b 60\na MAILFW 0 x@example.com 60'))).toEqual([]);
  const reply = await put('a CNAME 0 b 60\nA A 0 192.0.2.1 60\nb A 0 192.0.2.1 60');
  expect(errorsOf(reply)).toEqual([
    'Parameter zone: line 2 (A): expected: no CNAME beside other records',
  ]);
});

test('a secret in a faulty line is not told, wherever it stands', async () => {
  const { put } = await opened();
  const faulty = ['$dyndns=yes:user:se cret', '$dyndns=yes:secret', 'dyndns=yes:user:secret x'];
  const reply = await put(faulty.join('\n'));
  expect(errorsOf(reply)).toHaveLength(3);
  expect(reply.text).not.toMatch(/secret|cret/);
});

describe('a TXT as recorded in 2020', () => {
  const sent = '_acme-challenge.fqdn TXT 0 "challengetoken" 3600';
  const read = '_acme-challenge.fqdn TXT 0  "challengetoken " 3600';

  test('comes back with two more blanks, and written back grows no others', async () => {
    const open = await opened('padded');
    expect(await readBack(open, sent)).toBe(read);
    expect(await readBack(open, read)).toBe(read);
    expect(await readBack(open, 'a A 0 192.0.2.1 60')).toBe('a A 0 192.0.2.1 60');
    expect(await readBack(open, 'x TXT 0 "" 60 1 2')).toBe('x TXT 0  " " 60 1 2');
  });

  test('grows a blank each time that it is written back, as was seen at that time', async () => {
    const open = await opened('growing');
    expect(await readBack(open, sent)).toBe(read);
    const grown = '_acme-challenge.fqdn TXT 0  "challengetoken  " 3600';
    expect(await readBack(open, read)).toBe(grown);
    expect(await readBack(open, sent)).toBe(read);
  });
});
