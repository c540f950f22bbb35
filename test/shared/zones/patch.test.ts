import { describe, expect, test } from '@jest/globals';
import { DOMAIN, patch, put, refusedField } from './editing.ts';

const LINES = [
  '$dnssec=no',
  '$dyndns=yes:user:password',
  '@ NS 0 ns.example.com. 86400',
  'www A 0 192.0.2.1 600',
  'odd line',
  'WWW A 0 192.0.2.2 600',
  'x TXT 0 "v" 600',
  'home DYNA 0 192.0.2.9 60',
  'go URL 0 https://example.com 60',
  'xn--bcher-kva A 0 192.0.2.1 600',
  '# the end',
];
const www = { name: 'www', type: 'A' };
const [one, two, three] = ['192.0.2.1', '192.0.2.2', '192.0.2.3'];

/** The lines with these changed, in their place; `null` takes one away. */
function changed(changes: Readonly<Record<string, string | null>>): string[] {
  return LINES.map((line) => (line in changes ? changes[line] : line)).filter(
    (line) => line !== null && line !== undefined,
  );
}

/** The lines with one more after this one. */
function withLine(after: string, line: string): string[] {
  return LINES.toSpliced(LINES.indexOf(after) + 1, 0, line);
}

describe('an RRset that is set', () => {
  test('takes the place of what goes', () => {
    expect(patch(LINES, { set: [{ ...www, records: [three, two] }] }).lines).toEqual(
      changed({ 'www A 0 192.0.2.1 600': 'www A 0 192.0.2.3 600' }),
    );
  });

  test('follows its own where there is more of it', () => {
    expect(patch(LINES, { set: [{ ...www, records: [one, two, three] }] }).lines).toEqual(
      withLine('WWW A 0 192.0.2.2 600', 'www A 0 192.0.2.3 600'),
    );
  });

  test('follows its name where it is new there, else all', () => {
    expect(patch(LINES, { set: [{ name: 'www', type: 'AAAA', records: ['::1'] }] }).lines).toEqual(
      withLine('WWW A 0 192.0.2.2 600', 'www AAAA 0 ::1 3600'),
    );
    expect(patch(LINES, { set: [{ name: 'new', type: 'AAAA', records: ['::1'] }] }).lines).toEqual([
      ...LINES,
      'new AAAA 0 ::1 3600',
    ]);
  });

  test('without records is deleted', () => {
    expect(patch(LINES, { set: [{ ...www, records: [] }] }).lines).toEqual(
      changed({ 'www A 0 192.0.2.1 600': null, 'WWW A 0 192.0.2.2 600': null }),
    );
    expect(patch(LINES, { set: [{ name: 'none', type: 'A', records: [] }] }).lines).toEqual(LINES);
  });

  test('has another ttl if it says so', () => {
    expect(patch(LINES, { set: [{ ...www, ttl: 300, records: [two, one] }] })).toMatchObject({
      isNew: ['www A 300 192.0.2.2', 'www A 300 192.0.2.1'],
    });
  });

  test('as it is changes nothing, in whatever spelling', () => {
    const sets = [
      { name: 'WWW', type: 'a', ttl: 600, records: [two, one, one] },
      { name: 'bücher', type: 'A', records: [one] },
      { name: 'BÜCHER', type: 'A', records: [one] },
      { name: 'x', type: 'TXT', records: ['v'] },
      { name: '@', type: 'NS', records: ['NS.Example.com.'] },
    ];
    for (const set of sets) expect(patch(LINES, { set: [set] }).lines).toEqual(LINES);
  });

  test('is written once, however often its record is given', () => {
    const records = ['2001:db8::1', '2001:DB8:0::1', '2001:db8::1'];
    expect(patch(LINES, { set: [{ name: 'six', type: 'AAAA', records }] }).isNew).toEqual([
      'six AAAA 3600 2001:db8::1',
    ]);
  });

  test('is refused twice in one patch', () => {
    for (const name of ['www', 'WWW']) {
      const set = [
        { ...www, records: [one] },
        { name, type: 'a', records: [two] },
      ];
      expect(refusedField(() => patch(LINES, { set }))).toBe('set[1].name');
    }
  });
});

describe('a record that is added', () => {
  test.each([
    ['the ttl of its RRset', { ...www, record: three }, 'www A 600 192.0.2.3'],
    ['an hour', { name: 'new', type: 'A', record: one }, 'new A 3600 192.0.2.1'],
    ['its own ttl', { name: 'new', type: 'A', ttl: 60, record: one }, 'new A 60 192.0.2.1'],
    [
      'no smaller one for NAPTR',
      { name: 'n', type: 'NAPTR', ttl: 0, record: '1 2 "S" "SIP" "" a.example.' },
      'n NAPTR 0 1 2 "S" "SIP" "" a.example.',
    ],
  ])('has %s', (_what, add, isNew) => {
    expect(patch(LINES, { add: [add] }).isNew).toEqual([isNew]);
  });

  test('takes the ttl that its RRset has by then', () => {
    const add = [{ ...www, record: three }];
    const set = [{ ...www, ttl: 300, records: [one] }];
    expect(patch(LINES, { set, add }).isNew).toEqual([
      'www A 300 192.0.2.1',
      'www A 300 192.0.2.3',
    ]);
    const first = { name: 'new', type: 'A', ttl: 90, record: one };
    const second = { name: 'new', type: 'A', record: two };
    expect(patch(LINES, { add: [first, second] }).isNew).toEqual([
      'new A 90 192.0.2.1',
      'new A 90 192.0.2.2',
    ]);
    const remove = [www];
    expect(patch(LINES, { remove, add }).isNew).toEqual(['www A 600 192.0.2.3']);
  });

  test('takes another ttl than an hour where that is usual', () => {
    const add = [{ name: 'new', type: 'TXT', record: 'v' }];
    expect(patch(LINES, { add }, 60).isNew).toEqual(['new TXT 60 v']);
    expect(patch(LINES, { add: [{ name: 'x', type: 'TXT', record: 'w' }] }, 60).isNew).toEqual([
      'x TXT 600 w',
    ]);
  });

  test('is no error where it is there, nor a change', () => {
    const add = [
      { ...www, record: one },
      { ...www, ttl: 600, record: two },
      { name: 'bücher', type: 'A', record: one },
      { name: 'home', type: 'DYNA', record: '203.0.113.1' },
    ];
    expect(patch(LINES, { add }).lines).toEqual(LINES);
    const several = ['a A 0 192.0.2.1 60', 'a A 0 192.0.2.2 300'];
    expect(patch(several, { add: [{ name: 'a', type: 'A', record: two }] }).lines).toEqual(several);
  });

  test('and removed by the same patch is there', () => {
    const record = { ...www, record: two };
    expect(patch(LINES, { remove: [record], add: [record] }).lines).toEqual(LINES);
  });

  test.each([
    ['bücher2', 'xn--bcher2-3ya'],
    ['A.Bücher', 'a.xn--bcher-kva'],
    ['*.sub', '*.sub'],
    ['_acme-challenge.www', '_acme-challenge.www'],
    ['@', '@'],
  ])('of %j is one of %j', (name, ascii) => {
    const { isNew } = patch([], { add: [{ name, type: 'TXT', record: 'v' }] });
    expect(isNew).toEqual([`${ascii} TXT 3600 v`]);
  });

  test.each([
    ['CNAME', 'Bücher.Example.', 'xn--bcher-kva.example.'],
    ['MX', '10 bücher.example.', '10 xn--bcher-kva.example.'],
    ['MX', '0 .', '0 .'],
    ['SRV', '1  2 389 LDAP.example.', '1 2 389 ldap.example.'],
    ['CAA', '0 ISSUE letsencrypt.org', '0 issue "letsencrypt.org"'],
    ['CAA', '0 issue ";"', '0 issue ";"'],
    ['AAAA', '2001:DB8:0:0::1', '2001:db8::1'],
    [
      'NAPTR',
      '1 2 "U" "E2U+sip" "!^.*$!sip:a@b.example!" .',
      '1 2 "U" "E2U+sip" "!^.*$!sip:a@b.example!" .',
    ],
    ['TXT', ' a "b" ä', ' a "b" ä'],
    ['TXT', '', ''],
    ['TXT', 'x'.repeat(4000), 'x'.repeat(4000)],
  ])('as %s %j is shown as %j', (type, record, shown) => {
    const { isNew, lines } = patch([], { add: [{ name: 'a', type, record }] });
    expect(isNew).toEqual([`a ${type} 3600 ${shown}`]);
    expect(put(lines, {}).lines).toEqual(lines);
    expect(patch(lines, { add: [{ name: 'a', type, record: shown }] }).isNew).toEqual([]);
    expect(patch(lines, { remove: [{ name: 'a', type, record }] }).lines).toEqual(['']);
  });
});

describe('a record that is removed', () => {
  test('leaves the others of its RRset', () => {
    expect(patch(LINES, { remove: [{ ...www, record: one }] }).lines).toEqual(
      changed({ 'www A 0 192.0.2.1 600': null }),
    );
  });

  test('goes with its whole RRset where none is named', () => {
    expect(patch(LINES, { remove: [www] }).lines).toEqual(
      changed({ 'www A 0 192.0.2.1 600': null, 'WWW A 0 192.0.2.2 600': null }),
    );
  });

  test('goes under whatever ttl, and as often as it is there', () => {
    const lines = ['a A 0 192.0.2.1 60', 'b A 0 192.0.2.1 60', 'a A 0 192.0.2.1 300'];
    const remove = [{ name: 'a', type: 'A', record: one }];
    expect(patch([...lines, lines[0] as string], { remove }).lines).toEqual(['b A 0 192.0.2.1 60']);
  });

  test('goes whatever address a router has given it', () => {
    const remove = [{ name: 'home', type: 'DYNA', record: one }];
    expect(patch(LINES, { remove }).lines).toEqual(changed({ 'home DYNA 0 192.0.2.9 60': null }));
  });

  test('is no error where it is not there', () => {
    const remove = [
      { ...www, record: three },
      { ...www, record: 'no address' },
      { name: 'none', type: 'TXT' },
    ];
    expect(patch(LINES, { remove }).lines).toEqual(LINES);
  });

  test('may be as odd as the zone has it', () => {
    const lines = ['-a- TXT 0 "back\\slash " 0', 'b SRV 0/0 h:0 60'];
    const remove = [
      { name: '-A-', type: 'TXT', record: 'back\\slash ' },
      { name: 'b', type: 'SRV', record: '0 0 0 h.' },
    ];
    expect(patch(lines, { remove }).lines).toEqual(['']);
  });
});

describe('a router', () => {
  test('keeps its address where its RRset is set', () => {
    const set = [{ name: 'home', type: 'DYNA', records: ['203.0.113.1'] }];
    expect(patch(LINES, { set }).lines).toEqual(LINES);
    expect(patch(LINES, { set: [{ ...set[0], ttl: 90 } as (typeof set)[0]] }).lines).toEqual(
      changed({ 'home DYNA 0 192.0.2.9 60': 'home DYNA 0 192.0.2.9 90' }),
    );
  });

  test('has the given one where there is none', () => {
    const add = [{ name: 'new', type: 'DYNAAAA', record: '2001:DB8::1' }];
    expect(patch(LINES, { add }).isNew).toEqual(['new DYNAAAA 3600 2001:db8::1']);
  });
});

describe('the name of a record is none', () => {
  test.each([
    ...['', '.', 'www.', 'www.example.net.', 'a..b', '-a', 'a-', 'a b', 'a*', 'a.*', '@.a', 'a/b'],
    ...['a"b', 'xn--a', 'ü_', 'x'.repeat(64), `${'x.'.repeat(130)}x`, 'a\nb', 'a\0', '\ud800'],
    ...['$a', '#a', 'a。b', '\u202ea'],
  ])('%j', (name) => {
    const a = { name, type: 'A' };
    const fields = [
      refusedField(() => patch(LINES, { add: [{ ...a, record: one }] })),
      refusedField(() => patch(LINES, { set: [{ ...a, records: [one] }] })),
      refusedField(() => patch(LINES, { set: [{ ...a, records: [] }] })),
      refusedField(() => patch(LINES, { remove: [a] })),
      refusedField(() => put(LINES, { rrsets: [{ ...a, records: [one] }] })),
      refusedField(() => put(LINES, { rrsets: [{ ...a, records: [] }] })),
      refusedField(() =>
        put(LINES, { forwards: [{ name, type: 'URL', target: 'http://a.example' }] }),
      ),
    ];
    expect(fields).toEqual([
      ...['add[0].name', 'set[0].name', 'set[0].name', 'remove[0].name'],
      ...['rrsets[0].name', 'rrsets[0].name', 'forwards[0].name'],
    ]);
  });

  test('where it is too long for its zone', () => {
    const name = 'x.'.repeat(120);
    const longest = `${name}${'y'.repeat(253 - name.length - DOMAIN.length - 1)}`;
    const add = (given: string) => ({ add: [{ name: given, type: 'A', record: one }] });
    expect(patch([], add(longest)).isNew).toHaveLength(1);
    expect(refusedField(() => patch([], add(`${longest}y`)))).toBe('add[0].name');
  });
});
