import type { TxtForm } from '../dialect.ts';
import { RECORDS, type RecordFields } from './record-types.ts';

/** A line of a zone as it is kept, or what was expected instead of it. */
export type ReadLine =
  | { readonly line: string; readonly label: string; readonly type: string }
  | { readonly expected: string };

const LABEL = /^(@|[a-z0-9_*-]+(\.[a-z0-9_*-]+)*)$/i;
/** The text ends at the last double quote after which something follows. */
const TXT = /^(\S+)[ \t]+TXT[ \t]+(\d+)[ \t]+"(.*)"[ \t]+(\S+)(.*)$/i;
const SMALLEST_TTL = 60;
const NO_VALIDITY = ['0', '0'];

/** Reads one record: `label type pri target ttl`, then perhaps its validity and further parameters. */
export function readZoneLine(text: string, txtForm: TxtForm): ReadLine {
  const txt = TXT.exec(text);
  if (txt) return readTxt(txt, txtForm);
  const [label = '', word = '', pri = '', target = '', ...rest] =
    text.match(/"[^"]*"(?=[ \t]|$)|[^ \t]+/g) ?? [];
  const type = word.toUpperCase();
  const record = RECORDS[type];
  if (!LABEL.test(label)) return { expected: 'label' };
  if (type === 'TXT') return { expected: 'TXT <number> "<text>" <ttl>' };
  if (!record) return { expected: `one of TXT, ${Object.keys(RECORDS).join(', ')}` };
  // A CAA has its value before the ttl, one field more than others.
  const value = type === 'CAA' ? rest.shift() : undefined;
  const [ttl = '', ...tail] = rest;
  const [from = '', to = '', ...parameters] = tail.length > 0 ? tail : NO_VALIDITY;
  const fields: RecordFields = { pri, target, value, parameters };
  const expected =
    record.wrong(fields) ??
    wrongTtl(ttl, record.smallestTtl ?? SMALLEST_TTL) ??
    wrongValidity(from, to) ??
    (parameters.length > 0 && !record.mayHaveParameters ? 'no parameters' : undefined);
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

function wrongValidity(from: string, to: string): string | undefined {
  return /^\d+ \d+$/.test(`${from} ${to}`) ? undefined : 'validity as two UNIX times';
}

function readTxt(found: RegExpExecArray, txtForm: TxtForm): ReadLine {
  const [, label = '', pri = '', raw = '', ttl = '', rest = ''] = found;
  if (!LABEL.test(label)) return { expected: 'label' };
  const [from = '', to = '', ...others] = rest.match(/[^ \t]+/g) ?? NO_VALIDITY;
  const expected =
    wrongTtl(ttl, SMALLEST_TTL) ??
    wrongValidity(from, to) ??
    (others.length > 0 ? 'no parameters' : undefined);
  if (expected) return { expected };
  const tail = from === '0' && to === '0' ? '' : ` ${from} ${to}`;
  const text = survivingText(raw, txtForm);
  return { line: `${label} TXT ${pri} "${text}" ${ttl}${tail}`, label, type: 'TXT' };
}

/** A backslash, an unpaired double quote and, but where it grows, a blank at the end do not survive. */
function survivingText(raw: string, txtForm: TxtForm): string {
  const bare = raw.replaceAll('\\', '');
  const quotes = bare.split('"').length - 1;
  const text = quotes % 2 === 0 ? bare : bare.replace('"', '');
  return txtForm === 'growing' ? text : trimBlanks(text);
}

/** By hand: a pattern would look for the end from each of many blanks. */
function trimBlanks(text: string): string {
  let end = text.length;
  while (end > 0 && (text[end - 1] === ' ' || text[end - 1] === '\t')) end -= 1;
  return text.slice(0, end);
}
