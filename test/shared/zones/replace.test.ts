import { describe, expect, test } from '@jest/globals';
import { viewZone } from '../../../shared/zones/zone.ts';
import { put, refusedField, zoneOf } from './editing.ts';

const LINES = [
  '$dnssec=no',
  '$dyndns=yes:user:password',
  'www A 0 192.0.2.1 600',
  'odd 1',
  'www A 0 192.0.2.1 600',
  'home DYNA 0 192.0.2.9 60',
  'go URL 0 https://example.com 90',
  'f FRAME 0 https://example.com 60 0 0 "a" "b\\nc" "d" "\\e"',
  'info MAILFW 0 x@example.com 60',
  'odd 2',
  '$new=1',
];
const { rrsets, forwards } = viewZone(zoneOf(LINES));
const [url, frame, mail] = forwards;

/** The lines with these changed, in their place; `null` takes one away. */
function changed(changes: Readonly<Record<string, string | null>>): string[] {
  return LINES.map((line) => (line in changes ? changes[line] : line)).filter(
    (line) => line !== null && line !== undefined,
  );
}

describe('a zone that is replaced', () => {
  test('keeps what it shows to nobody', () => {
    expect(put(LINES, { rrsets: [], forwards: [], other: [] }).lines).toEqual([
      '$dnssec=no',
      '$dyndns=yes:user:password',
      '$new=1',
    ]);
  });

  test('keeps equal lines as often as they are given', () => {
    const www = (records: string[]) => ({
      rrsets: [{ name: 'www', type: 'A', ttl: 600, records }],
    });
    const of = (records: string[]) => put(LINES.slice(0, 5), www(records)).lines;
    expect(of(['192.0.2.1'])).toEqual(LINES.slice(0, 4));
    for (const count of [2, 3]) {
      expect(of(Array(count).fill('192.0.2.1'))).toEqual(LINES.slice(0, 5));
    }
    expect(put([], www(['192.0.2.1', '192.0.2.1'])).lines).toEqual(['www A 0 192.0.2.1 600']);
  });

  test('takes the ttl that is there, or an hour, where none is given', () => {
    const { isNew, stays } = put(LINES, {
      rrsets: [
        { name: 'www', type: 'A', records: ['192.0.2.1', '192.0.2.2'] },
        { name: 'new', type: 'A', records: ['192.0.2.1'] },
      ],
    });
    expect(stays).toContain('www A 0 192.0.2.1 600');
    expect([...isNew].sort()).toEqual(['new A 3600 192.0.2.1', 'www A 600 192.0.2.2']);
  });

  test('keeps the address that a router has by now', () => {
    const home = { name: 'HOME', type: 'dyna', ttl: 60, records: ['203.0.113.1'] };
    const others = rrsets.filter(({ type }) => type !== 'DYNA');
    expect(put(LINES, { rrsets: [...others, home] }).lines).toEqual(LINES);
    expect(put(LINES, { rrsets: [...others, { ...home, ttl: 90 }] }).isNew).toEqual([
      'home DYNA 90 192.0.2.9',
    ]);
    expect(put(['$dnssec=no'], { rrsets: [home], forwards: [] }).isNew).toEqual([
      'home DYNA 60 203.0.113.1',
    ]);
  });
});

describe('a forward', () => {
  test.each([
    [{ name: 'GO', type: 'url', target: 'https://example.com' }],
    [{ name: 'go', type: 'URL', target: 'https://example.com', ttl: 3600 }],
    [{ ...url, name: 'go', type: 'URL', target: 'https://example.com', ttl: 0 }],
  ])('is there already: %j', (forward) => {
    const given = { forwards: [forward, frame, mail] as typeof forwards };
    expect(put(LINES, given).lines).toEqual(LINES);
  });

  test('stays as odd as it is', () => {
    expect(put(LINES, { forwards: [frame] as typeof forwards }).lines).toEqual(
      changed({
        'go URL 0 https://example.com 90': null,
        'info MAILFW 0 x@example.com 60': null,
      }),
    );
  });

  test.each([
    [
      { name: 'Bücher', type: 'URL', target: 'https://a.example/?q=%20#x' },
      'xn--bcher-kva URL 0 https://a.example/?q=%20#x 60',
    ],
    [
      { name: 'f', type: 'FRAME', target: 'http://a.example', title: 'ä', head: '<a>\n<b>' },
      'f FRAME 0 http://a.example 60 0 0 "" "<a>\\n<b>" "ä" ""',
    ],
    [
      { name: '@', type: 'MAILFW', target: 'a+b@c.example', ttl: 300 },
      '@ MAILFW 0 a+b@c.example 300 0 0 0',
    ],
    [
      { name: 'info', type: 'MAILFW', target: 'a@c.example', spamFilter: true },
      'info MAILFW 0 a@c.example 60 0 0 1',
    ],
  ])('is new: %j', (forward, line) => {
    const { lines } = put([], { forwards: [forward] });
    expect(lines).toEqual([line]);
    expect(put(lines, {}).lines).toEqual(lines);
    expect(put(lines, { forwards: [forward] }).lines).toEqual(lines);
  });

  test.each([
    [{ type: 'FRAMES' }, 'type'],
    [{ type: 'A', target: '192.0.2.1' }, 'type'],
    [{ target: 'example.com' }, 'target'],
    [{ target: 'ftp://example.com' }, 'target'],
    [{ target: 'https://' }, 'target'],
    [{ target: 'https://a b.example' }, 'target'],
    [{ target: 'https://ä.example' }, 'target'],
    [{ target: 'https://a.example/"' }, 'target'],
    [{ target: 'https://a.example/\n' }, 'target'],
    [{ ttl: 59 }, 'ttl'],
    [{ ttl: 2 ** 31 }, 'ttl'],
    [{ title: '' }, 'title'],
    [{ spamFilter: false }, 'spamFilter'],
    [{ type: 'FRAME', spamFilter: false }, 'spamFilter'],
    [{ type: 'FRAME', body: 'a "b"' }, 'body'],
    [{ type: 'FRAME', body: 'a\\b' }, 'body'],
    [{ type: 'FRAME', title: 'a\tb' }, 'title'],
    [{ type: 'FRAME', head: 'a\r\nb' }, 'head'],
    [{ type: 'FRAME', httpHeaders: '\ud800' }, 'httpHeaders'],
    [{ type: 'MAILFW' }, 'target'],
    [{ type: 'MAILFW', target: 'a b@c.example' }, 'target'],
    [{ type: 'MAILFW', target: 'a@b@c.example' }, 'target'],
    [{ type: 'MAILFW', target: 'a@c.example', title: 'x' }, 'title'],
  ])('is not taken: %j', (wrong, field) => {
    const right = { name: 'new', type: 'URL', target: 'https://a.example' };
    const given = { forwards: [...forwards, { ...right, ...wrong }] };
    expect(refusedField(() => put(LINES, given))).toBe(`forwards[3].${field}`);
  });

  test('does not stand beside a CNAME', () => {
    const cname = { name: 'go', type: 'CNAME', records: ['a.example.'] };
    expect(refusedField(() => put(LINES, { rrsets: [...rrsets, cname] }))).toBe(
      'rrsets[2].records[0]',
    );
    const lines = ['go CNAME 0 a.example. 60'];
    const given = { forwards: [{ name: 'go', type: 'URL', target: 'https://a.example' }] };
    expect(refusedField(() => put(lines, given))).toBe('forwards[0].target');
  });
});

describe('lines that nobody understands', () => {
  test('can be left out', () => {
    expect(put(LINES, { other: ['odd 2'] }).lines).toEqual(changed({ 'odd 1': null }));
    expect(put(LINES, { other: ['odd 2', 'odd 1'] }).lines).toEqual(LINES);
  });

  test.each([
    'odd 3',
    'odd  1',
    'odd 1\nodd 2',
    'www A 0 192.0.2.1 600',
    '$dyndns=no::',
    '$new=1',
    '# x',
    '',
    'go URL 0 https://example.com 90',
  ])('cannot be added: %j', (line) => {
    expect(refusedField(() => put(LINES, { other: ['odd 1', line] }))).toBe('other[1]');
  });
});

describe('DynDNS', () => {
  const user = { enabled: true, username: 'user' };

  test.each([
    ['as it is', user, '$dyndns=yes:user:password'],
    ['as it is, with the password', { ...user, password: 'password' }, '$dyndns=yes:user:password'],
    ['with another password', { ...user, password: 'new' }, '$dyndns=yes:user:new'],
    ['with another name', { ...user, username: 'other' }, '$dyndns=yes:other:password'],
    ['off', { enabled: false, username: null }, '$dyndns=no::'],
    ['off, with a name', { enabled: false, username: 'user' }, '$dyndns=no::'],
  ])('is put %s', (_what, dynDns, line) => {
    expect(put(LINES, { dynDns }).lines).toEqual(changed({ '$dyndns=yes:user:password': line }));
  });

  test.each([
    ['without a name', { enabled: true, username: null }, 'username'],
    ['with an empty name', { enabled: true, username: '' }, 'username'],
    ['with a colon', { enabled: true, username: 'a:b' }, 'username'],
    ['with a blank', { ...user, password: 'a b' }, 'password'],
    ['with a colon in it', { ...user, password: 'a:b' }, 'password'],
    ['with a line in it', { ...user, password: 'a\n$x' }, 'password'],
    ['with more than ASCII', { ...user, password: 'ä' }, 'password'],
    ['with an empty password', { ...user, password: '' }, 'password'],
  ])('is not put %s', (_what, dynDns, field) => {
    expect(refusedField(() => put(LINES, { dynDns }))).toBe(`dynDns.${field}`);
  });

  test('needs a password to be switched on', () => {
    const lines = ['$dnssec=no', '$dyndns=no::', 'a A 0 192.0.2.1 60'];
    expect(refusedField(() => put(lines, { dynDns: user }))).toBe('dynDns.password');
    const dynDns = { ...user, password: 'p' };
    expect(put(lines, { dynDns }).lines[1]).toBe('$dyndns=yes:user:p');
    expect(put([lines[0] as string, lines[2] as string], { dynDns }).lines).toEqual([
      ...['$dnssec=no', '$dyndns=yes:user:p', 'a A 0 192.0.2.1 60'],
    ]);
  });

  test('that is off in an odd way stays so', () => {
    const odd = ['$dyndns=no:user:password', '$dyndns=', '$dyndns=x y:z', '$dnssec=no'];
    for (const line of odd) {
      expect(put([line], { dynDns: viewZone(zoneOf([line])).dynDns }).lines).toEqual([line]);
    }
  });
});
