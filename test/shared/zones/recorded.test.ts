import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { etagOf, readZone, viewZone, zoneText } from '../../../shared/zones/zone.ts';

/** A zone as the live service gave it in 2020. It had grown line by line, and was read each time. */
const RECORDED = readFileSync(
  new URL('../../fixtures/zones/of-2020.txt', import.meta.url),
  'utf8',
).trimEnd();
const LINES = RECORDED.split('\n');
const READINGS = LINES.slice(1).map((_, i) => [i + 2, LINES.slice(0, i + 2)] as const);

test.each(READINGS)('the recorded zone of %d lines is understood in full', (_count, lines) => {
  const zone = readZone(lines.map((line) => `${line}\n`).join(''));
  const { rrsets, forwards, other, ...settings } = viewZone(zone);
  expect(settings).toEqual({ dynDns: { enabled: false, username: null }, dnssec: false });
  expect([forwards, other]).toEqual([[], []]);
  expect(rrsets.flatMap(({ records }) => records)).toHaveLength(lines.length - 2);
});

test.each(READINGS)(
  'the recorded zone of %d lines is written so that it stays',
  (_count, lines) => {
    const zone = readZone(lines.map((line) => `${line}\n`).join(''));
    const written = zoneText(zone).split('\n');
    for (const [i, line] of lines.entries()) {
      expect(written[i]).toBe(line.replace(/ {2}"(.*) " /, ' "$1" '));
    }
    expect(viewZone(readZone(written.join('\n')))).toEqual(viewZone(zone));
    expect(etagOf(readZone(written.join('\n')))).toBe(etagOf(zone));
  },
);

test('two values at one name are one RRset', () => {
  expect(viewZone(readZone(RECORDED)).rrsets).toContainEqual({
    name: '_acme-challenge.createrecordset',
    type: 'TXT',
    ttl: 3600,
    records: ['challengetoken1', 'challengetoken2'],
  });
});
