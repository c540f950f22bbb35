import { readZone, zoneText } from '../../../shared/zones/zone.ts';
import { inTurn, median, round } from '../statistics.ts';
import type { Row, Table } from '../table.ts';
import { dkimZone, mixedZone } from './zone-texts.ts';

const ROUNDS = 31;
const WARM_UP = 10;
/** Each measurement reads at least so many lines: a single small zone is over too soon to be timed. */
const LINES = 10_000;

const WAYS = {
  'split and join': (text: string) =>
    text
      .split('\n')
      .map((line) => line.split(' '))
      .map((words) => words.join(' '))
      .join('\n'),
  'read and write': (text: string) => zoneText(readZone(text)),
} as const;

type Way = keyof typeof WAYS;

/** Reading a zone and writing it again, beside splitting the same text and joining it. */
export async function benchZoneText(): Promise<Table[]> {
  const zones = [10, 1000, 10_000].map((count) => [`${count} records`, mixedZone(count)] as const);
  const dkim = ['10000 of DKIM size', dkimZone(10_000)] as const;
  const rows = [...zones, dkim].flatMap(([name, text]) => compare(name, Buffer.from(text)));
  return [{ title: `Zone text: read and written, median of ${ROUNDS}`, rows }];
}

function compare(zone: string, bytes: Buffer): Row[] {
  const times: Record<Way, number[]> = { 'split and join': [], 'read and write': [] };
  const repeats = Math.max(1, Math.round(LINES / bytes.toString().split('\n').length));
  for (let n = -WARM_UP; n < ROUNDS; n++) {
    for (const way of inTurn(n + WARM_UP, 'split and join' as Way, 'read and write' as Way)) {
      // Made anew: what was split before is remembered by the engine.
      const texts = Array.from({ length: repeats }, () => bytes.toString());
      const startedAtMs = performance.now();
      for (const text of texts) WAYS[way](text);
      if (n >= 0) times[way].push((performance.now() - startedAtMs) / repeats);
    }
  }
  const bare = median(times['split and join']);
  return (Object.keys(WAYS) as Way[]).map((way) => ({
    zone,
    'KB of text': round(bytes.length / 1000),
    what: way,
    ms: round(median(times[way]), 3),
    ratio: round(median(times[way]) / bare, 2),
  }));
}
