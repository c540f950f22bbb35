import { describe, expect, test } from '@jest/globals';
import { restoreZone } from '../../../shared/zones/restore.ts';
import { readZone, zoneText } from '../../../shared/zones/zone.ts';
import { zoneOf } from './editing.ts';

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

describe('a zone that is restored', () => {
  const restored = (present: readonly string[], version: readonly string[]) => {
    const lines = restoreZone(zoneOf(present), zoneOf(version)).map(({ line }) => line);
    return zoneText({ lines }).split('\n');
  };

  test('is as it was, but for the password and the addresses of routers', () => {
    const version = LINES.map((line) => line.replace('password', '').replace('192.0.2.9', '::'));
    expect(restored(LINES, version)).toEqual(
      version.map((line) => (line.startsWith('$dyndns') ? '$dyndns=yes:user:password' : line)),
    );
    const addressed = ['a DYNA 0 192.0.2.1 60', 'b DYNAAAA 0 ::1 60'];
    const before = ['b DYNAAAA 0 ::2 90', 'a DYNA 0 192.0.2.2 60', 'c DYNA 0 192.0.2.3 60'];
    expect(restored(addressed, before)).toEqual([
      ...['b DYNAAAA 0 ::1 90', 'a DYNA 0 192.0.2.1 60', 'c DYNA 0 192.0.2.3 60'],
    ]);
  });

  test('keeps each of equal lines', () => {
    const lines = ['a DYNA 0 192.0.2.1 60', 'a DYNA 0 192.0.2.2 60', 'A A 0 192.0.2.1 60'];
    expect(restored(lines, lines)).toEqual(lines);
  });

  test.each([
    ['$dyndns=yes:user:', '$dyndns=yes:other:p'],
    ['$dyndns=yes:user:', '$dyndns=no::'],
    ['$dyndns=no::', '$dyndns=yes:user:p'],
  ])('has %j no longer: the present %j stays', (version, present) => {
    expect(restored([present], [version])).toEqual([present]);
    expect(readZone(version).lines[0]?.kind).toBe('dynDns');
  });
});
