import { expect, test } from '@jest/globals';
import { readZone } from '../../../../../infra/local/registrar/zones/read-zone.ts';
import { showZone } from '../../../../../infra/local/registrar/zones/show-zone.ts';
import { cpuMs } from '../../../../time.ts';
import { errorsOf, openRegistrar } from '../open-registrar.ts';

const domain = 'example.net';
const COUNT = 10_000;
const SETTINGS = '$dnssec=no\n$dyndns=no::\n';

/** Of the processor's time; it takes a tenth of that. */
const PROMPT_MS = 4000;

function zoneOf(line: (nth: number) => string): string {
  return Array.from({ length: COUNT }, (_, nth) => `${line(nth)}\n`).join('');
}

test('a zone of ten thousand long texts is taken, given and counted at once', async () => {
  const { registrar, ask } = await openRegistrar();
  const zone = zoneOf((nth) => `l${nth} TXT 0 "${'long text '.repeat(45).trim()}" 3600`);
  await ask('query-profile');
  let body: string | null = '';
  const takenMs = await cpuMs(async () => {
    expect(errorsOf(await ask('dns-zone-put', { domain, zone }))).toEqual([]);
    body = (await ask('dns-zone-get', { domain })).body;
  });
  expect(takenMs).toBeLessThan(PROMPT_MS);
  expect(body === SETTINGS + zone).toBe(true);
  expect(registrar.zone(domain) === body).toBe(true);
});

test.each([
  ['blanks', `"${' '.repeat(450)}x" 3600`],
  ['blanks without quotes', `${' '.repeat(450)}x 3600`],
  ['blanks at the end', `"x${' '.repeat(450)}" 3600`],
  ['quotes', `"${'" 1 '.repeat(112)}" 3600`],
  ['quotes without an end', `${'"a" 1 '.repeat(75)}"`],
  ['fields', `"x" 3600${' 1'.repeat(225)}`],
  ['backslashes', `"${'\\'.repeat(450)}" 3600`],
])('ten thousand lines of many %s are judged and shown at once', async (_, rest) => {
  const zone = zoneOf((nth) => `l${nth} TXT 0 ${rest}`);
  const takenMs = await cpuMs(() => {
    const read = readZone(zone, 'padded');
    if ('zone' in read) showZone(read.zone, 'padded');
    else expect(read.errors).toHaveLength(COUNT);
  });
  expect(takenMs).toBeLessThan(PROMPT_MS);
});
