import type { TxtForm } from '../dialect.ts';
import type { Zone } from './zone.ts';

/** A zone as text, every line ended: the two settings, these defaults, and what it holds. */
export function showZone(zone: Zone, txtForm: TxtForm, defaults: readonly string[] = []): string {
  const settings = [`$dnssec=${zone.dnssec}`, `$dyndns=${zone.dynDns}`];
  const lines = zone.lines.map((line) => showZoneLine(line, txtForm));
  return [...settings, ...defaults, ...lines].map((line) => `${line}\n`).join('');
}

/** In 2020 a TXT came back with two more blanks. */
function showZoneLine(line: string, txtForm: TxtForm): string {
  if (txtForm === 'verbatim') return line;
  return line.replace(/^(\S+ TXT \d+) "(.*)" (\d+(?: \d+ \d+)?)$/, '$1  "$2 " $3');
}
