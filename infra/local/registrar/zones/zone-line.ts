import { RECORDS, type RecordFields } from './record-types.ts';

/** A line of a zone as it is kept, or what was expected instead of it. */
export type ReadLine =
  | { readonly line: string; readonly label: string; readonly type: string }
  | { readonly expected: string };

const LABEL = /^(@|[a-z0-9_*-]+(\.[a-z0-9_*-]+)*)$/i;
const TXT = /^(\S+)\s+TXT\s+(\d+)\s+"(.*)"\s+(\d+)((?:\s+\S+)*)$/i;
const SMALLEST_TTL = 60;

/** Reads one record: `label type pri target ttl`, then perhaps its validity and further parameters. */
export function readZoneLine(text: string): ReadLine {
  const txt = TXT.exec(text);
  if (txt) return readTxt(txt);
  const [label = '', word = '', pri = '', target = '', ...rest] =
    text.match(/"[^"]*"|[^\s"]+/g) ?? [];
  const type = word.toUpperCase();
  const record = RECORDS[type];
  if (!LABEL.test(label)) return { expected: 'label' };
  if (type === 'TXT') return { expected: 'TXT <number> "<text>" <ttl>' };
  if (!record) return { expected: `one of TXT, ${Object.keys(RECORDS).join(', ')}` };
  // A CAA has its value before the ttl, one field more than others.
  const value = type === 'CAA' ? rest.shift() : undefined;
  const [ttl = '', from = '0', to = '0', ...parameters] = rest;
  const fields: RecordFields = { pri, target, value, parameters };
  const expected =
    record.wrong(fields) ??
    wrongTtl(ttl, record.smallestTtl ?? SMALLEST_TTL) ??
    (/^\d+ \d+$/.test(`${from} ${to}`) ? undefined : 'validity as two UNIX times');
  if (expected) return { expected };
  const isBare = parameters.length === 0 && from === '0' && to === '0';
  const line = [label, type, pri, target, ...(value ? [value] : []), ttl];
  return { line: [...line, ...(isBare ? [] : [from, to, ...parameters])].join(' '), label, type };
}

function wrongTtl(ttl: string, smallest: number): string | undefined {
  return /^\d{1,10}$/.test(ttl) && Number(ttl) >= smallest
    ? undefined
    : `ttl of at least ${smallest}`;
}

/** A backslash, an unpaired double quote and a blank at the end are known not to survive. */
function readTxt([
  ,
  label = '',
  pri = '',
  raw = '',
  ttl = '',
  rest = '',
]: RegExpExecArray): ReadLine {
  if (!LABEL.test(label)) return { expected: 'label' };
  const expected = wrongTtl(ttl, SMALLEST_TTL);
  if (expected) return { expected };
  const bare = raw.replaceAll('\\', '');
  const quotes = bare.split('"').length - 1;
  const text = (quotes % 2 === 0 ? bare : bare.replace('"', '')).trimEnd();
  const validity = rest.trim().replace(/\s+/g, ' ');
  const tail = validity === '' || validity === '0 0' ? '' : ` ${validity}`;
  return { line: `${label} TXT ${pri} "${text}" ${ttl}${tail}`, label, type: 'TXT' };
}

/** A line of a zone as it is shown: in 2020 a TXT came back with two more blanks. */
export function showZoneLine(line: string, txtForm: 'verbatim' | 'padded'): string {
  if (txtForm === 'verbatim') return line;
  return line.replace(/^(\S+ TXT \d+) "(.*)" (\d+.*)$/, '$1  "$2 " $3');
}
