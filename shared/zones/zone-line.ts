import { DYN_DNS, withoutPassword } from './dyn-dns.ts';
import { type Forward, type ForwardType, isForwardType, showForward } from './forward.ts';
import { type Fields, isDynamic, recordType, type TypeName } from './record-types.ts';

/** One record of an RRset, as callers see it. */
export interface ZoneRecord {
  /** Relative to the zone, in lower case; `@` for the zone itself. */
  readonly name: string;
  readonly type: TypeName;
  /** Seconds. */
  readonly ttl: number;
  /** Its presentation form; of a TXT the plain text. */
  readonly record: string;
}

/** A line of a zone. What nobody changes is written as it was read. */
export interface Line {
  readonly kind: 'record' | 'forward' | 'dynDns' | 'dnssec' | 'setting' | 'blank' | 'other';
  /** As it goes to the registrar. */
  readonly text: string;
  /**
   * What the line comes to, the same for all spellings of it: without the DynDNS password, the
   * addresses that routers change, and the ttl of forwards, which the registrar ignores.
   */
  readonly key: string;
  /** Of a line of the kind `record`. */
  readonly record?: ZoneRecord;
  /** Of a line of the kind `forward`. */
  readonly forward?: Forward;
  /** The name and the type where it has them, understood or not. */
  readonly owner?: { readonly name: string; readonly type: string };
}

const DNSSEC = '$dnssec=';
/** Name, type and priority, and the blanks before the target. */
const HEAD = /^[ \t]*([\x21\x23-\x7e]+)[ \t]+([A-Za-z\d]+)[ \t]+([\d/]+)([ \t]+)/;
/** What follows the text of a TXT: the ttl, and a validity that says nothing. */
const AFTER_TEXT = /^[ \t]+(\d{1,10})(?:[ \t]+0[ \t]+0)?[ \t\r]*$/;
const WORD = /[ \t]*("(?:[^"\\]|\\.)*"|[^\s"]+)(?=[ \t\r]|$)/y;
const TTL = /^\d{1,10}$/;

/** Reads a line of a zone, whatever it holds. */
export function readLine(text: string): Line {
  const first = text[0];
  if (first === '$') return readSetting(text);
  if (first === '#' || text.trim() === '') return { kind: 'blank', text, key: '' };
  return readEntry(text) ?? { kind: 'other', text, key: `other ${text}`, ...ownerOf(text) };
}

function readSetting(text: string): Line {
  if (text.startsWith(DNSSEC)) return { kind: 'dnssec', text, key: text.trim() };
  if (text.startsWith(DYN_DNS)) return { kind: 'dynDns', text, key: withoutPassword(text) };
  return { kind: 'setting', text, key: text };
}

/** `undefined` where it is not understood in full. */
function readEntry(text: string): Line | undefined {
  const head = HEAD.exec(text);
  if (!head) return undefined;
  const [all, label = '', word = '', pri = '', gap = ''] = head;
  const name = label.toLowerCase();
  if (name.endsWith('.')) return undefined;
  const type = word.toUpperCase();
  const rest = text.slice(all.length);
  if (type === 'TXT') return readTxt(text, { name, gap, label, pri, rest });
  const fields = readFields(type, pri, rest);
  if (!fields) return undefined;
  if (isForwardType(type)) return readForwardLine(text, { name, type, fields });
  const record = recordType(type)?.show(fields);
  if (record === undefined) return undefined;
  return recordLine(text, { name, type: type as TypeName, ttl: fields.ttl, record });
}

interface Txt {
  readonly name: string;
  readonly label: string;
  readonly pri: string;
  readonly gap: string;
  readonly rest: string;
}

/**
 * In 2020 the registrar gave back each TXT with a blank more before either quote, and took what it had
 * given for the text itself. So a line that begins like that is read without the second blank, and is
 * written without either: that keeps the text, whichever way the service has it.
 */
function readTxt(text: string, { name, label, pri, gap, rest }: Txt): Line | undefined {
  const end = rest.lastIndexOf('"');
  const after = rest.startsWith('"') && end > 0 ? AFTER_TEXT.exec(rest.slice(end + 1)) : null;
  if (!after) return undefined;
  const ttl = Number(after[1]);
  const isPadded = gap.length > 1 && gap.endsWith(' ') && rest[end - 1] === ' ' && end > 1;
  const written = rest.slice(1, isPadded ? end - 1 : end);
  const record = written.includes('\\') ? written.replace(/\\(["\\])/g, '$1') : written;
  const line = isPadded ? `${label} TXT ${pri} "${written}" ${ttl}` : text;
  return recordLine(line, { name, type: 'TXT', ttl, record });
}

/** `undefined` where a field is missing, or the validity says something. */
function readFields(type: string, pri: string, rest: string) {
  const [target, ...following] = wordsOf(rest) ?? [];
  const value = type === 'CAA' ? following.shift() : undefined;
  const [ttl = '', from = '0', to = '0', ...parameters] = following;
  if (target === undefined || target.startsWith('"') || !TTL.test(ttl)) return undefined;
  if (following.length === 2 || from !== '0' || to !== '0') return undefined;
  return { pri, target, ...(value !== undefined && { value }), parameters, ttl: Number(ttl) };
}

/** The words of a line, quoted ones with their quotes; `undefined` where a quote is left over. */
function wordsOf(text: string): string[] | undefined {
  if (!text.includes('"')) return text.trimEnd().split(/[ \t]+/);
  const words: string[] = [];
  const rest = text.trimEnd();
  for (let at = 0; at < rest.length; at = WORD.lastIndex) {
    WORD.lastIndex = at;
    const [, word] = WORD.exec(rest) ?? [];
    if (word === undefined) return undefined;
    words.push(word);
  }
  return words;
}

interface Understood<Type> {
  readonly name: string;
  readonly type: Type;
  readonly fields: Fields & { readonly ttl: number };
}

function readForwardLine(text: string, { name, type, fields }: Understood<ForwardType>) {
  const facts = showForward(type, fields);
  return facts && forwardLine(text, { name, type, ttl: fields.ttl, ...facts });
}

/** A line that is known to say this. */
export function recordLine(text: string, record: ZoneRecord): Line {
  const key = recordKey(record);
  return { kind: 'record', text, key, record, owner: record };
}

/** A line that is known to say this. */
export function forwardLine(text: string, forward: Forward): Line {
  const { name, type, ttl, ...facts } = forward;
  const key = `${name} ${type} ${JSON.stringify(Object.entries(facts).sort())}`;
  return { kind: 'forward', text, key, forward, owner: forward };
}

/** What a record is compared by. */
export function recordKey({ name, type, ttl, record }: ZoneRecord): string {
  return isDynamic(type) ? `${name} ${type} ${ttl}` : `${name} ${type} ${ttl} ${record}`;
}

/** A new line: `label type pri target ttl`, and what else its type has. */
export function formatLine(name: string, type: string, ttl: number, fields: Fields): string {
  const { pri, target, value, parameters = [] } = fields;
  const more = parameters.length > 0 ? ['0', '0', ...parameters] : [];
  return [name, type, pri, target, ...(value === undefined ? [] : [value]), ttl, ...more].join(' ');
}

/** So that a CNAME beside it is noticed. */
function ownerOf(text: string): Pick<Line, 'owner'> {
  const [, name, type] = /^[ \t]*(\S+)[ \t]+([A-Za-z\d]+)[ \t]/.exec(text) ?? [];
  if (name === undefined || type === undefined) return {};
  return { owner: { name: name.toLowerCase(), type: type.toUpperCase() } };
}
